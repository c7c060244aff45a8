import type { MessageChoices } from '#contract/messages/preferences.ts'
import type { IsWorking } from '../../calendar/index.ts'
import { plusDays } from '../../calendar/index.ts'

/** Shanghai is eight hours ahead all year; it has had no summer time since 1991. */
const shanghaiMs = 8 * 3600_000
const dayMs = 24 * 3600_000

/** Minutes since midnight of "HH:mm". */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** The day (YYYY-MM-DD) in Shanghai. */
export function dayOf(at: Date): string {
  return new Date(at.getTime() + shanghaiMs).toISOString().slice(0, 10)
}

/** A time of day on a day, in Shanghai. */
export function momentOn(day: string, time: string): Date {
  return new Date(Date.parse(`${day}T${time}:00Z`) - shanghaiMs)
}

/**
 * When something may be delivered that came at `at`; undefined = at once, else at the end of the quiet hours it fell
 * into. Who is left alone on days off gets it when the quiet hours of the next working day end.
 */
export function afterQuiet(at: Date, quiet: MessageChoices['quiet'], isWorking: IsWorking): Date | undefined {
  if (!quiet)
    return undefined
  const end = endOfHours(at, quiet)
  const day = dayOf(end ?? at)
  if (!quiet.daysOff || isWorking(day))
    return end
  let next = plusDays(day, 1)
  while (!isWorking(next))
    next = plusDays(next, 1)
  return momentOn(next, quiet.to)
}

/** From 22:00 to 07:00 is over midnight; the first minute is quiet, the last is not. */
function endOfHours(at: Date, quiet: { from: string, to: string }): Date | undefined {
  const start = minutesOf(quiet.from)
  const end = minutesOf(quiet.to)
  const now = Math.floor(((at.getTime() + shanghaiMs) % dayMs) / 60_000)
  const overMidnight = end <= start
  const isQuiet = overMidnight ? now >= start || now < end : now >= start && now < end
  if (!isQuiet)
    return undefined
  const today = momentOn(dayOf(at), quiet.to)
  return overMidnight && now >= start ? new Date(today.getTime() + dayMs) : today
}
