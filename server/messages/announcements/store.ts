import type { Announcement, LeftOut } from '#contract/messages/announcements.ts'
import type { Db } from '../../db/index.ts'
import type { CallerAccount } from '../../http/context.ts'
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { announcementWays, leftOut } from '#contract/messages/announcements.ts'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { readCursor, writeCursor } from '../../http/cursor.ts'

const { account, announcement, inboxMessage } = tables

const content = z.object({ title: z.string(), text: z.string() })
const counts = z.record(z.string(), z.number())
/** Older ones have numbers only. */
const leftOf = z.union([z.object({ counts, people: z.array(z.object({ id: z.uuid(), reason: leftOut.shape.reason })) }), counts.transform(counts => ({ counts, people: [] }))])
const position = z.object({ at: z.iso.datetime(), id: z.uuid() })

export function show(row: typeof announcement.$inferSelect, author: string): Announcement {
  const leftTotal = Object.values(leftOf.parse(row.left).counts).reduce((sum, count) => sum + count, 0)
  const { title, text } = content.parse(row.content)
  return {
    id: row.id,
    title,
    text,
    author,
    way: z.enum(announcementWays).parse(row.way),
    recipients: row.recipients,
    leftTotal,
    calls: row.calls,
    createdAt: row.createdAt.toISOString(),
  }
}

/** Announcements, newest first: all for administrators, their own for others. */
export async function listAnnouncements(db: Db, caller: CallerAccount, query: { cursor?: string | undefined, limit: number }) {
  const after = readCursor(position, query.cursor)
  const mine = caller.role === 'admin' ? undefined : eq(announcement.authorId, caller.id)
  const rows = await db
    .select({ row: announcement, author: account.name })
    .from(announcement)
    .innerJoin(account, eq(account.id, announcement.authorId))
    .where(and(mine, after && sql`(${announcement.createdAt}, ${announcement.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`))
    .orderBy(desc(announcement.createdAt), desc(announcement.id))
    .limit(query.limit + 1)
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1)?.row : undefined
  return {
    items: page.map(({ row, author }) => show(row, author)),
    nextCursor: last ? writeCursor({ at: last.createdAt.toISOString(), id: last.id }) : null,
    total: await db.$count(announcement, mine),
  }
}

const isManagedBy = (caller: CallerAccount, { authorId }: { authorId: string }) => caller.role === 'admin' || authorId === caller.id

/**
 * For those it was made to, its author and administrators.
 * @throws {AppError} not_found for everybody else
 */
export async function readAnnouncement(db: Db, caller: CallerAccount, id: string): Promise<Announcement & { results: boolean }> {
  const [found] = await db
    .select({ row: announcement, author: account.name, told: sql<boolean>`exists (
      select from ${inboxMessage} where ${inboxMessage.accountId} = ${caller.id} and ${inboxMessage.key} = 'announcement:' || ${announcement.id})` })
    .from(announcement)
    .innerJoin(account, eq(account.id, announcement.authorId))
    .where(eq(announcement.id, id))
  const results = found !== undefined && isManagedBy(caller, found.row)
  if (!found || !(found.told || results))
    throw new AppError('not_found')
  return { ...show(found.row, found.author), results }
}

/**
 * An announcement for whoever may see what became of it, with its lines of the send log and its readers in the CRM.
 * @throws {AppError} not_found for everybody else
 */
export async function readManaged(db: Db, caller: CallerAccount, id: string) {
  const [found] = await db.select({ row: announcement, author: account.name }).from(announcement).innerJoin(account, eq(account.id, announcement.authorId)).where(eq(announcement.id, id))
  if (!found || !isManagedBy(caller, found.row))
    throw new AppError('not_found')
  const [inbox] = await db
    .select({ people: sql<number>`count(*)::int`, read: sql<number>`count(${inboxMessage.readAt})::int` })
    .from(inboxMessage)
    .where(eq(inboxMessage.key, `announcement:${id}`))
  return { announcement: show(found.row, found.author), sendings: found.row.sendings, inbox: inbox!, left: await namesOf(db, leftOf.parse(found.row.left).people) }
}

async function namesOf(db: Db, people: readonly { id: string, reason: LeftOut['reason'] }[]): Promise<LeftOut[]> {
  if (people.length === 0)
    return []
  const rows = await db.select({ id: account.id, name: account.name, avatar: account.avatar }).from(account).where(inArray(account.id, people.map(({ id }) => id)))
  const byId = new Map(rows.map(row => [row.id, row]))
  return people.flatMap(({ id, reason }) => {
    const one = byId.get(id)
    return one ? [{ account: one, reason }] : []
  })
}
