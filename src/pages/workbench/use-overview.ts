import type { Overview } from '#contract/crm/overview.ts'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { isCancelled, request } from '../../api/index.ts'
import { onReturn } from '../../support/on-return.ts'

export const periods = ['today', 'week', 'month', 'quarter'] as const
export type Period = (typeof periods)[number]
export type Scope = Overview['scope']
type Choice = Pick<Overview, 'period' | 'scope'>

/** The numbers of a period; those shown stay, under their own name, until others are here. */
export function useOverview() {
  const wanted = shallowRef<Choice>({ period: 'month', scope: 'mine' })
  const overview = shallowRef<Overview | null>(null)
  const error = shallowRef<unknown>(null)
  const busy = shallowRef(false)
  let current: AbortController | undefined

  const same = computed(() => overview.value?.period === wanted.value.period && overview.value.scope === wanted.value.scope)
  /** Other numbers are on their way. */
  const changing = computed(() => busy.value && !same.value)
  /** What is wanted while it is on its way; else what is shown. */
  const chosen = computed<Choice>(() => changing.value ? wanted.value : overview.value ?? wanted.value)

  async function load() {
    current?.abort()
    const mine = (current = new AbortController())
    error.value = null
    busy.value = true
    try {
      const answer = await request('GET /api/crm/overview', { query: wanted.value, signal: mine.signal })
      if (mine === current)
        overview.value = answer
    }
    catch (reason) {
      if (mine === current && !isCancelled(reason))
        error.value = reason
    }
    finally {
      if (mine === current)
        busy.value = false
    }
  }

  function choose(part: Partial<Choice>) {
    wanted.value = { ...chosen.value, ...part }
    void load()
  }

  void load()
  onReturn(load)
  onScopeDispose(() => current?.abort())

  return { chosen, changing, overview, error, load, choose }
}
