import { timestamp, uuid } from 'drizzle-orm/pg-core'

/** Columns that every table writes the same way. Times are UTC; ids are UUIDs made by the database. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
export const ownId = () => uuid('id').primaryKey().defaultRandom()
export const createdAt = () => moment('created_at').notNull().defaultNow()
export const updatedAt = () => moment('updated_at').notNull().defaultNow()
