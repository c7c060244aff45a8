import type { Day } from './days.ts'
import { daysBetween, plusDays } from './days.ts'

export type IsWorking = (day: Day) => boolean

/** So many days without a working day mean that the calendar is wrong, not that nobody ever works. */
const idleLimit = 400

/**
 * The n-th working day after a day (before it when n is negative); the day itself for 0. Counting back what
 * {@link countWorkingDays} counted leads to the same day, if it is a working day.
 * @throws {RangeError} when more than a year passes without a working day
 */
export function stepWorkingDays(day: Day, n: number, isWorking: IsWorking): Day {
  const step = Math.sign(n)
  let at = day
  for (let left = Math.abs(n), idle = 0; left > 0;) {
    at = plusDays(at, step)
    if (isWorking(at)) {
      left -= 1
      idle = 0
    }
    else if (++idle > idleLimit) {
      throw new RangeError(`no working day near ${at}`)
    }
  }
  return at
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. */
export function countWorkingDays(from: Day, to: Day, isWorking: IsWorking): number {
  const days = daysBetween(from, to)
  const [start, sign] = days >= 0 ? [from, 1] : [to, -1]
  let count = 0
  for (let i = 1; i <= Math.abs(days); i += 1) count += isWorking(plusDays(start, i)) ? 1 : 0
  return count === 0 ? 0 : sign * count
}
