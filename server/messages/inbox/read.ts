import type { InboxMessage, inboxRoutes, MessageCategory, MessageKind, UnreadCount } from '#contract/messages/index.ts'
import type { RouteParsed } from '#contract/route.ts'
import type { Db } from '../../db/index.ts'
import type { Locale } from '../../http/locale.ts'
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { messageCategories } from '#contract/messages/index.ts'
import { tables } from '../../db/index.ts'
import { readCursor, writeCursor } from '../../http/cursor.ts'
import { pathOf, readLink } from '../links/target.ts'

const { inboxMessage } = tables

type Query = RouteParsed<(typeof inboxRoutes)['GET /api/crm/messages']>['query']

const position = z.object({ at: z.iso.datetime(), id: z.uuid() })
const texts = z.record(z.string(), z.object({ title: z.string(), text: z.string() }))

/** A page of somebody's messages, newest first. */
export async function listMessages(db: Db, accountId: string, query: Query, locale: Locale) {
  const after = readCursor(position, query.cursor)
  const matching = and(
    eq(inboxMessage.accountId, accountId),
    query.category ? eq(inboxMessage.category, query.category) : undefined,
    query.unread === 'true' ? isNull(inboxMessage.readAt) : undefined,
  )
  const rows = await db
    .select()
    .from(inboxMessage)
    .where(and(matching, after && sql`(${inboxMessage.at}, ${inboxMessage.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`))
    .orderBy(desc(inboxMessage.at), desc(inboxMessage.id))
    .limit(query.limit + 1)
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  return {
    items: page.map(row => show(row, locale)),
    nextCursor: last ? writeCursor({ at: last.at.toISOString(), id: last.id }) : null,
    total: await db.$count(inboxMessage, matching),
  }
}

function show(row: typeof inboxMessage.$inferSelect, locale: Locale): InboxMessage {
  const both = texts.parse(row.texts)
  const target = row.link === null ? undefined : readLink(row.link)
  return {
    id: row.id,
    kind: row.kind as MessageKind,
    category: row.category as MessageCategory,
    ...(both[locale] ?? both['zh-CN'] ?? { title: '', text: '' }),
    at: row.at.toISOString(),
    read: row.readAt !== null,
    path: target ? pathOf(target) : null,
  }
}

/** Unread messages of several people, with one index read. */
export async function countUnread(db: Db, accountIds: string[]): Promise<Map<string, UnreadCount>> {
  const counts = new Map(accountIds.map(id => [id, { unread: 0, byCategory: noneByCategory() }]))
  const rows = await db
    .select({ accountId: inboxMessage.accountId, category: inboxMessage.category, count: sql<number>`count(*)::int` })
    .from(inboxMessage)
    .where(and(inArray(inboxMessage.accountId, accountIds), isNull(inboxMessage.readAt)))
    .groupBy(inboxMessage.accountId, inboxMessage.category)
  for (const { accountId, category, count } of rows) {
    const own = counts.get(accountId)!
    own.unread += count
    own.byCategory[category as MessageCategory] = count
  }
  return counts
}

function noneByCategory(): UnreadCount['byCategory'] {
  return Object.fromEntries(messageCategories.map(category => [category, 0])) as UnreadCount['byCategory']
}
