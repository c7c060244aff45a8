import type { AccessRequest, accountRoutes } from '#contract/people/accounts.ts'
import type { Db } from '../../db/index.ts'
import type { By, PeopleParts } from './parts.ts'
import { and, asc, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { readCursor, writeCursor } from '../../http/cursor.ts'
import { beforeBindings } from '../binding-locks.ts'
import { findMember } from '../members.ts'
import { fallbackRole } from '../rights/settings.ts'
import { closeRequests } from './answered.ts'
import { bindMember } from './binding.ts'
import { accountRows } from './rows.ts'

const { accessRequest, account, accountRole, binding } = tables

type Row = typeof accessRequest.$inferSelect
type Parts = Pick<PeopleParts, 'db' | 'publish'>

/** Microseconds since 1970, and the id, for requests of one moment. */
const position = z.object({ at: z.string().regex(/^\d{1,18}$/), id: z.uuid() })

/** Accounts of one name that are offered at most. */
const mostCandidates = 100

/** Open requests, oldest first to be dealt with in order, or the latest that were decided; a page at a time. */
export async function listRequests(db: Db, { status, cursor, limit }: z.output<(typeof accountRoutes)['GET /api/access-requests']['query']>): Promise<z.output<(typeof accountRoutes)['GET /api/access-requests']['response']>> {
  const after = readCursor(position, cursor)
  const open = status === 'open'
  const wanted = and(isNull(accessRequest.corpId), open ? eq(accessRequest.status, 'open') : ne(accessRequest.status, 'open'))
  const moment = open ? accessRequest.createdAt : accessRequest.decidedAt
  const [compared, order] = open ? [sql`>`, asc] : [sql`<`, desc]
  const rows = await db
    .select({ row: accessRequest, at: sql<string>`(extract(epoch from ${moment}) * 1000000)::bigint::text` })
    .from(accessRequest)
    .where(and(wanted, after && sql`(${moment}, ${accessRequest.id}) ${compared} (to_timestamp(${after.at}::numeric / 1000000), ${after.id}::uuid)`))
    .orderBy(order(moment), order(accessRequest.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: await present(db, page.map(({ row }) => row)),
    nextCursor: last ? writeCursor({ at: last.at, id: last.row.id }) : null,
    total: await db.$count(accessRequest, wanted),
  }
}

async function present(db: Db, rows: Row[]): Promise<AccessRequest[]> {
  const accountIds = rows.flatMap(({ accountId }) => accountId ?? [])
  const refs = accountIds.length === 0 ? [] : await db.select({ id: account.id, name: account.name, avatar: account.avatar }).from(account).where(inArray(account.id, accountIds))
  const names = rows.filter(({ status }) => status === 'open').map(({ name }) => name)
  const free = and(inArray(account.name, names), isNull(binding.userid), isNull(account.mergedIntoId), eq(account.status, 'active'))
  const candidates = names.length === 0 ? [] : await accountRows(db, free, mostCandidates)
  return rows.map(({ id, userid, name, note, status, createdAt, decidedBy, decidedAt, accountId }) => ({
    id,
    userid,
    name,
    note,
    status,
    createdAt: createdAt.toISOString(),
    decidedBy,
    decidedAt: decidedAt?.toISOString() ?? null,
    account: refs.find(ref => ref.id === accountId) ?? null,
    candidates: status === 'open' ? candidates.filter(candidate => candidate.name === name) : [],
  }))
}

/** Notes that a member asks to be let in, and tells the administrators once; asking again changes nothing. */
export async function requestAccess({ db, publish }: Parts, member: { userid: string, unionid: string, name: string }, note: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [made] = await tx.insert(accessRequest).values({ ...member, note }).onConflictDoNothing().returning({ id: accessRequest.id })
    if (!made)
      return
    await audit(tx, { actor: member.name, action: 'access.request', target: { type: 'access_request', id: made.id, name: member.name }, detail: { userid: member.userid } })
    // Somebody may have let them in since they were turned away.
    const answered = await closeRequests(tx, [member.userid], 'system')
    if (!answered.includes(made.id))
      await publish(tx, { type: 'access.requested', requestId: made.id, userid: member.userid, name: member.name, note })
  })
}

/** How the latest request of a member stands; none, too, when what it gave them has been taken back since. */
export async function requestOf(db: Db, member: { userid: string, unionid: string }): Promise<Row['status'] | 'none'> {
  const samePerson = sql`(${accessRequest.unionid} in ('', ${member.unionid}::text) or ${member.unionid}::text = '')`
  const [latest] = await db
    .select({ status: accessRequest.status })
    .from(accessRequest)
    .where(and(isNull(accessRequest.corpId), eq(accessRequest.userid, member.userid), samePerson))
    .orderBy(desc(accessRequest.createdAt))
    .limit(1)
  return latest?.status === 'approved' && !(await findMember(db, member)) ? 'none' : (latest?.status ?? 'none')
}

/**
 * Lets the member in: bound to the named account, or with a new one.
 * @throws {AppError} not_found, access_request_decided, account_bound, member_bound, account_disabled, account_merged
 */
export async function approveRequest(parts: Parts, id: string, accountId: string | null, by: By): Promise<AccessRequest> {
  return decide(parts, id, 'approved', by, async (tx, { userid, unionid, name }) => {
    const target = accountId ?? (await openAccount(tx, name))
    const [person] = await tx.select({ status: account.status }).from(account).where(eq(account.id, target))
    if (person?.status === 'disabled')
      throw new AppError('account_disabled')
    await bindMember(tx, target, { userid, unionid }, { source: 'request', actor: by.name })
    return target
  })
}

/** @throws {AppError} not_found, access_request_decided */
export async function refuseRequest(parts: Parts, id: string, by: By): Promise<AccessRequest> {
  return decide(parts, id, 'refused', by, async () => null)
}

async function decide(
  { db, publish }: Parts,
  id: string,
  status: 'approved' | 'refused',
  by: By,
  carryOut: (tx: Db, request: Row) => Promise<string | null>,
): Promise<AccessRequest> {
  const decided = await db.transaction(async (tx) => {
    // Whoever binds somebody closes their request afterwards: taken the other way round, both would wait for each other.
    await beforeBindings(tx)
    const [request] = await tx.select().from(accessRequest).where(and(eq(accessRequest.id, id), isNull(accessRequest.corpId))).for('update')
    if (!request)
      throw new AppError('not_found')
    if (request.status !== 'open')
      throw new AppError('access_request_decided')
    const accountId = await carryOut(tx, request)
    const [row] = await tx
      .update(accessRequest)
      .set({ status, accountId, decidedBy: by.name, decidedAt: new Date() })
      .where(eq(accessRequest.id, id))
      .returning()
    const { userid, name } = request
    await audit(tx, { action: status === 'approved' ? 'access.approve' : 'access.refuse', target: { type: 'access_request', id, name }, detail: { userid, account: accountId } })
    await publish(tx, { type: status === 'approved' ? 'access.approved' : 'access.refused', requestId: id, userid, name, accountId })
    return row!
  })
  const [shownRequest] = await present(db, [decided])
  return shownRequest!
}

/** A new account, with the name that DingTalk told; the next sync fills in the rest. */
async function openAccount(tx: Db, name: string): Promise<string> {
  const [made] = await tx.insert(account).values({ name }).returning({ id: account.id })
  await tx.insert(accountRole).values({ accountId: made!.id, role: fallbackRole })
  return made!.id
}
