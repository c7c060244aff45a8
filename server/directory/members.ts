import type { Db } from '../db/index.ts'
import type { CallerAccount } from '../http/context.ts'
import { and, desc, eq, inArray, or } from 'drizzle-orm'
import { audit } from '../audit/index.ts'
import { tables } from '../db/index.ts'
import { AppError } from '../http/app-error.ts'
import { beforeBindings } from './binding-locks.ts'
import { closeRequests } from './people/answered.ts'

const { account, binding, bindingEvent } = tables

/** A member of DingTalk's contacts as we know them: their account and how it is bound. */
export interface KnownMember {
  account: { id: string, name: string, role: 'admin' | 'member', status: 'active' | 'disabled' }
  binding: { userid: string, unionid: string, state: 'present' | 'out_of_scope' | 'gone' }
}

/**
 * The account of a member; undefined when nobody is bound. The unionid says who it is, whatever their userid is by now;
 * the userid alone only where the unionid is not known.
 */
export async function findMember(db: Db, { userid, unionid }: { userid: string, unionid?: string | undefined }): Promise<KnownMember | undefined> {
  const found = await db
    .select({
      account: { id: account.id, name: account.name, role: account.role, status: account.status },
      binding: { userid: binding.userid, unionid: binding.unionid, state: binding.state },
    })
    .from(binding)
    .innerJoin(account, eq(account.id, binding.accountId))
    .where(unionid ? or(eq(binding.userid, userid), eq(binding.unionid, unionid)) : eq(binding.userid, userid))
  return found.find(known => unionid && known.binding.unionid === unionid) ?? found[0]
}

/** Whether an administrator ended the binding of this member, and nothing has bound them since: a login does not undo that. */
export async function wasUnboundByHand(db: Db, { userid, unionid }: { userid: string, unionid: string }): Promise<boolean> {
  const [last] = await db
    .select({ action: bindingEvent.action, source: bindingEvent.source })
    .from(bindingEvent)
    .where(or(and(eq(bindingEvent.userid, userid), inArray(bindingEvent.unionid, ['', unionid])), eq(bindingEvent.unionid, unionid)))
    .orderBy(desc(bindingEvent.at))
    .limit(1)
  return last?.action === 'unbound' && ['admin', 'undo'].includes(last.source)
}

/**
 * Under which userid an account is found in DingTalk, to chat for example; null for one that is not bound, or whose
 * member has left.
 * @throws {AppError} not_found
 */
export async function useridOf(db: Db, accountId: string): Promise<string | null> {
  const [found] = await db
    .select({ userid: binding.userid, state: binding.state })
    .from(account)
    .leftJoin(binding, eq(binding.accountId, account.id))
    .where(eq(account.id, accountId))
  if (!found)
    throw new AppError('not_found')
  return found.state === 'gone' ? null : found.userid
}

/**
 * The account of a main administrator who logs in before any sync has seen them. When another login or a
 * sync was faster, theirs is taken and made an administrator's.
 * @throws {AppError} account_disabled when the account that was faster is disabled
 */
export async function createAdministrator(db: Db, member: { userid: string, unionid: string, name: string }): Promise<CallerAccount> {
  const created = await db.transaction(async (tx) => {
    await beforeBindings(tx)
    if (await findMember(tx, member))
      return undefined
    // The binding decides the race, so it must come first; its foreign key needs the account before it.
    const [made] = await tx.insert(account).values({ name: member.name, role: 'admin' }).returning({ id: account.id, name: account.name })
    const [bound] = made
      ? await tx
          .insert(binding)
          .values({ userid: member.userid, unionid: member.unionid, accountId: made.id, source: 'login' })
          .onConflictDoNothing()
          .returning({ userid: binding.userid })
      : []
    if (made && !bound)
      await tx.delete(account).where(eq(account.id, made.id))
    if (!bound || !made)
      return undefined
    const { userid, unionid, name } = member
    await tx.insert(bindingEvent).values({ action: 'bound', accountId: made.id, userid, unionid, source: 'login', actor: name })
    await audit(tx, { actor: name, actorId: made.id, action: 'binding.bound', target: { type: 'account', id: made.id, name }, detail: { userid, source: 'login', role: 'admin' } })
    await closeRequests(tx, [userid], name)
    return made
  })
  if (created)
    return { ...created, role: 'admin' }
  const existing = await findMember(db, member)
  if (existing?.account.status !== 'active')
    throw new AppError('account_disabled')
  await promote(db, existing.account.id)
  return { id: existing.account.id, name: existing.account.name, role: 'admin' }
}

/**
 * Notes that somebody whom DingTalk vouches for has another userid by now, as a sync would; while somebody else's
 * binding has it, that is left to the sync.
 */
export async function followUserid(db: Db, { account: { id, name }, binding: { userid: before } }: KnownMember, { userid, unionid }: { userid: string, unionid: string }): Promise<void> {
  await db.transaction(async (tx) => {
    await beforeBindings(tx)
    if ((await tx.$count(binding, eq(binding.userid, userid))) > 0)
      return
    const moved = await tx
      .update(binding)
      .set({ userid, state: 'present', missingSince: null, missingRuns: 0 })
      .where(and(eq(binding.userid, before), eq(binding.unionid, unionid)))
      .returning({ userid: binding.userid })
    if (moved.length === 0)
      return
    await tx.insert(bindingEvent).values({ action: 'bound', accountId: id, userid, unionid, source: 'followed', actor: name })
    await audit(tx, { actor: name, actorId: id, action: 'binding.bound', target: { type: 'account', id, name }, detail: { userid, before, source: 'followed' } })
  })
}

/** Completes a binding made while DingTalk did not tell the unionid; from then on it guards the userid. */
export async function learnUnionid(db: Db, userid: string, unionid: string): Promise<void> {
  await db
    .update(binding)
    .set({ unionid })
    .where(and(eq(binding.userid, userid), eq(binding.unionid, '')))
}

/** Makes an account an administrator's: at a login, by what DingTalk says of the person. */
export async function promote(db: Db, accountId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [made] = await tx.update(account).set({ role: 'admin', updatedAt: new Date() }).where(eq(account.id, accountId)).returning({ name: account.name })
    await audit(tx, { actor: made?.name ?? 'system', actorId: accountId, action: 'account.promoted', target: { type: 'account', id: accountId, name: made?.name ?? null } })
  })
}

export async function recordLogin(db: Db, accountId: string): Promise<void> {
  await db.update(account).set({ lastLoginAt: new Date() }).where(eq(account.id, accountId))
}
