import type { CallBudget } from '#contract/delivery/index.ts'
import { dayMs, monthOf, nextMonth, startOfDay } from '../days.ts'

/** Calls by the end of the month, if it goes on as up to now; the first day is too little to reckon with the rest. */
export function forecast(used: number, now: number): number {
  const start = startOfDay(`${monthOf(now)}-01`)
  const length = nextMonth(now) - start
  const elapsed = Math.max(now - start, dayMs)
  return Math.round(used * Math.max(1, length / elapsed))
}

export function levelOf(used: number, budget: number | null, exhausted: boolean): CallBudget['level'] {
  if (exhausted || (budget !== null && used >= budget))
    return 'spent'
  if (budget === null)
    return 'unknown'
  return used >= budget * 0.9 ? 'critical' : used >= budget * 0.7 ? 'warning' : 'ok'
}

/** The marks that are alerted once each month. */
export function marksReached(level: CallBudget['level']): (70 | 90 | 100)[] {
  const reached = { unknown: [], ok: [], warning: [70], critical: [70, 90], spent: [70, 90, 100] } as const
  return [...reached[level]]
}
