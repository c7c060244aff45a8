import type { CalendarDay, CalendarYear } from '#contract/people/calendar.ts'
import type { Db } from '../db/index.ts'
import { and, gte, inArray, lte } from 'drizzle-orm'
import { audit } from '../audit/index.ts'
import { tables } from '../db/index.ts'
import { invalid } from '../http/app-error.ts'
import { plusDays, publishedDay, weekdayOf } from './days.ts'
import { published } from './published.ts'

const { calendarDay } = tables

/** A year as the calendar page shows it. */
export async function readYear(db: Db, year: number): Promise<CalendarYear> {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  const rows = await db.select().from(calendarDay).where(and(gte(calendarDay.day, first), lte(calendarDay.day, last)))
  const own = new Map(rows.map(row => [row.day, row]))
  const days: CalendarDay[] = []
  let workingDays = 0
  for (let day = first; day <= last; day = plusDays(day, 1)) {
    const { working: byDefault, holiday } = publishedDay(day)
    const entry = own.get(day)
    const working = entry?.working ?? byDefault
    workingDays += working ? 1 : 0
    if (entry || holiday !== null || working !== (weekdayOf(day) >= 1 && weekdayOf(day) <= 5))
      days.push({ day, working, holiday: holiday ?? '', own: entry !== undefined, note: entry?.note ?? '' })
  }
  return { year, source: published[year]?.source ?? null, days, workingDays }
}

/** Whether this version knows the arrangement of a year, and how many days the company has entered. */
export async function holidaysOf(db: Db, year: number): Promise<{ published: boolean, entered: number }> {
  const entered = await db.$count(calendarDay, and(gte(calendarDay.day, `${year}-01-01`), lte(calendarDay.day, `${year}-12-31`)))
  return { published: published[year] !== undefined, entered }
}

/** Enters days of a year, or takes entries back; what the published arrangement says anyway needs no entry. */
export async function enterDays(db: Db, year: number, days: Array<{ day: string, working: boolean | null, note: string }>, by: string): Promise<void> {
  const wrong = days.findIndex(({ day }) => !day.startsWith(`${year}-`))
  if (wrong >= 0)
    throw invalid([{ path: `days.${wrong}.day`, message: 'invalid' }])
  const wanted = new Map(days.map(entry => [entry.day, entry]))
  await db.transaction(async (tx) => {
    const before = await tx.select().from(calendarDay).where(inArray(calendarDay.day, [...wanted.keys()]))
    await tx.delete(calendarDay).where(inArray(calendarDay.day, [...wanted.keys()]))
    const kept = [...wanted.values()].filter(
      (entry): entry is typeof entry & { working: boolean } => entry.working !== null && (entry.note !== '' || entry.working !== publishedDay(entry.day).working),
    )
    if (kept.length > 0)
      await tx.insert(calendarDay).values(kept.map(({ day, working, note }) => ({ day, working, note, updatedBy: by })))
    await audit(tx, {
      action: 'calendar.update',
      target: { type: 'calendar', id: String(year), name: String(year) },
      detail: { before: before.map(({ day, working, note }) => ({ day, working, note })), after: [...wanted.values()] },
    })
  })
}
