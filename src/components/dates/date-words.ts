import type { Locale } from '../../locales/index.ts'
import { date, timeOf, weekday } from './calendar-words.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Calendar days from `now` to `at` in the reader's own time zone: 0 today, 1 tomorrow, -1 yesterday. */
export function daysFromNow(at: Date, now: Date): number {
  const midnight = (of: Date) => Date.UTC(of.getFullYear(), of.getMonth(), of.getDate())
  return Math.round((midnight(at) - midnight(now)) / day)
}

/** How near a planned moment is: what the colour and word of a due chip follow. */
export type Nearness = 'overdue' | 'today' | 'soon' | 'later'

export function nearness(at: Date, now: Date): Nearness {
  if (at.getTime() < now.getTime())
    return 'overdue'
  const days = daysFromNow(at, now)
  if (days === 0)
    return 'today'
  return days <= 7 ? 'soon' : 'later'
}

/** A key below `dates` with its parameters; `{ time }` and `{ date }` are already formatted. */
export interface DateWords {
  key: 'today' | 'tomorrow' | 'yesterday' | 'at' | 'justNow' | 'minutesAgo' | 'hoursAgo' | 'overdueMinutes' | 'overdueHours' | 'overdueDays'
  params: Readonly<Record<string, string | number>>
}

/** 今天 18:00, 明天 09:00, 周三 14:00, 3月5日 09:00; the year only when it is another one. */
export function whenWords(at: Date, now: Date, locale: Locale): DateWords {
  const time = timeOf(at)
  const days = daysFromNow(at, now)
  if (days === 0)
    return { key: 'today', params: { time } }
  if (days === 1)
    return { key: 'tomorrow', params: { time } }
  if (days === -1)
    return { key: 'yesterday', params: { time } }
  return { key: 'at', params: { date: dateOf(at, now, days, locale), time } }
}

/** 刚刚, 5 分钟前, 3 小时前; from yesterday on like `whenWords`. */
export function agoWords(at: Date, now: Date, locale: Locale): DateWords {
  const passed = now.getTime() - at.getTime()
  // A server's clock may be a little ahead of this device's.
  if (passed < minute && passed > -5 * minute)
    return { key: 'justNow', params: {} }
  if (passed < 0 || daysFromNow(at, now) < 0)
    return whenWords(at, now, locale)
  if (passed < hour)
    return { key: 'minutesAgo', params: { n: Math.floor(passed / minute) } }
  return { key: 'hoursAgo', params: { n: Math.floor(passed / hour) } }
}

/** How long a planned moment has been over: minutes, hours within the day, then calendar days. */
export function overdueWords(at: Date, now: Date): DateWords {
  const passed = Math.max(0, now.getTime() - at.getTime())
  const days = -daysFromNow(at, now)
  if (days >= 1)
    return { key: 'overdueDays', params: { n: days } }
  if (passed >= hour)
    return { key: 'overdueHours', params: { n: Math.floor(passed / hour) } }
  return { key: 'overdueMinutes', params: { n: Math.max(1, Math.floor(passed / minute)) } }
}

function dateOf(at: Date, now: Date, days: number, locale: Locale): string {
  return days > 1 && days < 7 ? weekday(at, locale) : date(at, at.getFullYear() !== now.getFullYear(), locale)
}
