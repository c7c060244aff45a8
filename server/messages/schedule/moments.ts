import type { IsWorking } from '../../calendar/index.ts'
import { plusDays, stepWorkingDays } from '../../calendar/index.ts'
import { dayOf, momentOn } from '../publish/quiet.ts'

/** A stretch of time, its start excluded and its end included: what a round of the schedule covers. */
export interface Span {
  after: Date
  through: Date
}

/** Days in whose time of day falls into the stretch. */
export function daysWith(time: string, { after, through }: Span): string[] {
  const days: string[] = []
  for (let day = dayOf(after); day <= dayOf(through); day = plusDays(day, 1)) {
    const at = momentOn(day, time)
    if (at > after && at <= through)
      days.push(day)
  }
  return days
}

/** The day on which a plan due on `due` is spoken of: so many working days before, and itself a working day. */
export function reminderDay(due: string, workingDaysBefore: number, isWorking: IsWorking): string {
  const last = isWorking(due) ? due : stepWorkingDays(due, -1, isWorking)
  // From a day off the last working day is none before it; from there on each is one.
  return stepWorkingDays(last, -workingDaysBefore, isWorking)
}

/** Due days that are spoken of on `day`; contiguous, in order. */
export function dueDaysOf(day: string, workingDaysBefore: number, isWorking: IsWorking): string[] {
  if (!isWorking(day))
    return []
  const found: string[] = []
  const last = stepWorkingDays(day, workingDaysBefore + 1, isWorking)
  for (let due = day; due <= last; due = plusDays(due, 1)) {
    if (reminderDay(due, workingDaysBefore, isWorking) === day)
      found.push(due)
  }
  return found
}

/** Due days that are overdue first on `day`: since the working day before it. */
export function overdueDaysOf(day: string, isWorking: IsWorking): string[] {
  if (!isWorking(day))
    return []
  const found: string[] = []
  for (let due = stepWorkingDays(day, -1, isWorking); due < day; due = plusDays(due, 1)) found.push(due)
  return found
}

/** The day of the weekly summary for a week's `weekday` (1 Monday): that day, or the next working one. */
export function isWeeklyDay(day: string, weekday: number, isWorking: IsWorking): boolean {
  if (!isWorking(day))
    return false
  for (let at = day; ; at = plusDays(at, -1)) {
    if ((new Date(`${at}T00:00:00Z`).getUTCDay() || 7) === weekday)
      return true
    // A working day in between would have been the one.
    if (isWorking(plusDays(at, -1)))
      return false
  }
}
