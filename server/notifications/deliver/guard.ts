import type { Db } from '../../db/index.ts'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { idList } from '../../db/lists.ts'
import { dayOf, nextMorning, startOfDay } from '../days.ts'

/** A message that may go out, and to whom. */
export interface Ready {
  id: string
  userid: string
}

const perPersonAndDay = 500

/** What is the same as something under way is looked at again after so long: only what arrived makes it superfluous. */
const twinMs = 30_000

/** States of a message that DingTalk has, or may have. */
export const takenStates = sql.raw(`('sending', 'sent', 'not_checked', 'read', 'unread', 'possibly', 'recalled', 'delivered')`)

const rows = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      account_id: z.string(),
      userid: z.string().nullable(),
      departed: z.boolean(),
      received: z.boolean(),
      under_way: z.boolean(),
      today: z.coerce.number(),
      /** Still of use the next morning. */
      keeps: z.boolean(),
    }),
  ),
})

/**
 * Sorts out whom DingTalk would not deliver to, without spending a call on it (dingtalk-server-api §5.1): people without a
 * member or who left, the same content to the same person that day, and more than 500 messages a day, which wait for the next
 * morning where they are of use until then. What is the same as a message under way waits until it is known what became of that one.
 */
export async function guard(tx: Db, ids: string[], now: number): Promise<Ready[]> {
  const day = new Date(startOfDay(dayOf(now))).toISOString()
  const morning = new Date(nextMorning(now)).toISOString()
  const found = rows.parse(await tx.execute(sql`
    select n.id, n.account_id, b.userid, a.status = 'disabled' or coalesce(b.state = 'gone', false) as departed,
      exists (select 1 from notification p where p.account_id = n.account_id and p.sent_at >= ${day}::timestamptz
        and p.content_hash = n.content_hash and p.id <> n.id and p.state in ${takenStates} and p.state not in ('possibly', 'sending')) as received,
      exists (select 1 from notification p where p.account_id = n.account_id and p.content_hash = n.content_hash and p.id <> n.id
        and p.state = 'sending') as under_way,
      (select count(*) from notification p where p.account_id = n.account_id and p.sent_at >= ${day}::timestamptz
        and p.state in ${takenStates}) as today,
      n.expires_at is null or n.expires_at > ${morning}::timestamptz as keeps
    from notification n join account a on a.id = n.account_id left join binding b on b.account_id = n.account_id
    where n.id in ${idList(ids)} order by n.priority, n.created_at, n.id`)).rows
  const refused: { id: string, state: string, reason: string }[] = []
  const twins: string[] = []
  const tomorrow: string[] = []
  const ready = new Map<string, Ready>()
  for (const { id, account_id, userid, departed, received, under_way, today, keeps } of found) {
    if (departed)
      refused.push({ id, state: 'failed', reason: 'departed' })
    else if (userid === null)
      refused.push({ id, state: 'unbound', reason: 'unbound' })
    else if (received)
      refused.push({ id, state: 'dropped', reason: '143106' })
    else if (under_way || ready.has(account_id))
      twins.push(id)
    else if (today >= perPersonAndDay && keeps)
      tomorrow.push(id)
    else if (today >= perPersonAndDay)
      refused.push({ id, state: 'dropped', reason: '143105' })
    else ready.set(account_id, { id, userid })
  }
  if (refused.length > 0) {
    await tx.execute(sql`update notification n set state = r.state, reason = r.reason, result_at = ${new Date(now).toISOString()}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(refused)}::jsonb) as r(id uuid, state text, reason text) where n.id = r.id`)
  }
  if (twins.length > 0)
    await tx.execute(sql`update notification set due_at = ${new Date(now + twinMs).toISOString()}::timestamptz where id in ${idList(twins)}`)
  if (tomorrow.length > 0)
    await tx.execute(sql`update notification set due_at = ${morning}::timestamptz, reason = '143105' where id in ${idList(tomorrow)}`)
  return [...ready.values()]
}
