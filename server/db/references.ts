import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Db } from './index.ts'
import { is, sql } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import * as schema from './schema/index.ts'

/** Every column of the schema that names a row of this table by a foreign key, but for those of `except`. */
export function columnsReferringTo(target: PgTable, except: readonly PgTable[] = []): PgColumn[] {
  return Object.values(schema).flatMap((table) => {
    if (!is(table, PgTable) || except.includes(table))
      return []
    return getTableConfig(table).foreignKeys.flatMap((key) => {
      const { columns, foreignTable } = key.reference()
      return foreignTable === target ? columns : []
    })
  })
}

/** Which of these rows (`of`: a query of their ids, as `id`) any of the columns names; one statement for all. */
export async function namedBy(tx: Db, columns: readonly PgColumn[], of: SQL): Promise<string[]> {
  const each = columns.map(column => sql`select ${column} as id from ${column.table} where ${column} in (select id from wanted)`)
  const { rows } = (await tx.execute(sql`with wanted as materialized (${of}) ${sql.join(each, sql` union `)}`)) as unknown as { rows: Array<{ id: string }> }
  return rows.map(({ id }) => id)
}
