/** China has one time zone and no summer time: all days and months here are Shanghai's. */
const shanghaiMs = 8 * 3600_000
export const dayMs = 24 * 3600_000

/** `YYYY-MM-DD`. */
export function dayOf(at: number): string {
  return new Date(at + shanghaiMs).toISOString().slice(0, 10)
}

/** `YYYY-MM`. */
export function monthOf(at: number): string {
  return dayOf(at).slice(0, 7)
}

/** Its first moment, in milliseconds since 1970. */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`)
}

/** Eight o'clock of the next day: what had no place today is no reason to wake anybody at midnight. */
export function nextMorning(at: number): number {
  return startOfDay(dayOf(at + dayMs)) + 8 * 3600_000
}

/** The first moment of the month after the one `at` lies in. */
export function nextMonth(at: number): number {
  const [year = 0, month = 0] = monthOf(at).split('-').map(Number)
  return Date.UTC(year, month) - shanghaiMs
}

/** DingTalk's clock may be behind ours. */
const lagMs = 5 * 60_000

/** When to try again after DingTalk said that the month's calls are used up: in the next month, or soon when this one has but begun. */
export function quotaBackAt(at: number): number {
  const justBegun = dayOf(at).endsWith('-01')
  return justBegun ? at + 3600_000 : nextMonth(at) + lagMs
}

/** The latest moment, not after `at`, at which a clock in Shanghai shows one of the times (`HH:MM`). */
export function latestOf(times: readonly string[], at: number): number {
  const today = startOfDay(dayOf(at))
  const moments = times.flatMap((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number)
    const moment = today + (hours * 60 + minutes) * 60_000
    return [moment, moment - dayMs]
  })
  return Math.max(...moments.filter(moment => moment <= at))
}
