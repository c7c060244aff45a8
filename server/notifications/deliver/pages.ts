import type { Db } from '../../db/index.ts'
import { sql } from 'drizzle-orm'
import { dayOf, startOfDay } from '../days.ts'

/**
 * Gives up what a web page came for in place of an answer, when it has not left again on the same day of Shanghai: it is mostly
 * a ban and the same call is made again, because DingTalk drops a second copy on the same day (dingtalk-server-api §5.1). After
 * midnight nothing would, so it is possibly delivered. What somebody sends again by hand is not meant: it is a new call.
 */
export async function settlePages(db: Db, now: number): Promise<void> {
  const moment = sql`${new Date(now).toISOString()}::timestamptz`
  const today = sql`${new Date(startOfDay(dayOf(now))).toISOString()}::timestamptz`
  const possibly = sql`state = 'possibly', reason = 'broken_answer', result_at = ${moment}, sent_at = n.maybe_sent_at`
  await db.execute(sql`
    with given_up as (
      update notification_call c set state = 'possible', reason = 'broken_answer', answered_at = ${moment}
      where c.state = 'waiting' and exists (select 1 from notification m
        where m.call_id = c.id and m.state = 'sending' and m.maybe_sent_at >= c.created_at and m.maybe_sent_at < ${today})
      returning c.id
    )
    update notification n set ${possibly} from given_up g where n.call_id = g.id and n.state = 'sending'`)
  // Left its call for quiet hours.
  await db.execute(sql`
    update notification n set ${possibly}
    where n.state = 'queued' and n.reason = 'ip_banned' and n.maybe_sent_at < ${today}`)
}
