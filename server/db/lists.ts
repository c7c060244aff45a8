import type { SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'

/** Texts as a query of one column `value`, in one parameter however many there are (a statement takes at most 65,535). */
export function textList(values: Iterable<string>): SQL {
  return sql`(select value from jsonb_array_elements_text(${JSON.stringify([...values])}::jsonb))`
}

/** The same of ids. */
export function idList(ids: Iterable<string>): SQL {
  return sql`(select value::uuid as value from jsonb_array_elements_text(${JSON.stringify([...ids])}::jsonb))`
}
