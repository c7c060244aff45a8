import type { SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'

type ColumnType = 'uuid' | 'text' | 'boolean' | 'integer' | 'bigint' | 'double precision' | 'timestamptz' | 'jsonb'

/**
 * Rows as a table for `insert … select` and `update … from`: one parameter however many rows there are
 * (a statement takes at most 65,535). Keys become column names as they are; absent keys are null.
 */
export function recordset(alias: string, columns: Record<string, ColumnType>, rows: readonly object[]): SQL {
  const list = Object.entries(columns)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', ')
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${sql.raw(`"${alias}"(${list})`)}`
}
