import type { DeliveryView, NotificationState, Sending } from '#contract/delivery/index.ts'
import { onActivated, shallowRef } from 'vue'
import { request } from '../../../api/index.ts'
import { usePaginator } from '../../../components/record-list/use-paginator.ts'

interface LogQuery {
  state: NotificationState | null
  q: string
}

/** Delivery at a glance, and the send log. */
export function useDelivery() {
  const view = shallowRef<DeliveryView | null>(null)
  const error = shallowRef<unknown>(null)
  /** What an administrator asked for that did not happen. */
  const failure = shallowRef<unknown>(null)
  const busy = shallowRef<'test' | 'pause' | 'resume' | 'todos' | null>(null)
  const state = shallowRef<NotificationState | null>(null)
  const keyword = shallowRef('')

  const pager = usePaginator<Sending, LogQuery>({
    query: () => ({ state: state.value, q: keyword.value }),
    load: (query, cursor, signal) =>
      request('GET /api/notifications', {
        query: { limit: 30, ...(query.state && { state: query.state }), ...(query.q && { q: query.q }), ...(cursor && { cursor }) },
        signal,
      }),
    key: sending => sending.id,
  })

  async function load() {
    error.value = null
    try {
      view.value = await request('GET /api/notification-delivery')
    }
    catch (reason) {
      error.value = reason
    }
  }

  async function act<T>(what: 'test' | 'pause' | 'resume' | 'todos', work: () => Promise<T>): Promise<T | undefined> {
    if (busy.value)
      return undefined
    busy.value = what
    failure.value = null
    try {
      return await work()
    }
    catch (reason) {
      failure.value = reason
      return undefined
    }
    finally {
      busy.value = null
      await load()
      void pager.refresh()
    }
  }

  void load()
  onActivated(load)
  return {
    view,
    error,
    failure,
    busy,
    state,
    keyword,
    pager,
    load,
    test: () => act('test', () => request('POST /api/notifications', { body: {} })),
    pause: () => act('pause', () => request('POST /api/notification-delivery/pause')),
    retryTodos: () => act('todos', () => request('POST /api/notification-delivery/todos/retry')),
    resume: () => act('resume', () => request('POST /api/notification-delivery/resume')),
  }
}
