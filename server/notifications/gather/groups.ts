import type { SQL } from 'drizzle-orm'
import type { Db } from '../../db/index.ts'
import { sql } from 'drizzle-orm'
import { z } from 'zod'

const row = z.object({
  id: z.string(),
  account_id: z.string(),
  gather_key: z.string().nullable(),
  kind: z.string(),
  title: z.string(),
  priority: z.coerce.number(),
  locale: z.enum(['zh-CN', 'en-US']),
  data: z.record(z.string(), z.string()).nullable(),
  created_at: z.coerce.date(),
  expires_at: z.coerce.date().nullable(),
})
/** A message that may become part of another. */
export type Part = z.output<typeof row>

/** People of one go. */
const groupsAtOnce = 500

const moment = (at: number) => sql`${new Date(at).toISOString()}::timestamptz`

/** A window is never longer than an hour; what is due later waits for something else, such as the end of quiet hours. */
const inWindow = sql`n.due_at <= n.created_at + interval '1 hour'`

/** Messages of one person and kind, the first of which is due; in saving mode only important ones are still gathered so. */
export async function windowsOver(tx: Db, at: number, importantOnly: boolean): Promise<Part[][]> {
  const gathered = sql`n.state = 'queued' and n.gather_key is not null ${importantOnly ? sql`and n.priority = 0` : sql``}`
  const parts = await claim(tx, sql`
    select n.account_id, n.gather_key from notification n where ${gathered} and n.due_at <= ${moment(at)}
    group by 1, 2 order by min(n.priority), min(n.due_at) limit ${groupsAtOnce}`, sql`d.gather_key = n.gather_key`, sql`${gathered} and (n.due_at <= ${moment(at)} or ${inWindow})`)
  return [...Map.groupBy(parts, part => `${part.account_id} ${part.gather_key}`).values()]
}

/** All that one person was to get up to the last digest time, of whatever kind, except what is important. */
export async function digestsDue(tx: Db, at: number, digestAt: number): Promise<Part[][]> {
  const held = sql`n.state = 'queued' and n.priority > 0 and n.kind <> 'digest' and n.account_id is not null
    and n.created_at < ${moment(digestAt)} and (n.due_at <= ${moment(at)} or n.gather_key is not null and ${inWindow})`
  const parts = await claim(tx, sql`
    select n.account_id from notification n where ${held}
    group by 1 having count(*) > 1 or bool_or(n.gather_key is not null) order by min(n.due_at) limit ${groupsAtOnce}`, sql`true`, held)
  return [...Map.groupBy(parts, part => part.account_id).values()]
}

async function claim(tx: Db, groups: SQL, same: SQL, condition: SQL): Promise<Part[]> {
  const found = await tx.execute(sql`
    with d as (${groups})
    select n.id, n.account_id, n.gather_key, n.kind, s.title, n.priority, n.locale, n.data, n.created_at, n.expires_at
    from notification n join d on d.account_id = n.account_id and ${same} join notification_sending s on s.id = n.sending_id
    where ${condition} order by n.created_at, n.id for update of n skip locked`)
  return z.object({ rows: z.array(row) }).parse(found).rows
}
