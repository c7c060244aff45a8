import type { InjectionKey, Ref } from 'vue'
import type { RouteLocationNormalizedLoaded } from 'vue-router'
import type { Customer, CustomerRow } from '#contract/crm/legacy.ts'
import type { CustomerFilters } from './list/filters.ts'
import { computed, inject, provide } from 'vue'
import { useRouter } from 'vue-router'
import { request } from '../../api/index.ts'
import { usePaginator } from '../../components/record-list/use-paginator.ts'
import { readFilters, writeFilters } from './list/filters.ts'

const key: InjectionKey<ReturnType<typeof provideCustomers>> = Symbol('customers')

/** The list behind all customer pages: its filters in the URL, its rows, and news from the forms. */
export function provideCustomers(route: Readonly<Ref<RouteLocationNormalizedLoaded>>) {
  const router = useRouter()
  const filters = computed(() => readFilters(route.value.query))

  const pager = usePaginator<CustomerRow, CustomerFilters>({
    query: () => filters.value,
    load: ({ q, status, ...rest }, cursor, signal) =>
      request('GET /api/crm/legacy/customers', {
        query: { ...rest, limit: 30, ...(q && { q }), ...(status && { status }), ...(cursor && { cursor }) },
        signal,
      }),
    key: row => row.id,
  })

  function change(next: Partial<CustomerFilters>) {
    const { name, params } = route.value
    void router.replace({ name: name ?? 'customers', params, query: writeFilters({ ...filters.value, ...next }) })
  }

  const customers = {
    filters,
    pager,
    /** Changes some filters; the list starts again by itself. */
    change,
    /** The query that keeps the list as it is on the way to another customer page. */
    query: computed(() => writeFilters(filters.value)),
    /** A customer was edited: its row changes in place, so that the list does not jump. */
    edited: (customer: Customer) => pager.replace(customer),
    /** A customer was created: where it belongs only the server knows. */
    created: () => pager.refresh(),
  }
  provide(key, customers)
  return customers
}

/** For the pages inside CustomersPage. */
export function useCustomers() {
  const customers = inject(key)
  if (!customers)
    throw new Error('useCustomers is for pages inside CustomersPage')
  return customers
}
