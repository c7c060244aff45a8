import type { AnyColumn, SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'

/** The column holds this text, upper and lower case alike; `%`, `_` and `\` stand for themselves. */
export function contains(column: AnyColumn | SQL, text: string): SQL {
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`${column} ilike ${pattern} escape '\\'`
}
