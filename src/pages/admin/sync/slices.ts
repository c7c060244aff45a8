import type { Page } from '../../../components/record-list/use-paginator.ts'

/**
 * Shows a list that is answered as a whole in pages, so that rows do not appear by the hundred:
 * asks for all of it with the first page and cuts the later ones from that answer.
 */
export function slices<T, Q>(loadAll: (query: Q, signal: AbortSignal) => Promise<readonly T[]>, size: number) {
  let all: readonly T[] = []
  return async (query: Q, cursor: string | undefined, signal: AbortSignal): Promise<Page<T>> => {
    if (cursor === undefined)
      all = await loadAll(query, signal)
    const from = Number(cursor ?? 0)
    const to = from + size
    return { items: all.slice(from, to), nextCursor: to < all.length ? String(to) : null, total: all.length }
  }
}
