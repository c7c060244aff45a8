import type { SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { OwnedCounts } from '#contract/handover.ts'
import type { Db } from '../../db/index.ts'
import { count, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { idList } from '../../db/lists.ts'

const { contact, customer, followUpPlan, lead, opportunity, ownerHistory } = tables

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
export const ownedTables: readonly OwnedTable[] = [
  owned('leads', lead),
  owned('customers', customer),
  owned('contacts', contact),
  owned('opportunities', opportunity),
  // What is done stays with who did it; what is still to do is for somebody who can.
  { kind: 'plans', table: followUpPlan, only: sql`${followUpPlan.deletedAt} is null and ${followUpPlan.status} = 'open'` },
]

function owned(kind: RecordKind, table: OwnedTable['table'] & { ownedSince: PgColumn, deletedAt: PgColumn }): OwnedTable {
  return {
    kind,
    table,
    only: sql`${table.deletedAt} is null`,
    async noteOwners(tx, moved, at) {
      const until = sql`${at.toISOString()}::timestamptz`
      await tx.execute(sql`insert into ${ownerHistory} (kind, record_id, owner_id, since, until, reason)
        select ${kind}, m.record_id, m.from_id, ${table.ownedSince}, ${until}, 'handover' from (${moved}) m join ${table} on ${table.id} = m.record_id`)
      await tx.execute(sql`update ${table} set owned_since = ${until} from (${moved}) m where ${table.id} = m.record_id`)
    },
  }
}

/** How many records of each kind accounts own; accounts without any are absent. One statement a kind, however many accounts. */
export async function ownedRecords(db: Db, accountIds: readonly string[]): Promise<Map<string, OwnedCounts>> {
  const found = new Map<string, OwnedCounts>()
  if (accountIds.length === 0)
    return found
  const wanted = idList(accountIds)
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
