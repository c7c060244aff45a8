import type { SQL } from 'drizzle-orm'
import type { Db } from '../../db/index.ts'
import type { DeliveryParts } from '../parts.ts'
import { sql } from 'drizzle-orm'

/** Not what was written as urgent, and not tests. */
const maySleep = sql`not (n.kind = 'announcement' and n.priority = 0) and n.key not like 'test:%'`

/** The time for which news is of use does not run while its reader is left alone; a reminder's ends with its plan all the same. */
const usefulFor = (until: SQL, moment: SQL) => sql`case when n.kind = 'plan.due' then n.expires_at else n.expires_at + (${until} - ${moment}) end`

/**
 * Puts off what is due for people who are in their quiet hours now, whenever it was written: a window that ends at night,
 * a queue that goes on at night, what is sent again, and calls that wait to be made again.
 */
export async function holdQuiet({ db, now, quiet }: Pick<DeliveryParts, 'db' | 'now' | 'quiet'>): Promise<void> {
  const at = new Date(now())
  const people = [...(await quiet()?.(db, at)) ?? []].map(([account_id, until]) => ({ account_id, until }))
  if (people.length === 0)
    return
  const quiets = sql`jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as q(account_id uuid, until timestamptz)`
  const moment = sql`${at.toISOString()}::timestamptz`
  await db.execute(sql`
    update notification set due_at = held.until, expires_at = held.expires_at from (
      select n.id, q.until, ${usefulFor(sql`q.until`, moment)} as expires_at from notification n join ${quiets} on q.account_id = n.account_id
      where n.state = 'queued' and n.due_at <= ${moment} and ${maySleep} for update of n skip locked
    ) held where held.id = notification.id`)
  await holdCalls(db, quiets, moment)
}

/** A call that was pushed back certainly was not made: whoever went to sleep meanwhile leaves it, the others stay. */
async function holdCalls(db: Db, quiets: SQL, moment: SQL): Promise<void> {
  await db.execute(sql`
    with waiting as (
      select c.id from notification_call c where c.state = 'waiting' and c.next_attempt_at <= ${moment} for update skip locked
    ), left_it as (
      update notification n set state = 'queued', due_at = q.until, expires_at = ${usefulFor(sql`q.until`, moment)}, call_id = null, sent_at = null
      from waiting w, ${quiets}
      where n.call_id = w.id and n.state = 'sending' and q.account_id = n.account_id and ${maySleep}
      returning n.userid, w.id as call_id
    ), fewer as (
      select c.id, (select coalesce(jsonb_agg(u.userid), '[]'::jsonb) from jsonb_array_elements_text(c.userids) as u(userid)
        where not exists (select 1 from left_it l where l.call_id = c.id and l.userid = u.userid)) as userids
      from notification_call c where c.id in (select call_id from left_it)
    )
    update notification_call c set userids = f.userids, receivers = jsonb_array_length(f.userids),
      state = case when jsonb_array_length(f.userids) = 0 then 'refused' else c.state end,
      reason = case when jsonb_array_length(f.userids) = 0 then 'put_off' else c.reason end
    from fewer f where f.id = c.id`)
}
