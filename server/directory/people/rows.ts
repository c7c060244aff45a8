import type { SQL } from 'drizzle-orm'
import type { AccountRow, AccountState } from '#contract/people/accounts.ts'
import type { Db } from '../../db/index.ts'
import { and, asc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { contains } from '../../db/contains.ts'
import { tables } from '../../db/index.ts'
import { departmentsOf } from '../memberships.ts'
import { accountIdsInConflict } from '../sync/conflicts/waiting.ts'

const { account, accountRole, binding } = tables
const merged = alias(account, 'merged')

/** The condition behind each filter; `conflicts` are the accounts that a waiting decision concerns. */
export function stateIs(state: AccountState, conflicts: readonly string[]): SQL | undefined {
  switch (state) {
    case 'bound':
      return isNotNull(binding.userid)
    case 'unbound':
      return and(isNull(binding.userid), isNull(account.mergedIntoId))
    case 'conflict':
      return inConflict(conflicts)
    case 'disabled':
      return eq(account.status, 'disabled')
    case 'out_of_scope':
      return eq(binding.state, 'out_of_scope')
    case 'leaver':
      return or(eq(binding.state, 'gone'), and(eq(account.status, 'disabled'), eq(account.disabledBy, 'sync')))
  }
}

function inConflict(ids: readonly string[]): SQL {
  return sql`${account.id} = any(${`{${ids.join(',')}}`}::uuid[])`
}

export function keywordIs(q: string): SQL | undefined {
  return or(contains(account.name, q), contains(account.mobile, q), contains(account.email, q), contains(account.jobNumber, q), eq(binding.userid, q))
}

/** Accounts with what the lists of the admin area show of them, by name. */
export async function accountRows(db: Db, where: SQL | undefined, limit: number, conflicts?: readonly string[]): Promise<AccountRow[]> {
  const rows = await db
    .select({
      id: account.id,
      name: account.name,
      avatar: account.avatar,
      title: account.title,
      mobile: account.mobile,
      email: account.email,
      jobNumber: account.jobNumber,
      role: account.role,
      status: account.status,
      disabledBy: account.disabledBy,
      lastLoginAt: account.lastLoginAt,
      binding: { userid: binding.userid, state: binding.state, activated: binding.activated },
      mergedInto: { id: merged.id, name: merged.name, avatar: merged.avatar },
    })
    .from(account)
    .leftJoin(binding, eq(binding.accountId, account.id))
    .leftJoin(merged, eq(merged.id, account.mergedIntoId))
    .where(where)
    .orderBy(asc(account.name), asc(account.id))
    .limit(limit)
  const ids = rows.map(({ id }) => id)
  const departments = await departmentsOf(db, ids)
  const assigned = ids.length === 0 ? [] : await db.select().from(accountRole).where(inArray(accountRole.accountId, ids)).orderBy(asc(accountRole.role))
  const waiting = new Set(conflicts ?? (await accountIdsInConflict(db)))
  return rows.map(row => ({
    ...row,
    lastLoginAt: row.lastLoginAt?.toISOString() ?? null,
    departments: departments.get(row.id) ?? [],
    roles: assigned.filter(({ accountId }) => accountId === row.id).map(({ role }) => role),
    conflict: waiting.has(row.id),
  }))
}
