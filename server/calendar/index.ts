import type { Db } from '../db/index.ts'
import type { IsWorking } from './counting.ts'
import type { Day } from './days.ts'
import { tables } from '../db/index.ts'
import { countWorkingDays, stepWorkingDays } from './counting.ts'
import { publishedDay } from './days.ts'

export { type IsWorking, stepWorkingDays } from './counting.ts'
export { type Day, daysBetween, plusDays } from './days.ts'
export { calendarRoutes } from './routes.ts'
export { holidaysOf } from './year.ts'

/**
 * Working days in China: the published holidays and 调休, as far as this version knows them, under what an
 * administrator entered. Days are YYYY-MM-DD in Asia/Shanghai; anything else is a RangeError.
 */
export function createCalendar({ db }: { db: Db }) {
  /** What the company entered is little (some days a year), so it is read as a whole. */
  async function rule(reader: Db = db): Promise<IsWorking> {
    const own = await reader.select({ day: tables.calendarDay.day, working: tables.calendarDay.working }).from(tables.calendarDay)
    const entered = new Map(own.map(({ day, working }) => [day, working]))
    return day => entered.get(day) ?? publishedDay(day).working
  }

  return {
    /** For whoever asks about many days at once: one read, in the caller's transaction if there is one, then no waiting. */
    rule,

    async isWorkingDay(day: Day): Promise<boolean> {
      return (await rule())(day)
    },

    /** The n-th working day after a day, before it when n is negative; the day itself for 0. */
    async addWorkingDays(day: Day, n: number): Promise<Day> {
      return stepWorkingDays(day, n, await rule())
    },

    /** Working days after `from` up to and including `to`; negative when `to` is earlier. */
    async workingDaysBetween(from: Day, to: Day): Promise<number> {
      return countWorkingDays(from, to, await rule())
    },
  }
}

export type Calendar = ReturnType<typeof createCalendar>
