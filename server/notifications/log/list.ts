import type { Sending, sendingsQuery } from '#contract/delivery/index.ts'
import type { Db } from '../../db/index.ts'
import { and, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { contains } from '../../db/contains.ts'
import { tables } from '../../db/index.ts'
import { readCursor, writeCursor } from '../../http/cursor.ts'

const { notification, notificationSending } = tables

const position = z.object({ at: z.iso.datetime(), id: z.uuid() })
const msgtype = z.object({ msgtype: z.string() })

type Row = typeof notificationSending.$inferSelect

/** The send log, newest first. */
export async function listSendings(db: Db, query: z.output<typeof sendingsQuery>): Promise<{ items: Sending[], nextCursor: string | null, total: number }> {
  const { kind, state, accountId, q, from, to } = query
  const recipient = and(
    eq(notification.sendingId, notificationSending.id),
    state && eq(notification.state, state),
    accountId === undefined ? undefined : eq(notification.accountId, accountId),
  )
  const matching = and(
    kind === undefined ? undefined : eq(notificationSending.kind, kind),
    q ? contains(notificationSending.title, q) : undefined,
    from === undefined ? undefined : gte(notificationSending.createdAt, new Date(from)),
    to === undefined ? undefined : lt(notificationSending.createdAt, new Date(to)),
    sql`exists (select 1 from ${notification} where ${recipient})`,
  )
  const after = readCursor(position, query.cursor)
  const rows = await db
    .select()
    .from(notificationSending)
    .where(and(matching, after && sql`(date_trunc('milliseconds', ${notificationSending.createdAt}), ${notificationSending.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`))
    .orderBy(desc(sql`date_trunc('milliseconds', ${notificationSending.createdAt})`), desc(notificationSending.id))
    .limit(query.limit + 1)
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  return {
    items: await present(db, page),
    nextCursor: last ? writeCursor({ at: last.createdAt.toISOString(), id: last.id }) : null,
    total: await db.$count(notificationSending, matching),
  }
}

/** Lines of the log with the number of people in each state. */
export async function present(db: Db, rows: Row[]): Promise<Sending[]> {
  const counts = rows.length === 0
    ? []
    : await db
        .select({ sendingId: notification.sendingId, state: notification.state, people: sql<number>`sum(${notification.receivers})::int` })
        .from(notification)
        .where(inArray(notification.sendingId, rows.map(({ id }) => id)))
        .groupBy(notification.sendingId, notification.state)
  return rows.map(({ id, kind, title, payload, by, createdAt }) => {
    const own = counts.filter(({ sendingId }) => sendingId === id)
    return {
      id,
      kind,
      title,
      msgtype: payload === '' ? null : msgtype.parse(JSON.parse(payload)).msgtype,
      by,
      createdAt: createdAt.toISOString(),
      receivers: own.reduce((sum, { people }) => sum + people, 0),
      states: Object.fromEntries(own.map(({ state, people }) => [state, people])),
    }
  })
}
