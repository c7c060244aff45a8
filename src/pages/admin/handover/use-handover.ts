import type { RecordKind } from '#contract/crm/kinds.ts'
import type { Handover } from '#contract/handover.ts'
import type { ApiOutput } from '#contract/index.ts'
import { computed, shallowRef } from 'vue'
import { request } from '../../../api/index.ts'
import { ask } from '../../../components/dialog/index.ts'
import { t } from '../../../locales/index.ts'
import { kindsOf, recordWords } from './record-words.ts'
import { useDivision } from './use-division.ts'

/** What somebody owns, to whom it may go, and handovers made before. */
export function useHandover(id: string) {
  const view = shallowRef<ApiOutput<'GET /api/directory/accounts/:id/handover'> | null>(null)
  const loadError = shallowRef<unknown>(null)
  const actionError = shallowRef<unknown>(null)
  const acting = shallowRef<string | null>(null)
  const told = shallowRef<string[]>([])
  const left = shallowRef<ReadonlySet<RecordKind>>(new Set())

  const kinds = computed(() => kindsOf(view.value?.records ?? {}))
  const wanted = computed(() => kinds.value.filter(({ kind }) => !left.value.has(kind)))
  const division = useDivision(id, wanted)

  /** "A: 20 customers", one line for each who gets any, and what stays. */
  const sums = computed(() => {
    const { shares = [], stays = {} } = division.totals.value ?? {}
    return [
      ...division.receivers.value.flatMap(({ name }, index) => (recordWords(shares[index]) ? [t('admin.handover.sum', { name, records: recordWords(shares[index]) })] : [])),
      ...(recordWords(stays) ? [t('admin.handover.sum', { name: t('admin.handover.stays', { name: view.value?.account.name ?? '' }), records: recordWords(stays) })] : []),
    ]
  })
  /** Whether anybody gets anything. */
  const ready = computed(() => (division.totals.value?.shares ?? []).some(share => recordWords(share) !== ''))

  async function load() {
    loadError.value = null
    try {
      const first = view.value === null
      view.value = await request('GET /api/directory/accounts/:id/handover', { params: { id } })
      if (first && view.value.leader)
        division.setReceivers([view.value.leader])
    }
    catch (error) {
      loadError.value = error
    }
  }

  async function act(name: string, work: () => Promise<string[]>) {
    if (acting.value)
      return
    acting.value = name
    actionError.value = null
    try {
      told.value = await work()
    }
    catch (error) {
      actionError.value = error
    }
    await load()
    await division.pager.refresh()
    acting.value = null
  }

  function toggle(kind: RecordKind) {
    const next = new Set(left.value)
    if (!next.delete(kind))
      next.add(kind)
    left.value = next
  }

  const execute = () =>
    act('execute', async () => {
      const { seen } = division.totals.value!
      const { made } = await request('POST /api/directory/accounts/:id/handover', { params: { id }, body: { ...division.order.value, seen }, timeout: 60_000 })
      division.reset()
      return made.map(({ to, records }) => t('admin.handover.done', { to: to.name, records: recordWords(records) }))
    })

  async function takeBack(made: Handover) {
    const from = view.value?.account.name ?? ''
    if (!await ask({ title: t('admin.handover.askBack'), text: t('admin.handover.askBackText', { from, to: made.to.name }), yes: t('admin.handover.takeBack') }))
      return
    await act(made.id, async () => {
      const { returned, left } = await request('POST /api/directory/handovers/:id/undo', { params: { id: made.id }, timeout: 60_000 })
      return [
        ...(recordWords(returned) ? [t('admin.handover.returned', { from, records: recordWords(returned) })] : []),
        ...(recordWords(left) ? [t('admin.handover.left', { records: recordWords(left) })] : []),
      ]
    })
  }

  void load()
  return { view, loadError, actionError, acting, told, kinds, wanted, left, division, sums, ready, load, toggle, execute, takeBack }
}
