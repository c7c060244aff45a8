import type { AccountRef } from '#contract/common.ts'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { Handover } from '#contract/handover.ts'
import type { ApiOutput } from '#contract/index.ts'
import { computed, shallowRef } from 'vue'
import { request } from '../../../api/index.ts'
import { ask } from '../../../components/dialog/index.ts'
import { t } from '../../../locales/index.ts'
import { kindsOf, recordWords } from './record-words.ts'

/** What somebody owns, to whom it may go, and handovers made before. */
export function useHandover(id: string) {
  const view = shallowRef<ApiOutput<'GET /api/directory/accounts/:id/handover'> | null>(null)
  const loadError = shallowRef<unknown>(null)
  const actionError = shallowRef<unknown>(null)
  const acting = shallowRef<string | null>(null)
  const told = shallowRef<string[]>([])
  const to = shallowRef<AccountRef | null>(null)
  const left = shallowRef<ReadonlySet<RecordKind>>(new Set())

  const kinds = computed(() => kindsOf(view.value?.records ?? {}))
  const chosen = computed(() => kinds.value.filter(({ kind }) => !left.value.has(kind)))
  const words = computed(() => recordWords(Object.fromEntries(chosen.value.map(({ kind, n }) => [kind, n]))))

  async function load() {
    loadError.value = null
    try {
      view.value = await request('GET /api/directory/accounts/:id/handover', { params: { id } })
      to.value ??= view.value.leader
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
      const whom = to.value
      if (!whom)
        return []
      const made = await request('POST /api/directory/accounts/:id/handover', { params: { id }, body: { to: whom.id, kinds: chosen.value.map(({ kind }) => kind) }, timeout: 60_000 })
      return [t('admin.handover.done', { to: made.to.name, records: recordWords(made.records) })]
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
  return { view, loadError, actionError, acting, told, to, kinds, left, chosen, words, load, toggle, execute, takeBack }
}
