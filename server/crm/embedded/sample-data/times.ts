import type { Random } from './random.ts'
import { dayMs, dayStart, monthStart } from '../calendar.ts'

/** A moment in working hours (9:00 to 18:00 in Shanghai, on half hours), `days` from today. */
function workingHour(random: Random, now: Date, days: number): Date {
  return new Date(dayStart(now, days).getTime() + random.int(18, 36) * 1_800_000)
}

/** When something is to be done: some overdue, some today, most in the next two weeks; null when nothing is planned. */
export function nextStepTime(random: Random, now: Date): Date | null {
  const dice = random.next()
  if (dice < 0.2)
    return null
  if (dice < 0.35)
    return workingHour(random, now, -random.int(1, 9))
  if (dice < 0.48)
    return workingHour(random, now, 0)
  return workingHour(random, now, random.int(1, 14))
}

/** A moment from `from` to `to`. */
export function between(random: Random, from: Date, to: Date): Date {
  return new Date(from.getTime() + Math.floor(random.next() * Math.max(0, to.getTime() - from.getTime())))
}

/** When a customer was met first: over the last twelve months, more of them lately. */
export function creationTime(random: Random, now: Date): Date {
  return new Date(now.getTime() - Math.floor(random.next() ** 1.6 * 365 * dayMs) - random.int(1, 3_600_000))
}

/** When a deal was won: a third each this month, last month and earlier, never before the customer was met. */
export function winTime(random: Random, now: Date, createdAt: Date): Date {
  const dice = random.int(0, 2)
  const from = dice === 0 ? monthStart(now) : dice === 1 ? monthStart(now, -1) : createdAt
  const to = dice === 1 ? monthStart(now) : now
  return between(random, from < createdAt || from > now ? createdAt : from, to < createdAt ? now : to)
}
