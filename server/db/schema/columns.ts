import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { index, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Columns that every table writes the same way. Times are UTC; ids are UUIDs made by the database. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
export const ownId = () => uuid('id').primaryKey().defaultRandom()
export const createdAt = () => moment('created_at').notNull().defaultNow()
export const updatedAt = () => moment('updated_at').notNull().defaultNow()

/**
 * Whoever is named somewhere can only be removed once nobody names them: the database looks each of them up in every such
 * column, which without an index reads the table, for each of them.
 */
export function namingIndexes(table: string, columns: Record<string, AnyPgColumn>) {
  return Object.entries(columns).map(([name, column]) => {
    const made = index(`${table}_${name}`).on(column)
    return column.notNull ? made : made.where(sql.raw(`"${column.name}" is not null`))
  })
}
