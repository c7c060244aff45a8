import type { Db } from '../../db/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { renameInNotices } from '../telling/index.ts'

const { inboxMessage, messagePreference } = tables

/**
 * Two accounts are one person: the messages of the one become the other's, except of what both were told, and so do
 * the notification choices where the other has made none.
 */
export async function takeOverMessages(tx: Db, { from, to }: { from: string, to: string }): Promise<void> {
  await renameInNotices(tx, { from, to })
  await tx.execute(sql`
    update ${inboxMessage} set account_id = ${to}::uuid
    where account_id = ${from}::uuid and key not in (select key from ${inboxMessage} where account_id = ${to}::uuid)`)
  await tx.execute(sql`
    insert into ${messagePreference} (account_id, locale, choices)
    select ${to}::uuid, locale, choices from ${messagePreference} where account_id = ${from}::uuid
    on conflict (account_id) do update set choices = coalesce(${messagePreference}.choices, excluded.choices)`)
}
