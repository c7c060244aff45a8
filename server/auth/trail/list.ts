import type { z } from 'zod'
import type { Login, loginRoutes, LoginTrail } from '#contract/people/logins.ts'
import type { Db } from '../../db/index.ts'
import type { Locale } from '../../http/locale.ts'
import { and, desc, eq, ne, or, sql } from 'drizzle-orm'
import { z as schema } from 'zod'
import { loginStep } from '#contract/people/logins.ts'
import { contains } from '../../db/contains.ts'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { readCursor, writeCursor } from '../../http/cursor.ts'
import { readCode } from '../../http/short-code.ts'
import { failureSchema } from '../../settings/sightings/index.ts'
import { wordResult } from './words.ts'

const { account, loginTrail } = tables

type Query = z.output<(typeof loginRoutes)['GET /api/logins']['query']>
interface Found {
  trail: typeof loginTrail.$inferSelect
  account: { id: string, name: string } | null
}

const micros = sql<string>`(extract(epoch from ${loginTrail.at}) * 1000000)::bigint::text`
const position = schema.object({ at: schema.string().regex(/^\d{1,18}$/), id: schema.uuid() })
/** A step as it is kept: DingTalk's refusal explains it to whoever reads it, and is no part of the answer. */
const storedStep = loginStep.extend({ failure: failureSchema.optional().catch(undefined) })
export type StoredStep = schema.infer<typeof storedStep>
export const storedSteps = schema.array(storedStep)

/** Attempts to log in, newest first. A short code finds its attempt however it is typed, and whatever else is filtered by. */
export async function listLogins(db: Db, { q, result, accountId, cursor, limit }: Query, locale: Locale): Promise<{ items: Login[], nextCursor: string | null, total: number }> {
  const others = and(
    result === undefined ? undefined : result === 'ok' ? eq(loginTrail.result, 'ok') : ne(loginTrail.result, 'ok'),
    accountId ? eq(loginTrail.accountId, accountId) : undefined,
    q ? or(eq(loginTrail.userid, q), eq(loginTrail.ip, q), eq(loginTrail.requestId, q), contains(loginTrail.name, q)) : undefined,
  )
  const matching = q ? or(eq(loginTrail.code, readCode(q)), others) : others
  const after = readCursor(position, cursor)
  const rows = await select(db, micros)
    .where(and(matching, after && sql`(${loginTrail.at}, ${loginTrail.id}) < (to_timestamp(${after.at}::numeric / 1000000), ${after.id}::uuid)`))
    .orderBy(desc(loginTrail.at), desc(loginTrail.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map(row => present(row, locale)),
    nextCursor: last ? writeCursor({ at: last.at, id: last.trail.id }) : null,
    total: await db.$count(loginTrail, matching),
  }
}

/** @throws {AppError} not_found */
export async function readLogin(db: Db, by: { id: string } | { code: string }, locale: Locale): Promise<LoginTrail> {
  const [row] = await select(db, micros).where('id' in by ? eq(loginTrail.id, by.id) : eq(loginTrail.code, readCode(by.code)))
  if (!row)
    throw new AppError('not_found')
  return { ...present(row, locale), requestId: row.trail.requestId, steps: schema.array(loginStep).parse(row.trail.steps) }
}

function select(db: Db, at: typeof micros) {
  return db
    .select({ trail: loginTrail, account: { id: account.id, name: account.name }, at })
    .from(loginTrail)
    .leftJoin(account, eq(account.id, loginTrail.accountId))
}

function present({ trail, account: person }: Found, locale: Locale): Login {
  const { id, code, at, way, result, userid, name, ms, ip, userAgent } = trail
  return { id, code, at: at.toISOString(), way, result, ...wordResult(result, storedSteps.parse(trail.steps), locale), userid, account: person, name, ms, ip, userAgent }
}
