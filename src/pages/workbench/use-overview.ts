import type { Overview } from '#contract/crm/legacy.ts'
import { onActivated, onScopeDispose, shallowRef } from 'vue'
import { isCancelled, request } from '../../api/index.ts'
import { takeOverview } from './overview-ahead.ts'

/** The workbench's data: fetched at once, and again quietly whenever the page is shown anew. */
export function useOverview() {
  const overview = shallowRef<Overview | null>(null)
  const error = shallowRef<unknown>(null)
  const busy = shallowRef(false)
  let current: AbortController | undefined

  async function load() {
    current?.abort()
    const mine = (current = new AbortController())
    busy.value = true
    try {
      const answer = (await takeOverview()) ?? (await request('GET /api/crm/legacy/overview', { signal: mine.signal }))
      if (mine !== current)
        return
      overview.value = answer
      error.value = null
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

  void load()
  let first = true
  onActivated(() => {
    if (!first)
      void load()
    first = false
  })
  onScopeDispose(() => current?.abort())

  return { overview, error, busy, load }
}
