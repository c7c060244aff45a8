import type { ChangeKind, SyncChange } from '#contract/sync/index.ts'
import { shallowRef } from 'vue'
import { request } from '../../../../api/index.ts'
import { usePaginator } from '../../../../components/record-list/use-paginator.ts'

export interface ChangesQuery {
  kind: ChangeKind | null
  keyword: string
  status: SyncChange['status'] | null
}

/** One page of a run's changes; a cursor is absent for the first. `limit` in rows. */
export function fetchChanges(runId: string, query: ChangesQuery, cursor: string | undefined, limit: number, signal?: AbortSignal) {
  return request('GET /api/sync/runs/:id/changes', {
    params: { id: runId },
    query: {
      limit,
      ...(query.kind && { kind: query.kind }),
      ...(query.keyword && { q: query.keyword }),
      ...(query.status && { status: query.status }),
      ...(cursor && { cursor }),
    },
    ...(signal && { signal }),
  })
}

/** A run's changes, of one kind and by keyword, as a list that grows while scrolling. */
export function useChanges(runId: string) {
  const kind = shallowRef<ChangeKind | null>(null)
  const keyword = shallowRef('')
  const query = (): ChangesQuery => ({ kind: kind.value, keyword: keyword.value, status: null })
  const pager = usePaginator<SyncChange, ChangesQuery>({
    query,
    load: (asked, cursor, signal) => fetchChanges(runId, asked, cursor, 40, signal),
    key: change => change.id,
  })
  return { kind, keyword, query, pager }
}
