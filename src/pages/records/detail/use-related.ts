import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmRecord, RecordRow } from '#contract/crm/records.ts'
import { watch } from 'vue'
import { request } from '../../../api/index.ts'
import { usePaginator } from '../../../components/record-list/use-paginator.ts'
import { useOutbox } from '../../../stores/outbox/index.ts'

/** Records of a kind that belong to another record. */
export function useRelated(of: () => CrmRecord, kind: RecordKind, sort?: string) {
  const pager = usePaginator<RecordRow, { of: RecordKind, ofId: string }>({
    query: () => ({ of: of().kind, ofId: of().id }),
    load: (query, cursor, signal) =>
      request('GET /api/crm/:kind', { params: { kind }, query: { ...query, ...(sort && { sort }), ...(cursor && { cursor }) }, signal }),
    key: row => row.id,
  })
  watch(useOutbox().sent, () => void pager.refresh())
  return pager
}
