import type { Overview } from '#contract/crm/overview.ts'
import { dayMs, dayStart, monthStart } from '../calendar.ts'

const shanghai = (at: Date): Date => new Date(at.getTime() + dayMs / 3)
const weekday = (at: Date): number => shanghai(at).getUTCDay()
const month = (at: Date): number => shanghai(at).getUTCMonth()

export interface Period {
  from: Date
  until: Date
  /** The one before, up to the same moment of it, so that the first days of a period do not look like a collapse. */
  before: { from: Date, until: Date }
}

/** A period of Shanghai's calendar around `now`: until now, and as far into the one before. Weeks begin on Monday. */
export function periodAt(period: Overview['period'], now: Date): Period {
  const [from, former] = bounds(period, now)
  const elapsed = now.getTime() - from.getTime()
  return { from, until: now, before: { from: former, until: new Date(Math.min(former.getTime() + elapsed, from.getTime())) } }
}

function bounds(period: Overview['period'], now: Date): [from: Date, former: Date] {
  switch (period) {
    case 'today':
      return [dayStart(now), dayStart(now, -1)]
    case 'week': {
      const monday = dayStart(now, -((weekday(now) + 6) % 7))
      return [monday, new Date(monday.getTime() - 7 * dayMs)]
    }
    case 'month':
      return [monthStart(now), monthStart(now, -1)]
    case 'quarter': {
      const into = month(now) % 3
      return [monthStart(now, -into), monthStart(now, -into - 3)]
    }
  }
}
