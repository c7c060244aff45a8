import type { Session } from '#contract/session.ts'
import type { Db } from '../db/index.ts'
import type { CallerAccount } from '../http/context.ts'
import { and, asc, eq, sql } from 'drizzle-orm'
import { tables } from '../db/index.ts'
import { AppError } from '../http/app-error.ts'
import { departmentsOf } from './memberships.ts'
import { effectiveRights } from './rights/effective.ts'

const { account } = tables

export type Profile = Extract<Session, { kind: 'account' }>['account']

/**
 * Who somebody is, as the session answers it.
 * @throws {AppError} not_found for an unknown account
 */
export async function profile(db: Db, accountId: string): Promise<Profile> {
  const [found] = await db
    .select({
      id: account.id,
      name: account.name,
      avatar: account.avatar,
      title: account.title,
      mobile: account.mobile,
      email: account.email,
      role: account.role,
    })
    .from(account)
    .where(eq(account.id, accountId))
  if (!found)
    throw new AppError('not_found')
  const departments = await departmentsOf(db, [accountId])
  const { abilities } = await effectiveRights(db, found)
  return { ...found, departments: departments.get(accountId) ?? [], abilities }
}

/** The person behind a session on each request: one primary-key read; undefined unless active. */
export async function caller(db: Db, accountId: string): Promise<CallerAccount | undefined> {
  const [found] = await db
    .select({ id: account.id, name: account.name, role: account.role })
    .from(account)
    .where(and(eq(account.id, accountId), eq(account.status, 'active')))
  return found
}

/** Whom to ask for help: administrators, those seen most recently first. */
export async function administratorNames(db: Db, limit = 3): Promise<string[]> {
  const found = await db
    .select({ name: account.name })
    .from(account)
    .where(and(eq(account.role, 'admin'), eq(account.status, 'active')))
    .orderBy(sql`${account.lastLoginAt} desc nulls last`, asc(account.name))
    .limit(limit)
  return found.map(({ name }) => name)
}
