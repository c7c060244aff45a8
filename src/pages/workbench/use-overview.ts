import type { Overview } from '#contract/crm/overview.ts'
import { onActivated, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { isCancelled, request } from '../../api/index.ts'

export const periods = ['today', 'week', 'month', 'quarter'] as const
export type Period = (typeof periods)[number]
export type Scope = Overview['scope']

/** The numbers of a period; those shown stay until others are here. */
export function useOverview() {
  const period = ref<Period>('month')
  const scope = ref<Scope>('mine')
  const overview = shallowRef<Overview | null>(null)
  const error = shallowRef<unknown>(null)
  let current: AbortController | undefined

  async function load() {
    current?.abort()
    const mine = (current = new AbortController())
    error.value = null
    try {
      const answer = await request('GET /api/crm/overview', { query: { period: period.value, scope: scope.value }, signal: mine.signal })
      if (mine === current)
        overview.value = answer
    }
    catch (reason) {
      if (mine === current && !isCancelled(reason))
        error.value = reason
    }
  }

  watch([period, scope], load, { immediate: true })
  let first = true
  onActivated(() => {
    if (!first)
      void load()
    first = false
  })
  onScopeDispose(() => current?.abort())

  return { period, scope, overview, error, load }
}
