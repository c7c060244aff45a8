import type { Db } from '../db/index.ts'
import { and, eq, ne, sql } from 'drizzle-orm'
import { tables } from '../db/index.ts'
import { AppError } from '../http/app-error.ts'

const { account, binding } = tables

const administrators = and(eq(account.role, 'admin'), eq(account.status, 'active'))

/**
 * Locks the administrators until the transaction ends. Call it before anything else locks one of them: two who remove
 * each other would wait for one another.
 */
export async function lockAdministrators(tx: Db): Promise<void> {
  await tx.select({ id: account.id }).from(account).where(administrators).orderBy(account.id).for('update')
}

/**
 * Sees to it that somebody who can log in, because DingTalk shows their member, stays an administrator when this account no longer is one, or cannot get in
 * any more. Call it inside the transaction that changes the account; administrators are locked until it ends, so that
 * two of them cannot remove each other at once.
 * @throws {AppError} last_administrator
 */
export async function keepAnAdministrator(tx: Db, without: string): Promise<void> {
  await lockAdministrators(tx)
  const others = await tx.$count(account, and(administrators, ne(account.id, without), sql`exists (select from ${binding} where ${binding.accountId} = ${account.id} and ${binding.state} = 'present')`))
  if (others === 0)
    throw new AppError('last_administrator')
}
