import type { NotificationState, SendingRecipient } from '#contract/delivery/index.ts'
import type { AnnouncementResults } from '#contract/messages/index.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { request } from '../../../api/index.ts'
import { usePaginator } from '../../../components/record-list/use-paginator.ts'

/** While messages are on their way, it is looked again. */
const everyMs = 3000

/** Whom an announcement reached, by state; up to date while it is being delivered. */
export function useResults(id: string) {
  const results = shallowRef<AnnouncementResults | null>(null)
  const state = shallowRef<NotificationState | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  const pager = usePaginator<SendingRecipient, NotificationState | null>({
    query: () => state.value,
    async load(wanted, cursor, signal) {
      const answer = await request('GET /api/messages/announcements/:id/results', {
        params: { id },
        query: { limit: 50, ...(wanted && { state: wanted }), ...(cursor && { cursor }) },
        signal,
      })
      results.value = answer
      clearTimeout(timer)
      if (answer.states.queued || answer.states.sending)
        timer = setTimeout(() => void lookAgain(), everyMs)
      return answer.recipients
    },
    key: recipient => recipient.id,
  })

  /** All pages that are shown, in place; later when one more is just being asked for, or when nobody answered. */
  async function lookAgain() {
    clearTimeout(timer)
    timer = setTimeout(() => void lookAgain(), everyMs)
    await pager.renew(0)
  }
  onScopeDispose(() => clearTimeout(timer))
  return { results, state, pager }
}
