import { z } from 'zod'
import { line } from '../common.ts'
import { defineRoutes } from '../route.ts'

const day = z.iso.date()

export const calendarDay = z.object({
  day,
  working: z.boolean(),
  /** The holiday that it is, or that it is worked for; empty on days that only the company changed. */
  holiday: z.string(),
  /** Entered by an administrator; the published arrangement says otherwise or nothing. */
  own: z.boolean(),
  note: z.string(),
})
export type CalendarDay = z.infer<typeof calendarDay>

export const calendarYear = z.object({
  year: z.int(),
  /** The announcement behind it; null = none is known, and Monday to Friday count as working days. */
  source: z.string().nullable(),
  /** Days that differ from Monday to Friday, or that the company entered. */
  days: z.array(calendarDay),
  workingDays: z.int(),
})
export type CalendarYear = z.infer<typeof calendarYear>

const yearParams = z.object({ year: z.coerce.number().int().min(2000).max(2100) })

export const calendarRoutes = defineRoutes({
  'GET /api/calendar/:year': { summary: 'Working days and holidays of a year', access: 'admin', params: yearParams, response: calendarYear },
  'PUT /api/calendar/:year': {
    summary: 'Enter days of the year; `working: null` takes an entry back',
    access: 'admin',
    params: yearParams,
    body: z.object({ days: z.array(z.object({ day, working: z.boolean().nullable(), note: line(60).default('') })).min(1).max(366) }),
    response: calendarYear,
  },
})
