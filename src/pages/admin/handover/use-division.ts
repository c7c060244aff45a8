import type { ComputedRef } from 'vue'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { DividedRecord, HandoverOrder } from '#contract/handover.ts'
import type { ApiOutput } from '#contract/index.ts'
import { computed, reactive, shallowRef } from 'vue'
import { request } from '../../../api/index.ts'
import { usePaginator } from '../../../components/record-list/use-paginator.ts'
import { evenly, fitShares } from './shares.ts'

export interface Receiver {
  id: string
  name: string
}

type Page = ApiOutput<'POST /api/directory/accounts/:id/handover/preview'>

/** The kinds whose records stand alone; the others belong to one of these. */
const heads: readonly RecordKind[] = ['leads', 'customers']

/** Who gets which record: numbers by kind, names by hand, and what the server makes of them. */
export function useDivision(id: string, kinds: ComputedRef<readonly { kind: RecordKind, n: number }[]>) {
  const receivers = shallowRef<Receiver[]>([])
  const together = shallowRef(true)
  /** By kind, for each receiver; a kind without is split evenly. */
  const numbers = reactive(new Map<RecordKind, number[]>())
  const chosen = reactive(new Map<string, { kind: RecordKind, to: string | null }>())
  const totals = shallowRef<Pick<Page, 'shares' | 'stays' | 'seen'> | null>(null)
  const filter = reactive<{ kind: RecordKind | '', whom: string, q: string }>({ kind: '', whom: '', q: '' })

  const known = (to: string | null) => to === null || receivers.value.some(({ id }) => id === to)
  /** Goes with what it belongs to, so that there is nothing to count out. */
  const follows = (kind: RecordKind) => together.value && !heads.includes(kind) && kinds.value.some(({ kind }) => heads.includes(kind))
  const free = (kind: RecordKind, n: number) => n - [...chosen.values()].filter(each => each.kind === kind && known(each.to)).length

  const order = computed((): HandoverOrder => ({
    to: receivers.value.map(({ id }) => id),
    kinds: kinds.value.map(({ kind }) => kind),
    numbers: Object.fromEntries([...numbers].filter(([kind, each]) => !follows(kind) && each.length === receivers.value.length)),
    chosen: [...chosen].flatMap(([id, { kind, to }]) => (known(to) ? { kind, id, to } : [])),
    together: together.value,
  }))
  const rows = computed(() => kinds.value.filter(({ kind }) => !follows(kind)).map(({ kind, n }) => {
    const left = free(kind, n)
    return { kind, n: left, even: !numbers.has(kind), shares: numbers.get(kind) ?? evenly(left, receivers.value.length) }
  }))

  const pager = usePaginator<DividedRecord, { order: HandoverOrder, kind: RecordKind | '', whom: string, q: string }>({
    query: () => ({ order: order.value, ...filter }),
    async load({ order, kind, whom, q }, cursor, signal) {
      if (order.to.length === 0 || order.kinds?.length === 0) {
        totals.value = null
        return { items: [], nextCursor: null, total: 0 }
      }
      const page = await request('POST /api/directory/accounts/:id/handover/preview', {
        params: { id },
        body: { ...order, limit: 20, ...(kind && { kind }), ...(whom && { whom }), ...(q && { q }), ...(cursor && { cursor }) },
        signal,
      })
      totals.value = page
      return page
    },
    key: ({ id }) => id,
  })

  function setReceivers(next: Receiver[]) {
    receivers.value = next
    numbers.clear()
    if (!known(filter.whom))
      filter.whom = ''
  }

  /** `to`: undefined = by number again. */
  function give(records: readonly Pick<DividedRecord, 'id' | 'kind'>[], to: string | null | undefined) {
    const before = new Map(rows.value.map(({ kind, n }) => [kind, n]))
    for (const { id, kind } of records) {
      if (to === undefined)
        chosen.delete(id)
      else chosen.set(id, { kind, to })
    }
    for (const { kind, n, even, shares } of rows.value) {
      if (!even)
        numbers.set(kind, fitShares(shares, before.get(kind) ?? n, n))
    }
  }

  function reset() {
    numbers.clear()
    chosen.clear()
  }

  return { receivers, setReceivers, together, numbers, rows, order, totals, filter, pager, give, chosen, reset }
}
