import type { Db } from '../../db/index.ts'
import type { By, PeopleParts } from './parts.ts'
import { and, eq, ne, or, sql } from 'drizzle-orm'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { keepAnAdministrator, lockAdministrators } from '../administrators.ts'
import { beforeBindings } from '../binding-locks.ts'
import { closeRequests } from './answered.ts'

const { account, binding, bindingEvent } = tables

type Source = (typeof bindingEvent.$inferSelect)['source']

interface Member {
  userid: string
  /** Empty when DingTalk did not tell it. */
  unionid: string
}

/**
 * Binds a member to an account, within the caller's transaction: one account for each member, whatever their userid,
 * and one member for each account.
 * @returns the event's id
 * @throws {AppError} not_found, account_merged, account_bound, member_bound
 */
export async function bindMember(tx: Db, accountId: string, { userid, unionid }: Member, how: { source: Source, actor: string }): Promise<string> {
  await beforeBindings(tx)
  const [person] = await tx.select({ name: account.name, mergedIntoId: account.mergedIntoId }).from(account).where(eq(account.id, accountId)).for('update')
  if (!person)
    throw new AppError('not_found')
  if (person.mergedIntoId !== null)
    throw new AppError('account_merged')
  if ((await tx.$count(binding, eq(binding.accountId, accountId))) > 0)
    throw new AppError('account_bound')
  const same = unionid === '' ? eq(binding.userid, userid) : or(eq(binding.userid, userid), eq(binding.unionid, unionid))
  const [taken] = await tx.select({ name: account.name }).from(binding).innerJoin(account, eq(account.id, binding.accountId)).where(same)
  if (taken)
    throw new AppError('member_bound', { values: { name: taken.name } })
  const made = await tx
    .insert(binding)
    .values({ userid, unionid, accountId, source: how.source === 'code' ? 'code' : 'admin' })
    .onConflictDoNothing()
    .returning({ userid: binding.userid })
  // Somebody was faster between the look and the write.
  if (made.length === 0)
    throw new AppError('account_bound')
  if (how.source !== 'request')
    await closeRequests(tx, [userid], how.actor)
  return note(tx, 'bound', { accountId, name: person.name, userid, unionid }, how)
}

/**
 * Ends an account's binding and its sessions, within the caller's transaction.
 * @returns the event's id, and the member who was bound
 * @throws {AppError} not_found, account_unbound, own_account, last_administrator
 */
export async function unbindMember(tx: Db, parts: Pick<PeopleParts, 'endSessions'>, accountId: string, by: By, source: Source): Promise<{ event: string, member: Member }> {
  await beforeBindings(tx)
  await lockAdministrators(tx)
  const [person] = await tx.select({ name: account.name, role: account.role, status: account.status }).from(account).where(eq(account.id, accountId)).for('update')
  if (!person)
    throw new AppError('not_found')
  if (accountId === by.accountId)
    throw new AppError('own_account')
  if (person.role === 'admin' && person.status === 'active')
    await keepAnAdministrator(tx, accountId)
  const [member] = await tx.delete(binding).where(eq(binding.accountId, accountId)).returning({ userid: binding.userid, unionid: binding.unionid })
  if (!member)
    throw new AppError('account_unbound')
  await parts.endSessions(tx, [accountId])
  return { event: await note(tx, 'unbound', { accountId, name: person.name, ...member }, { source, actor: by.name }), member }
}

async function note(
  tx: Db,
  action: 'bound' | 'unbound',
  { accountId, name, userid, unionid }: Member & { accountId: string, name: string },
  { source, actor }: { source: Source, actor: string },
): Promise<string> {
  const [event] = await tx.insert(bindingEvent).values({ action, accountId, userid, unionid, source, actor }).returning({ id: bindingEvent.id })
  await audit(tx, { actor, action: `binding.${action}`, target: { type: 'account', id: accountId, name }, detail: { userid, source } })
  return event!.id
}

/**
 * Takes back the latest binding or unbinding of an account, while nothing has changed since.
 * @throws {AppError} binding_not_undoable, own_account, last_administrator
 */
export async function undoBinding(tx: Db, parts: Pick<PeopleParts, 'endSessions'>, accountId: string, eventId: string, by: By): Promise<void> {
  await beforeBindings(tx)
  const [event] = await tx
    .select()
    .from(bindingEvent)
    .where(and(eq(bindingEvent.id, eventId), eq(bindingEvent.accountId, accountId)))
    .for('update')
  if (!event)
    throw new AppError('not_found')
  if (!(await isUndoable(tx, event)))
    throw new AppError('binding_not_undoable')
  const undoneBy = event.action === 'bound'
    ? (await unbindMember(tx, parts, accountId, by, 'undo')).event
    : await bindMember(tx, accountId, event, { source: 'undo', actor: by.name })
  await tx.update(bindingEvent).set({ undoneBy }).where(eq(bindingEvent.id, eventId))
}

/** Nothing has happened to the binding since: what was bound still is, what was unbound is free. */
export async function isUndoable(db: Db, { id, action, accountId, userid, undoneBy, source, at }: typeof bindingEvent.$inferSelect): Promise<boolean> {
  if (undoneBy !== null || ['undo', 'merge', 'followed', 'company'].includes(source))
    return false
  const later = await db.$count(bindingEvent, and(eq(bindingEvent.accountId, accountId), ne(bindingEvent.id, id), sql`${bindingEvent.at} > ${at.toISOString()}::timestamptz`, sql`${bindingEvent.source} <> 'undo'`, sql`${bindingEvent.undoneBy} is null`))
  if (later > 0)
    return false
  const now = await db
    .select({ accountId: binding.accountId, userid: binding.userid })
    .from(binding)
    .where(or(eq(binding.accountId, accountId), eq(binding.userid, userid)))
  return action === 'bound' ? now.length === 1 && now[0]?.accountId === accountId && now[0].userid === userid : now.length === 0
}
