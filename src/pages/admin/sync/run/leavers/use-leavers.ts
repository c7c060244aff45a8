import type { AccountRef } from '#contract/common.ts'
import type { OwnedCounts, Successor } from '#contract/handover.ts'
import type { HandoverChoice, Leaver } from '#contract/sync/index.ts'
import { computed, reactive, shallowRef } from 'vue'
import { request } from '../../../../../api/index.ts'
import { listWords, t } from '../../../../../locales/index.ts'

export type Rule = 'keep' | 'leader' | 'colleague'

/** What an approval says of leavers' records, and the words that repeat it. */
export interface HandoverPlan {
  choice: HandoverChoice
  words: string[]
}

const pageSize = 20

/** The leavers of a plan who own records, and to whom these go: the same for all, or otherwise for some. */
export function useLeavers(runId: string) {
  const leavers = shallowRef<readonly Leaver[]>([])
  const total = shallowRef(0)
  const records = shallowRef<OwnedCounts>({})
  const error = shallowRef<unknown>(null)
  const loading = shallowRef(false)
  /** Whether there are any, or why nobody knows. */
  const known = shallowRef(false)
  let next: string | null = null

  const rule = shallowRef<Rule>('keep')
  /** More than one share evenly. */
  const colleagues = shallowRef<{ id: string, name: string }[]>([])
  /** By leaver, where it differs from the rule for all. */
  const each = reactive(new Map<string, { rule: Rule, colleague: AccountRef | null }>())

  const successor = (of: Rule, whom: readonly { id: string }[]): Successor => (of !== 'colleague' ? of : whom.length === 0 ? 'keep' : whom.map(({ id }) => id))
  // What nobody could read is not given away by a rule.
  const kept = (): HandoverPlan => ({ choice: { all: 'keep', each: {} }, words: [t('admin.handover.leavers.unknown')] })
  const plan = computed((): HandoverPlan => error.value
    ? kept()
    : ({
        choice: { all: successor(rule.value, colleagues.value), each: Object.fromEntries([...each].map(([id, own]) => [id, successor(own.rule, own.colleague ? [own.colleague] : [])])) },
        words: [
          t(`admin.handover.leavers.summary.${rule.value}`, { name: namesOf(colleagues.value) }),
          ...(each.size > 0 ? [t('admin.handover.leavers.summary.each', { n: each.size })] : []),
        ],
      }))

  async function load() {
    loading.value = true
    error.value = null
    try {
      const first = next === null
      const page = await request('GET /api/sync/runs/:id/leavers', { params: { id: runId }, query: { limit: pageSize, ...(next && { cursor: next }) } })
      leavers.value = first ? page.items : [...leavers.value, ...page.items]
      next = page.nextCursor
      total.value = page.total
      records.value = page.records
      if (first)
        rule.value = page.otherwise
    }
    catch (reason) {
      error.value = reason
    }
    finally {
      loading.value = false
      known.value = true
    }
  }

  void load()
  return { leavers, total, records, error, loading, known, load, more: computed(() => leavers.value.length < total.value), rule, colleagues, each, plan }
}

function namesOf(people: readonly { name: string }[]): string {
  const names = listWords(people.slice(0, 2).map(({ name }) => name))
  return people.length > 1 ? t('admin.handover.leavers.andMore', { names, n: people.length }) : names
}
