import type { SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { OwnedCounts } from '#contract/handover.ts'
import type { Db } from '../../db/index.ts'
import { count, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'

const { customer } = tables

/** A table of records that people own. */
export interface OwnedTable {
  kind: RecordKind
  table: PgTable & { id: PgColumn, ownerId: PgColumn, version?: PgColumn, updatedAt?: PgColumn }
  /** Which rows count as somebody's; absent = all. */
  only?: SQL
  /**
   * Writes owner history where a kind keeps one. `moved` is a query of record_id, from_id and to_id: the rows that have
   * just changed hands.
   */
  noteOwners?: (tx: Db, moved: SQL, at: Date) => Promise<void>
}

/** Everything people own. Counts, handovers and taking them back know of kinds by this list alone. */
export const ownedTables: readonly OwnedTable[] = [{ kind: 'customers', table: customer }]

/** How many records of each kind accounts own; accounts without any are absent. One statement a kind, however many accounts. */
export async function ownedRecords(db: Db, accountIds: readonly string[]): Promise<Map<string, OwnedCounts>> {
  const found = new Map<string, OwnedCounts>()
  if (accountIds.length === 0)
    return found
  const wanted = sql`(select value::uuid from jsonb_array_elements_text(${JSON.stringify(accountIds)}::jsonb))`
  for (const { kind, table, only } of ownedTables) {
    const rows = await db
      .select({ id: sql<string>`${table.ownerId}`, n: count() })
      .from(table)
      .where(sql`${table.ownerId} in ${wanted}${only ? sql` and ${only}` : sql``}`)
      .groupBy(table.ownerId)
    for (const { id, n } of rows) found.set(id, { ...found.get(id), [kind]: n })
  }
  return found
}
