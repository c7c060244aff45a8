import type { DeliveryView, NotificationState, Sending } from '#contract/delivery/index.ts'
import { computed, onActivated } from 'vue'
import { request } from '../../../api/index.ts'
import { usePaginator } from '../../../components/record-list/use-paginator.ts'
import { dayRange } from '../day-range.ts'
import { useAct } from '../use-act.ts'
import { useLoaded } from '../use-loaded.ts'
import { useQuery } from '../use-query.ts'
import { stateTones } from './state-tones.ts'

type Param = ReturnType<ReturnType<typeof useQuery>['param']>
type Filters = [state: Param, keyword: Param, kind: Param, person: Param, from: Param, to: Param]
const filterNames = ['state', 'q', 'kind', 'person', 'from', 'to'] as const

/** Delivery at a glance, and the send log; its filters live in the address. */
export function useDelivery() {
  const { value: view, error, load } = useLoaded<DeliveryView>(() => request('GET /api/notification-delivery'))
  const { param, write } = useQuery()
  const [stateName, keyword, kind, person, from, to] = filterNames.map(param) as Filters
  const state = computed({
    get: () => stateTones.find(([known]) => known === stateName.value)?.[0] ?? null,
    set: (chosen: NotificationState | null) => (stateName.value = chosen ?? ''),
  })
  const filter = computed(() => ({
    ...(state.value && { state: state.value }),
    ...(keyword.value && { q: keyword.value }),
    ...(kind.value && { kind: kind.value }),
    ...(person.value && { accountId: person.value.split(' ', 1)[0] }),
    ...dayRange(from.value, to.value),
  }))

  const pager = usePaginator<Sending, typeof filter.value>({
    query: () => filter.value,
    load: (query, cursor, signal) => request('GET /api/notifications', { query: { limit: 30, ...query, ...(cursor && { cursor }) }, signal }),
    key: sending => sending.id,
  })

  const { busy, failure, act } = useAct<'test' | 'pause' | 'resume' | 'todos'>(async () => {
    await load()
    void pager.refresh()
  })

  void load()
  onActivated(load)
  return {
    view,
    error,
    failure,
    busy,
    state,
    keyword,
    kind,
    person,
    from,
    to,
    isFiltered: computed(() => Object.keys(filter.value).length > 0),
    clearFilters: () => write(Object.fromEntries(filterNames.map(name => [name, undefined]))),
    pager,
    load,
    test: () => act('test', () => request('POST /api/notifications', { body: {} })),
    pause: () => act('pause', () => request('POST /api/notification-delivery/pause')),
    retryTodos: () => act('todos', () => request('POST /api/notification-delivery/todos/retry')),
    resume: () => act('resume', () => request('POST /api/notification-delivery/resume')),
  }
}
