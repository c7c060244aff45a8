import type { Db } from '../../db/index.ts'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { dayMs } from '../days.ts'

/** Bindings younger than this are looked at; a look comes many times as often. */
const boundMs = 3600_000

const queued = z.object({ rows: z.array(z.object({ id: z.string() })) })

/**
 * Sends people who have just been bound what they missed within the last day; older news stays in the log, to be sent again
 * by hand. @returns how many
 */
export async function queueBound(db: Db, now: number): Promise<number> {
  const moment = (at: number) => sql`${new Date(at).toISOString()}::timestamptz`
  const { rows } = queued.parse(await db.execute(sql`
    update notification n set state = 'queued', reason = null, detail = null, result_at = null, due_at = greatest(n.due_at, ${moment(now)})
    from binding b
    where b.account_id = n.account_id and b.created_at > ${moment(now - boundMs)} and b.state <> 'gone'
      and n.state = 'unbound' and n.created_at > ${moment(now - dayMs)}
    returning n.id`))
  return rows.length
}
