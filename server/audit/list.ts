import type { z } from 'zod'
import type { AuditEntry, AuditFilter, auditRoutes } from '#contract/people/audit.ts'
import type { Db } from '../db/index.ts'
import { and, asc, desc, eq, gte, inArray, isNotNull, lt, or, sql } from 'drizzle-orm'
import { z as schema } from 'zod'
import { contains } from '../db/contains.ts'
import { tables } from '../db/index.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'

const { auditLog } = tables

type Query = z.output<(typeof auditRoutes)['GET /api/audit']['query']>
type Row = typeof auditLog.$inferSelect

/** Microseconds since 1970: what JavaScript's dates would cut off decides the order of entries of one moment. */
const micros = sql<string>`(extract(epoch from ${auditLog.at}) * 1000000)::bigint::text`
const position = schema.object({ at: schema.string().regex(/^\d{1,18}$/), id: schema.uuid() })

/** Entries by filter, newest first, a page at a time. */
export async function listAudit(db: Db, { cursor, limit, ...filter }: Query): Promise<{ items: AuditEntry[], nextCursor: string | null, total: number }> {
  const after = readCursor(position, cursor)
  const rows = await db
    .select({ row: auditLog, at: micros })
    .from(auditLog)
    .where(and(matching(filter), after && sql`(${auditLog.at}, ${auditLog.id}) < (to_timestamp(${after.at}::numeric / 1000000), ${after.id}::uuid)`))
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map(({ row }) => present(row)),
    nextCursor: last ? writeCursor({ at: last.at, id: last.row.id }) : null,
    total: await db.$count(auditLog, matching(filter)),
  }
}

/** What occurs, for the filters. */
export async function auditFacets(db: Db): Promise<{ actions: string[], actors: string[], targets: string[] }> {
  const actions = await db.selectDistinct({ value: auditLog.action }).from(auditLog).orderBy(asc(auditLog.action))
  const actors = await db.selectDistinct({ value: auditLog.actor }).from(auditLog).orderBy(asc(auditLog.actor)).limit(500)
  const targets = await db.selectDistinct({ value: auditLog.targetType }).from(auditLog).where(isNotNull(auditLog.targetType)).orderBy(asc(auditLog.targetType))
  return { actions: actions.map(({ value }) => value), actors: actors.map(({ value }) => value), targets: targets.flatMap(({ value }) => value ?? []) }
}

/** All entries of a filter, newest first, in batches. */
export async function* auditBatches(db: Db, filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
  for (let cursor: string | undefined; ;) {
    const page = await listAudit(db, { ...filter, cursor, limit: 500 })
    yield page.items
    if (page.nextCursor === null)
      return
    cursor = page.nextCursor
  }
}

function matching({ q, qActions, action, actor, targetType, targetId, from, to }: AuditFilter) {
  return and(
    action ? or(eq(auditLog.action, action), sql`starts_with(${auditLog.action}, ${`${action}.`})`) : undefined,
    actor ? eq(auditLog.actor, actor) : undefined,
    targetType ? eq(auditLog.targetType, targetType) : undefined,
    targetId ? eq(auditLog.targetId, targetId) : undefined,
    from ? gte(auditLog.at, new Date(from)) : undefined,
    to ? lt(auditLog.at, new Date(to)) : undefined,
    q ? or(eq(auditLog.ip, q), eq(auditLog.requestId, q), qActions ? inArray(auditLog.action, qActions.split(',')) : undefined, contains(auditLog.actor, q), contains(auditLog.targetName, q), contains(auditLog.action, q), contains(sql`${auditLog.detail}::text`, q)) : undefined,
  )
}

function present({ id, at, actor, actorId, action, targetType, targetId, targetName, detail, ip, requestId }: Row): AuditEntry {
  return {
    id,
    at: at.toISOString(),
    actor,
    actorId,
    action,
    target: targetType === null ? null : { type: targetType, id: targetId, name: targetName },
    detail: detail as Record<string, unknown>,
    ip,
    requestId,
  }
}
