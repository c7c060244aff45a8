import type { Db } from '../../db/index.ts'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { readPause } from '../queue/state.ts'

const found = z.object({ rows: z.array(z.object({ id: z.string() })) })

/**
 * Gives up what waited until its news was of no use any more: in the queue, and in calls that certainly were not made. What stops
 * the queue, or what it last waited for, is kept as the detail. @returns how many
 */
export async function expire(db: Db, now: number): Promise<number> {
  const moment = sql`${new Date(now).toISOString()}::timestamptz`
  const paused = await readPause(db, now)
  const expired = sql`state = 'expired', detail = coalesce(${paused?.reason ?? null}::text, n.reason), reason = 'expired', result_at = ${moment}, sent_at = null`
  const queued = found.parse(await db.execute(sql`
    update notification n set ${expired} where n.state = 'queued' and n.expires_at <= ${moment} returning n.id`)).rows
  const waiting = found.parse(await db.execute(sql`
    with given_up as (
      update notification_call c set state = 'refused', reason = 'expired', answered_at = ${moment}
      where c.state = 'waiting' and not exists (select 1 from notification m
        where m.call_id = c.id and m.state = 'sending' and (m.expires_at is null or m.expires_at > ${moment}))
      returning c.id
    )
    update notification n set ${expired} from given_up g where n.call_id = g.id and n.state = 'sending' returning n.id`)).rows
  return queued.length + waiting.length
}
