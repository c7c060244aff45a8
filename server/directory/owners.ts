import type { AccountRef } from '#contract/common.ts'
import type { Db } from '../db/index.ts'
import type { OwnerScope } from './owner-scope.ts'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { contains } from '../db/contains.ts'
import { tables } from '../db/index.ts'
import { withinScope } from './owner-scope.ts'
import { subtreeOf } from './subtree.ts'

const { account } = tables

const columns = { id: account.id, name: account.name, avatar: account.avatar }

/** Names and pictures of accounts, disabled ones included: their records still show an owner. */
export async function accountRefs(db: Db, ids: string[]): Promise<Map<string, AccountRef>> {
  const found
    = ids.length > 0
      ? await db
          .select(columns)
          .from(account)
          .where(inArray(account.id, [...new Set(ids)]))
      : []
  return new Map(found.map(ref => [ref.id, ref]))
}

/** Active accounts within a scope, by name; at most `limit`. */
export async function ownersWithin(db: Db, scope: OwnerScope, options: { q?: string | undefined, limit: number }): Promise<AccountRef[]> {
  return db
    .select(columns)
    .from(account)
    .where(and(eq(account.status, 'active'), withinScope(scope, account.id), options.q ? contains(account.name, options.q) : undefined))
    .orderBy(asc(account.name), asc(account.id))
    .limit(options.limit)
}

/** The account may own records in the name of somebody with this scope: it is active and within it. */
export async function isOwnerWithin(db: Db, scope: OwnerScope, accountId: string): Promise<boolean> {
  const [found] = await db
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.id, accountId), eq(account.status, 'active'), withinScope(scope, account.id)))
  return found !== undefined
}

/** Which of these accounts are in service. */
export async function activeAmong(db: Db, ids: string[]): Promise<Set<string>> {
  const found
    = ids.length > 0
      ? await db
          .select({ id: account.id })
          .from(account)
          .where(and(inArray(account.id, ids), eq(account.status, 'active')))
      : []
  return new Set(found.map(({ id }) => id))
}

/** People in somebody's departments and below, themselves first; what "my department" means in lists. */
export async function departmentMates(db: Db, accountId: string): Promise<string[]> {
  const { accountDepartment } = tables
  const mine = sql`select ${accountDepartment.departmentId} from ${accountDepartment} where ${accountDepartment.accountId} = ${accountId}`
  const rows = await db
    .selectDistinct({ id: accountDepartment.accountId })
    .from(accountDepartment)
    .where(sql`${accountDepartment.departmentId} in ${subtreeOf(mine)}`)
  return [...new Set([accountId, ...rows.map(({ id }) => id)])]
}

/** Accounts that these DingTalk members are bound to, by userid; members without an active account are absent. */
export async function accountsOfMembers(db: Db, userids: string[]): Promise<Map<string, AccountRef>> {
  const { binding } = tables
  const found
    = userids.length > 0
      ? await db
          .select({ userid: binding.userid, ...columns })
          .from(binding)
          .innerJoin(account, eq(account.id, binding.accountId))
          .where(and(inArray(binding.userid, userids), eq(account.status, 'active')))
      : []
  return new Map(found.map(({ userid, ...ref }) => [userid, ref]))
}
