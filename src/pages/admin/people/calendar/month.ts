/** The days of a month in weeks that begin on Monday; null where another month's days would be. */
export function weeksOf(year: number, month: number): Array<Array<string | null>> {
  const lead = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return Array.from({ length: Math.ceil((lead + days) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => {
      const n = week * 7 + weekday - lead + 1
      return n < 1 || n > days ? null : `${year}-${two(month)}-${two(n)}`
    }))
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

/** A day and those after it, up to another of the same year; the day alone where the other is no later one. */
export function daysFrom(day: string, until: string): string[] {
  const [first, last] = [day, until].map(each => Date.parse(`${each}T00:00:00Z`)) as [number, number]
  if (!(last > first) || day.slice(0, 4) !== until.slice(0, 4))
    return [day]
  return Array.from({ length: Math.round((last - first) / 86_400_000) + 1 }, (_, n) => new Date(first + n * 86_400_000).toISOString().slice(0, 10))
}

/** Monday to Friday, where nobody said otherwise. */
export function isWeekday(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday >= 1 && weekday <= 5
}

/** The company's day, wherever the reader is: the calendar is China's. */
export function todayInShanghai(now = new Date()): string {
  return new Date(now.getTime() + 8 * 3600 * 1000).toISOString().slice(0, 10)
}
