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
  /** Puts a newer version of a row in its place; nothing happens when it is not among the rows. */
  replace: (item: T) => void
}

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

  async function fetchPage(mode: 'first' | 'refresh' | 'next') {
    request?.abort()
    const mine = request = new AbortController()
    state.value = mode === 'refresh' && total.value !== null ? 'refreshing' : 'loading'
    error.value = null
    if (mode === 'first') {
      items.value = []
      total.value = null
    }
    try {
      const from = mode === 'next' ? cursor ?? undefined : undefined
      const page = await options.load(options.query(), from, mine.signal)
      if (mine !== request)
        return
      items.value = mode === 'next' ? append(items.value, page.items, options.key) : page.items
      total.value = page.total
      cursor = page.nextCursor
      state.value = page.nextCursor === null ? 'done' : 'idle'
    }
    catch (reason) {
      if (mine !== request)
        return
      error.value = reason
      state.value = 'error'
    }
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
    replace: (item) => {
      items.value = items.value.map(known => options.key(known) === options.key(item) ? item : known)
    },
  }
}

/** Adds the rows that are not there yet, in order. */
function append<T>(known: readonly T[], added: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set(known.map(key))
  return [...known, ...added.filter(item => !seen.has(key(item)))]
}
