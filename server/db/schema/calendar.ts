import { boolean, pgTable, text } from 'drizzle-orm/pg-core'
import { updatedAt } from './columns.ts'

/** Days on which this company differs from the published arrangement (server/calendar/published). */
export const calendarDay = pgTable('calendar_day', {
  /** YYYY-MM-DD in Asia/Shanghai. */
  day: text('day').primaryKey(),
  working: boolean('working').notNull(),
  note: text('note').notNull().default(''),
  updatedAt: updatedAt(),
  updatedBy: text('updated_by').notNull(),
})
