import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmRecord, RecordRow } from '#contract/crm/records.ts'
import type { UsePaginatorReturn } from '../../../components/record-list/use-paginator.ts'
import { watch } from 'vue'
import { request } from '../../../api/index.ts'
import { usePaginator } from '../../../components/record-list/use-paginator.ts'
import { useOutbox } from '../../../stores/outbox/index.ts'

/** Asks anew for what is shown, in place; a list of which nothing has come yet starts again. */
export function renewed(pager: Pick<UsePaginatorReturn<unknown>, 'refresh' | 'renew' | 'state' | 'total'>): Promise<void> {
  return pager.total.value !== null && pager.state.value !== 'refreshing' ? pager.renew(0) : pager.refresh()
}

/** Records of a kind that belong to another record. */
export function useRelated(of: () => CrmRecord, kind: RecordKind, sort?: string) {
  const pager = usePaginator<RecordRow, { of: RecordKind, ofId: string }>({
    query: () => ({ of: of().kind, ofId: of().id }),
    load: (query, cursor, signal) =>
      request('GET /api/crm/:kind', { params: { kind }, query: { ...query, ...(sort && { sort }), ...(cursor && { cursor }) }, signal }),
    key: row => row.id,
  })
  // Whatever was sent may show here: a follow-up brings its next plan, and ends the one it came from.
  watch(useOutbox().sent, () => void renewed(pager))
  return pager
}
