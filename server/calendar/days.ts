import { published } from './published.ts'

/** A day as everybody writes it: YYYY-MM-DD in Asia/Shanghai. */
export type Day = string

const dayMs = 24 * 3600 * 1000
const format = /^\d{4}-\d\d-\d\d$/

/** The day `n` days later (earlier when negative). */
export function plusDays(day: Day, n: number): Day {
  return new Date(toUtc(day) + n * dayMs).toISOString().slice(0, 10)
}

/** Days from one to another; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((toUtc(to) - toUtc(from)) / dayMs)
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(toUtc(day)).getUTCDay()
}

/** @throws {RangeError} for what is no day of the calendar */
function toUtc(day: Day): number {
  const time = format.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  // Date.parse takes 31 February for 3 March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day)
    throw new RangeError(`not a day: ${day}`)
  return time
}

export interface PublishedDay {
  working: boolean
  /** The holiday that it is, or that it is worked for; null on ordinary days. */
  holiday: string | null
}

/** What the published arrangement says of a day; Monday to Friday where none is known. */
export function publishedDay(day: Day): PublishedDay {
  const weekday = weekdayOf(day)
  const year = published[Number(day.slice(0, 4))]
  const worked = year?.worked.find(([worked]) => worked === day)
  if (worked)
    return { working: true, holiday: worked[1] }
  const holiday = year?.holidays.find(([, from, to]) => from <= day && day <= to)
  if (holiday)
    return { working: false, holiday: holiday[0] }
  return { working: weekday >= 1 && weekday <= 5, holiday: null }
}
