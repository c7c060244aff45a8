import type { Db } from '../../db/index.ts'
import type { By } from './parts.ts'
import { createHash } from 'node:crypto'
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { randomCode, readCode } from '../../http/short-code.ts'
import { beforeBindings } from '../binding-locks.ts'
import { bindMember } from './binding.ts'

const { account, bindAttempt, bindCode, binding } = tables

const day = 24 * 3600 * 1000
const lifetimeMs = day

/** A member may be wrong so many times; then they wait. 31⁸ codes stand against it. */
const mostFailures = 5
const failuresForgottenMs = 3600 * 1000

const hash = (code: string) => createHash('sha256').update(readCode(code)).digest('base64url')

/**
 * A code with which a member binds themselves to this account: once, within a day. It replaces one handed out before.
 * @throws {AppError} not_found, account_merged, account_disabled, account_bound
 */
export async function issueCode(db: Db, accountId: string, by: By): Promise<{ code: string, expiresAt: Date }> {
  const plain = randomCode(8)
  const expiresAt = new Date(Date.now() + lifetimeMs)
  await db.transaction(async (tx) => {
    const [person] = await tx.select().from(account).where(eq(account.id, accountId)).for('update')
    if (!person)
      throw new AppError('not_found')
    if (person.mergedIntoId !== null)
      throw new AppError('account_merged')
    if (person.status !== 'active')
      throw new AppError('account_disabled')
    if ((await tx.$count(binding, eq(binding.accountId, accountId))) > 0)
      throw new AppError('account_bound')
    await tx.delete(bindCode).where(and(eq(bindCode.accountId, accountId), isNull(bindCode.usedAt)))
    await tx.insert(bindCode).values({ codeHash: hash(plain), accountId, createdBy: by.name, expiresAt })
    await audit(tx, { action: 'binding.code', target: { type: 'account', id: accountId, name: person.name }, detail: { expiresAt } })
  })
  return { code: `${plain.slice(0, 4)}-${plain.slice(4)}`, expiresAt }
}

/** Makes a code that was handed out worthless. */
export async function revokeCode(db: Db, accountId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const gone = await tx.delete(bindCode).where(and(eq(bindCode.accountId, accountId), isNull(bindCode.usedAt))).returning({ by: bindCode.createdBy })
    if (gone.length === 0)
      return
    const [person] = await tx.select({ name: account.name }).from(account).where(eq(account.id, accountId))
    await audit(tx, { action: 'binding.code_revoke', target: { type: 'account', id: accountId, name: person?.name ?? null } })
  })
}

/**
 * Binds a member whom DingTalk has just vouched for to the account that the code was made for.
 * @returns the account
 * @throws {AppError} rate_limited, bind_code_invalid, account_bound, member_bound, account_disabled
 */
export async function redeemCode(db: Db, typed: string, member: { userid: string, unionid: string, name: string }): Promise<{ id: string }> {
  await countAttempt(db, member.userid)
  return db.transaction(async (tx) => {
    await beforeBindings(tx)
    const [code] = await tx
      .update(bindCode)
      .set({ usedAt: new Date() })
      .where(and(eq(bindCode.codeHash, hash(typed)), isNull(bindCode.usedAt), gt(bindCode.expiresAt, new Date())))
      .returning({ accountId: bindCode.accountId })
    if (!code)
      throw new AppError('bind_code_invalid')
    const [person] = await tx.select({ status: account.status }).from(account).where(eq(account.id, code.accountId))
    if (person?.status !== 'active')
      throw new AppError('account_disabled')
    await bindMember(tx, code.accountId, member, { source: 'code', actor: member.name })
    await tx.delete(bindAttempt).where(eq(bindAttempt.userid, member.userid))
    return { id: code.accountId }
  })
}

/** Counted before the code is looked at, so that many at once do not slip through together; a right code forgets it. */
async function countAttempt(db: Db, userid: string): Promise<void> {
  const now = new Date()
  const fresh = sql`${bindAttempt.resetsAt} <= ${now.toISOString()}::timestamptz`
  const resetsAt = new Date(now.getTime() + failuresForgottenMs)
  const [counted] = await db
    .insert(bindAttempt)
    .values({ userid, failures: 1, resetsAt })
    .onConflictDoUpdate({
      target: bindAttempt.userid,
      set: {
        failures: sql`case when ${fresh} then 1 else ${bindAttempt.failures} + 1 end`,
        resetsAt: sql`case when ${fresh} then ${resetsAt.toISOString()}::timestamptz else ${bindAttempt.resetsAt} end`,
      },
    })
    .returning()
  if (counted && counted.failures > mostFailures)
    throw new AppError('rate_limited', { retryAfter: Math.max(1, (counted.resetsAt.getTime() - now.getTime()) / 1000) })
}

/** Removes what has expired; used codes stay a month, for questions. */
export async function sweepCodes(db: Db): Promise<void> {
  await db.delete(bindCode).where(lt(bindCode.expiresAt, new Date(Date.now() - 30 * day)))
  await db.delete(bindAttempt).where(lt(bindAttempt.resetsAt, new Date()))
}
