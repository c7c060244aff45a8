import type { SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'

/** Ids as a table of one column, in one parameter. */
export function idList(ids: readonly string[]): SQL {
  return sql`(select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`
}
