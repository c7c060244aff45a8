import type { NotificationState, SendingDetail, SendingRecipient } from '#contract/delivery/index.ts'
import { shallowRef } from 'vue'
import { request } from '../../../../api/index.ts'
import { usePaginator } from '../../../../components/record-list/use-paginator.ts'
import { useAct } from '../../use-act.ts'

/** One sending, its recipients by state, and what can be done about it. */
export function useSending(id: string) {
  const detail = shallowRef<SendingDetail | null>(null)
  const state = shallowRef<NotificationState | null>(null)
  const params = { id }

  const pager = usePaginator<SendingRecipient, NotificationState | null>({
    query: () => state.value,
    async load(wanted, cursor, signal) {
      const answer = await request('GET /api/notifications/:id', {
        params,
        query: { limit: 50, ...(wanted && { state: wanted }), ...(cursor && { cursor }) },
        signal,
      })
      detail.value = answer
      return answer.recipients
    },
    key: recipient => recipient.id,
  })

  const { busy, failure, act } = useAct<'recall' | 'retry' | 'check' | 'status'>(() => void pager.refresh())

  return {
    detail,
    failure,
    busy,
    state,
    pager,
    recall: () => act('recall', () => request('POST /api/notifications/:id/recall', { params })),
    retry: () => act('retry', () => request('POST /api/notifications/:id/retry', { params, body: {} })),
    check: () => act('check', () => request('POST /api/notifications/:id/check', { params })),
    changeStatus: (value: string) => act('status', () => request('POST /api/notifications/:id/status', { params, body: { value } })),
  }
}
