import type { Db } from '../../db/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { ownedTables } from './owned.ts'

const { collaborator, crmComment, followUp, followUpPlan } = tables

/**
 * What a handover leaves with its author goes along when two accounts are one person: follow-ups, finished plans,
 * deleted records, shares (of two of one record, the one that allows more) and comments. Call it after the handover, in the same transaction.
 */
export async function takeOverRest(tx: Db, { from, to }: { from: string, to: string }): Promise<void> {
  const owned = new Set([followUp, followUpPlan, ...ownedTables.map(({ table }) => table)])
  for (const table of owned)
    await tx.execute(sql`update ${table} set owner_id = ${to}::uuid where ${table.ownerId} = ${from}::uuid`)
  await tx.execute(sql`
    insert into ${collaborator} (kind, record_id, account_id, access, added_by_id)
    select kind, record_id, ${to}::uuid, access, added_by_id from ${collaborator} where ${collaborator.accountId} = ${from}::uuid
    on conflict (kind, record_id, account_id) do update set access = 'write' where excluded.access = 'write'`)
  await tx.execute(sql`delete from ${collaborator} where ${collaborator.accountId} = ${from}::uuid`)
  await tx.execute(sql`update ${crmComment} set author_id = ${to}::uuid where ${crmComment.authorId} = ${from}::uuid`)
}
