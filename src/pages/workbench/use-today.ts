import type { Today } from '#contract/crm/overview.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { isCancelled, request } from '../../api/index.ts'
import { onReturn } from '../../support/on-return.ts'
import { takeToday } from './today-ahead.ts'

/** What is due and what was looked at last: fetched at once, and again quietly whenever the page is shown anew. */
export function useToday() {
  const today = shallowRef<Today | null>(null)
  const error = shallowRef<unknown>(null)
  const busy = shallowRef(false)
  let current: AbortController | undefined

  async function load() {
    current?.abort()
    const mine = (current = new AbortController())
    busy.value = true
    try {
      const answer = (await takeToday()) ?? (await request('GET /api/crm/today', { signal: mine.signal }))
      if (mine !== current)
        return
      today.value = answer
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
  onReturn(load)
  onScopeDispose(() => current?.abort())

  return { today, error, busy, load }
}
