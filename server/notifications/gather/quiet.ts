import type { DeliveryParts } from '../parts.ts'
import { sql } from 'drizzle-orm'

/**
 * Puts off what is due for people who are in their quiet hours now, whenever it was written: a window that ends at night,
 * a queue that goes on at night, what is sent again. Not what was written as urgent, and not tests.
 */
export async function holdQuiet({ db, now, quiet }: Pick<DeliveryParts, 'db' | 'now' | 'quiet'>): Promise<void> {
  const at = new Date(now())
  const people = [...(await quiet()?.(db, at)) ?? []].map(([account_id, until]) => ({ account_id, until }))
  if (people.length === 0)
    return
  await db.execute(sql`
    update notification set due_at = held.until from (
      select n.id, q.until from notification n
      join jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as q(account_id uuid, until timestamptz) on q.account_id = n.account_id
      where n.state = 'queued' and n.due_at <= ${at.toISOString()}::timestamptz
        and not (n.kind = 'announcement' and n.priority = 0) and n.key not like 'test:%'
      for update of n skip locked
    ) held where held.id = notification.id`)
}
