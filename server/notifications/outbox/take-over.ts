import type { Db } from '../../db/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'

const { notification } = tables

/**
 * Two accounts are one person: what has not gone out to the one goes to the other, unless that one was told of the same.
 * What lacked a member is sent, within a day, where the other has one, as to everybody who gets bound.
 */
export async function takeOverOutbox(tx: Db, { from, to }: { from: string, to: string }): Promise<void> {
  const key = sql`replace(n.key, ${from}::text, ${to}::text)`
  await tx.execute(sql`
    update ${notification} n set account_id = ${to}::uuid, key = ${key}
    where n.account_id = ${from}::uuid and n.state in ('queued', 'unbound') and n.call_id is null
      and not exists (select from ${notification} o where o.key = ${key})`)
  await tx.execute(sql`
    update ${notification} n set state = 'queued', reason = null, detail = null, result_at = null, due_at = greatest(n.due_at, now())
    from binding b
    where n.account_id = ${to}::uuid and b.account_id = n.account_id and b.state <> 'gone'
      and n.state = 'unbound' and n.created_at > now() - interval '1 day'`)
}
