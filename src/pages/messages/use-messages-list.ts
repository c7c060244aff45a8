import type { InboxMessage, MessageCategory } from '#contract/messages/index.ts'
import { computed, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { request } from '../../api/index.ts'
import { usePaginator } from '../../components/record-list/use-paginator.ts'
import { useMessages } from '../../stores/messages/index.ts'

/** As the contract has them; spelled here so that zod stays out of this chunk. */
export const categories = ['records', 'plans', 'comments', 'announcements', 'system'] as const satisfies readonly MessageCategory[]

/** The reader's messages by category (in the URL), and marking them as read. */
export function useMessagesList() {
  const route = useRoute()
  const router = useRouter()
  const store = useMessages()
  const category = computed(() => categories.find(name => name === route.query.category))

  const pager = usePaginator<InboxMessage, { category: MessageCategory | undefined }>({
    query: () => ({ category: category.value }),
    load: (query, cursor, signal) =>
      request('GET /api/crm/messages', {
        query: { limit: 30, ...(query.category && { category: query.category }), ...(cursor && { cursor }) },
        signal,
      }),
    key: message => message.id,
  })

  /** Something came that the rows do not show yet, and putting it above them would move what is being read. */
  const fresh = shallowRef(false)
  const unread = computed(() => (category.value ? store.count?.byCategory[category.value] : store.unread) ?? 0)
  watch(unread, (now, before) => {
    if (now <= before || pager.total.value === null)
      return
    if (window.scrollY < 200)
      void pager.refresh()
    else fresh.value = true
  })

  function showFresh() {
    fresh.value = false
    window.scrollTo({ top: 0 })
    void pager.refresh()
  }

  function choose(next: MessageCategory | undefined) {
    void router.replace({ query: { ...route.query, category: next } })
  }

  /** Reads one: shown as read at once, and opened when there is something to open. */
  async function open(message: InboxMessage) {
    if (!message.read) {
      pager.replace({ ...message, read: true })
      void request('POST /api/crm/messages/read', { body: { ids: [message.id] } }).then(store.take).catch(() => pager.replace(message))
    }
    if (message.path)
      await router.push(message.path)
  }

  /** @throws ApiError when the server did not take it */
  async function readAll() {
    store.take(await request('POST /api/crm/messages/read', { body: { all: true, ...(category.value && { category: category.value }) } }))
    await pager.refresh()
  }

  return { pager, category, choose, open, readAll, fresh, showFresh }
}
