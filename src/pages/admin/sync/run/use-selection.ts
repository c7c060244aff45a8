import type { ChangeKind, SyncChange } from '#contract/sync/index.ts'
import type { Page } from '../../../../components/record-list/use-paginator.ts'
import { computed, onScopeDispose, shallowRef } from 'vue'

/** As many as one request may name (server/contract/sync/changes.ts). */
export const mostSelected = 50_000

type LoadPage = (cursor: string | undefined, signal: AbortSignal) => Promise<Page<SyncChange>>

/** Which changes are to be approved or undone, with their kinds, so that a question can repeat the numbers. */
export function useSelection(selectable: (change: SyncChange) => boolean) {
  const chosen = shallowRef<ReadonlyMap<string, ChangeKind>>(new Map())
  /** How far selecting all of something is; null when it is not going on. */
  const collecting = shallowRef<{ done: number, total: number } | null>(null)
  let request: AbortController | undefined

  /** Numbers by kind, most first. */
  const numbers = computed(() => {
    const byKind = new Map<ChangeKind, number>()
    for (const kind of chosen.value.values()) byKind.set(kind, (byKind.get(kind) ?? 0) + 1)
    return [...byKind].sort((a, b) => b[1] - a[1])
  })

  function toggle(change: SyncChange) {
    const next = new Map(chosen.value)
    if (!next.delete(change.id) && selectable(change) && next.size < mostSelected)
      next.set(change.id, change.kind)
    chosen.value = next
  }

  function clear() {
    request?.abort()
    collecting.value = null
    chosen.value = new Map()
  }

  /** Adds everything a query finds, page by page; `clear` stops it. @returns whether all fitted */
  async function addAll(load: LoadPage): Promise<boolean> {
    request?.abort()
    const mine = (request = new AbortController())
    const next = new Map(chosen.value)
    let done = 0
    try {
      for (let cursor: string | undefined, first = true; first || cursor; first = false) {
        const page = await load(cursor, mine.signal)
        if (mine !== request || mine.signal.aborted)
          return true
        for (const change of page.items.filter(selectable)) {
          if (next.size >= mostSelected && !next.has(change.id))
            return false
          next.set(change.id, change.kind)
        }
        done += page.items.length
        collecting.value = { done, total: page.total }
        cursor = page.nextCursor ?? undefined
      }
      return true
    }
    finally {
      if (mine === request && !mine.signal.aborted) {
        chosen.value = next
        collecting.value = null
      }
    }
  }

  onScopeDispose(() => request?.abort())
  return { chosen, collecting, numbers, toggle, clear, addAll }
}
