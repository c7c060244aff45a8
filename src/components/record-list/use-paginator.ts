import type { ShallowRef } from 'vue'
import { getCurrentInstance, onActivated, onDeactivated, onScopeDispose, shallowRef, watch } from 'vue'

/** What the server answers: `server/contract/common.ts`, `page()`. */
export interface Page<T> {
  items: T[]
  nextCursor: string | null
  total: number
}

/**
 * idle: rows are shown and more can be asked for; loading: the first or the next page is on its
 * way; refreshing: the first page is asked for again while the old rows stay; done: all rows are
 * here; error: the last request failed, and `loadMore` (or `refresh`) tries again.
 */
export type PaginatorState = 'idle' | 'loading' | 'refreshing' | 'done' | 'error'

export interface UsePaginatorOptions<T, Q> {
  /** What is asked for; when its content changes the list starts again. */
  query: () => Q
  /** Fetches one page; a cursor is absent for the first. Stop early when `signal` aborts. */
  load: (query: Q, cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>
  /** Identifies a row, so that a row moving between two pages is not shown twice. */
  key: (item: T) => string
}

export interface UsePaginatorReturn<T> {
  items: Readonly<ShallowRef<readonly T[]>>
  /** Rows that match in all; null before the first answer. */
  total: Readonly<ShallowRef<number | null>>
  state: Readonly<ShallowRef<PaginatorState>>
  error: Readonly<ShallowRef<unknown>>
  /** Asks for the next page; ignored while a request is under way or when all rows are here. */
  loadMore: () => Promise<void>
  /** Asks for the first page again; the old rows stay until the answer is here. */
  refresh: () => Promise<void>
  /** Asks quietly for what is shown when it is older than a minute, or than so many milliseconds; rows are swapped in place. */
  renew: (olderThan?: number) => Promise<void>
  /** Puts a newer version of a row in its place; nothing happens when it is not among the rows. */
  replace: (item: T) => void
  /** Takes rows away that are known to be gone. */
  remove: (keys: readonly string[]) => void
}

/** Milliseconds after which rows that are looked at again are asked for anew. */
const staleAfter = 60_000

/** When rows were fetched of which it is known that they have changed since. */
const knownOld = 0

/** Pages asked for anew at most; rows further down stay as they were. */
const mostRenewed = 10

/**
 * The one paging machine behind every list. Answers to an outdated query are dropped, a page that
 * keep-alive has put away starts nothing until it is shown again, and its rows stay meanwhile.
 */
export function usePaginator<T, Q>(options: UsePaginatorOptions<T, Q>): UsePaginatorReturn<T> {
  const items = shallowRef<readonly T[]>([])
  const total = shallowRef<number | null>(null)
  const state = shallowRef<PaginatorState>('idle')
  const error = shallowRef<unknown>(null)

  let cursor: string | null = null
  let request: AbortController | undefined
  let active = true
  let outdated = false
  let fetchedAt = Date.now()

  async function fetchPage(mode: 'first' | 'refresh' | 'next') {
    request?.abort()
    const mine = (request = new AbortController())
    state.value = mode === 'refresh' && total.value !== null ? 'refreshing' : 'loading'
    error.value = null
    if (mode === 'first') {
      items.value = []
      total.value = null
    }
    try {
      const from = mode === 'next' ? (cursor ?? undefined) : undefined
      const page = await options.load(options.query(), from, mine.signal)
      if (mine !== request)
        return
      items.value = mode === 'next' ? append(items.value, page.items, options.key) : page.items
      total.value = page.total
      cursor = page.nextCursor
      state.value = page.nextCursor === null ? 'done' : 'idle'
      if (mode !== 'next')
        fetchedAt = Date.now()
      else if (fetchedAt === knownOld)
        void renew()
    }
    catch (reason) {
      if (mine !== request)
        return
      error.value = reason
      state.value = 'error'
    }
  }

  /** As many pages as are shown, put in place at once: the height stays, and so does the scroll position. */
  async function renew(olderThan = staleAfter) {
    if (olderThan === 0)
      fetchedAt = knownOld
    // After the page that is on its way.
    if (state.value === 'loading' || state.value === 'refreshing' || total.value === null || Date.now() - fetchedAt < olderThan)
      return
    request?.abort()
    const mine = (request = new AbortController())
    const before = items.value
    let fresh: readonly T[] = []
    let next: string | null = null
    try {
      for (let pages = 0; pages === 0 || (next !== null && pages < mostRenewed && fresh.length < before.length); pages++) {
        const page = await options.load(options.query(), next ?? undefined, mine.signal)
        if (mine !== request)
          return
        fresh = append(fresh, page.items, options.key)
        next = page.nextCursor
        total.value = page.total
      }
    }
    catch {
      // The rows that are there are good enough; the next return tries again.
      return
    }
    const rest = next !== null && fresh.length < before.length
    items.value = rest ? append(fresh, after(before, fresh, options.key), options.key) : fresh
    if (!rest) {
      cursor = next
      error.value = null
      state.value = next === null ? 'done' : 'idle'
    }
    fetchedAt = Date.now()
  }

  async function loadMore() {
    if (!active || state.value === 'loading' || state.value === 'refreshing' || state.value === 'done')
      return
    await fetchPage(total.value === null ? 'first' : 'next')
  }

  function start() {
    outdated = !active
    if (active)
      void fetchPage('first')
  }

  watch(() => JSON.stringify(options.query()), start, { immediate: true })
  // Outside components (tests) there is no keep-alive to hear of.
  if (getCurrentInstance()) {
    onActivated(() => {
      active = true
      if (outdated)
        start()
      else void renew()
    })
    onDeactivated(() => {
      active = false
    })
  }
  onScopeDispose(() => {
    request?.abort()
    request = undefined
  })

  return {
    items,
    total,
    state,
    error,
    loadMore,
    refresh: () => fetchPage('refresh'),
    renew,
    replace: (item) => {
      items.value = items.value.map(known => (options.key(known) === options.key(item) ? item : known))
    },
    remove: (keys) => {
      const left = items.value.filter(item => !keys.includes(options.key(item)))
      if (total.value !== null)
        total.value -= items.value.length - left.length
      items.value = left
    },
  }
}

/** Adds the rows that are not there yet, in order. */
function append<T>(known: readonly T[], added: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set(known.map(key))
  return [...known, ...added.filter(item => !seen.has(key(item)))]
}

/** The rows that stood below the last of the fresh ones. */
function after<T>(before: readonly T[], fresh: readonly T[], key: (item: T) => string): readonly T[] {
  const places = new Map(before.map((item, index) => [key(item), index]))
  const last = [...fresh].reverse().find(item => places.has(key(item)))
  return before.slice(last === undefined ? fresh.length : places.get(key(last))! + 1)
}
