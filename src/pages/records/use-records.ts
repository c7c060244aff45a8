import type { InjectionKey, Ref } from 'vue'
import type { RouteLocationNormalizedLoaded } from 'vue-router'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmRecord, RecordRow } from '#contract/crm/records.ts'
import type { Filters } from './filters.ts'
import { computed, inject, provide, shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import { request } from '../../api/index.ts'
import { isMainKind } from '../../components/crm/kinds.ts'
import { useForm } from '../../components/crm/use-form.ts'
import { usePaginator } from '../../components/record-list/use-paginator.ts'
import { useOutbox } from '../../stores/outbox/index.ts'
import { renewed } from './detail/use-related.ts'
import { narrows, readFilters, writeFilters } from './filters.ts'
import { filterNames } from './list/filter-names.ts'

const key: InjectionKey<ReturnType<typeof provideRecords>> = Symbol('records')

/** The list behind all pages of a kind: its filters in the URL, its rows, its form, and news from the forms. */
export function provideRecords(kind: RecordKind, route: Readonly<Ref<RouteLocationNormalizedLoaded>>) {
  const router = useRouter()
  const outbox = useOutbox()
  const filters = computed(() => readFilters(route.value.query))
  const { spec } = useForm(() => kind)

  const pager = usePaginator<RecordRow, Filters>({
    query: () => filters.value,
    load: ({ q, view, sort, status, filters: by }, cursor, signal) =>
      request('GET /api/crm/:kind', {
        params: { kind },
        query: { view, limit: 30, ...(q && { q }), ...(sort && { sort }), ...(status && { status }), ...(by.length > 0 && { filters: JSON.stringify(by) }), ...(cursor && { cursor }) },
        signal,
      }),
    key: row => row.id,
  })

  function change(next: Partial<Filters>) {
    const { name, params } = route.value
    void router.replace({ name: name ?? kind, params, query: writeFilters({ ...filters.value, ...next }) })
  }

  /** Ids ticked for something to be done with all of them; null while nothing is being selected. */
  const selected = shallowRef<ReadonlySet<string> | null>(null)
  watch(filters, () => {
    selected.value = null
  })

  function toggle(id: string) {
    const next = new Set(selected.value)
    if (!next.delete(id))
      next.add(id)
    selected.value = next
  }

  watch(outbox.sent, (sent) => {
    const last = sent.at(-1)
    if (!last)
      return
    // A change keeps its row where it is; a follow-up changes what is next with its record, so both lists look again.
    if (last.kind === kind && pager.items.value.some(row => row.id === last.id))
      pager.replace(last)
    else if (last.kind === kind || !isMainKind(last.kind))
      void renewed(pager)
  })

  const records = {
    kind,
    filters,
    narrowed: computed(() => narrows(filters.value)),
    pager,
    spec,
    names: filterNames(() => pager.items.value),
    /** What stands below the name in a row. */
    listed: computed(() => (spec.value?.fields ?? []).filter(field => field.listed && field.key !== 'name' && field.key !== 'status' && field.type !== 'member' && field.type !== 'textarea' && field.type !== 'record' && field.type !== 'picture' && field.type !== 'datetime')),
    /** The first field with a phone number, for calling from a row. */
    phoneKey: computed(() => spec.value?.fields.find(field => field.type === 'phone')?.key ?? null),
    /** Changes some filters; the list starts again by itself. */
    change,
    /** The query that keeps the list as it is on the way to another page of the kind. */
    query: computed(() => writeFilters(filters.value)),
    selected,
    toggle,
    /** A record was edited: its row changes in place, so that the list does not jump. */
    edited: (record: CrmRecord) => pager.replace(record),
    /** Where a new or moved record leaves the list only the server knows; rows that are gone go at once, the others keep their place. */
    changed: (gone: readonly string[] = []) => {
      pager.remove(gone)
      return renewed(pager)
    },
  }
  provide(key, records)
  return records
}

/** For the pages inside RecordsPage. */
export function useRecords() {
  const records = inject(key)
  if (!records)
    throw new Error('useRecords is for pages inside RecordsPage')
  return records
}
