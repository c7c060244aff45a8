import type { AssignableRole } from '#contract/people/rights.ts'
import type { AssignedRights, PersonRights } from '#contract/people/roles.ts'
import type { Db } from '../../db/index.ts'
import { and, asc, eq, sql } from 'drizzle-orm'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { keepAnAdministrator, lockAdministrators } from '../administrators.ts'
import { ancestryOf } from '../subtree.ts'
import { effectiveRights } from './effective.ts'

const { account, accountDepartment, accountRole, department, departmentRole } = tables

/**
 * A person's rights and where each comes from.
 * @throws {AppError} not_found
 */
export async function personRights(db: Db, accountId: string): Promise<Omit<PersonRights, 'elsewhere'>> {
  const [person] = await db.select({ id: account.id, role: account.role }).from(account).where(eq(account.id, accountId))
  if (!person)
    throw new AppError('not_found')
  const roles = await rolesOf(db, accountId)
  const mine = sql`select ${accountDepartment.departmentId} from ${accountDepartment} where ${accountDepartment.accountId} = ${accountId}`
  const byDepartment = await db
    .select({ role: departmentRole.role, id: department.id, name: department.name })
    .from(departmentRole)
    .innerJoin(department, eq(department.id, departmentRole.departmentId))
    .where(sql`${department.id} in ${ancestryOf(mine)}`)
    .orderBy(asc(department.name))
  const leads = await db
    .select({ id: department.id, name: department.name })
    .from(accountDepartment)
    .innerJoin(department, eq(department.id, accountDepartment.departmentId))
    .where(and(eq(accountDepartment.accountId, accountId), eq(accountDepartment.leader, true)))
    .orderBy(asc(department.sortOrder), asc(department.name))
  const { scope, abilities } = await effectiveRights(db, person)
  return {
    administrator: person.role === 'admin',
    roles,
    byDepartment: byDepartment.map(({ role, ...entry }) => ({ role, department: entry })),
    byDefault: roles.length === 0 && byDepartment.length === 0,
    leads,
    effective: { scope, abilities },
  }
}

export async function rolesOf(db: Db, accountId: string): Promise<AssignableRole[]> {
  const rows = await db.select({ role: accountRole.role }).from(accountRole).where(eq(accountRole.accountId, accountId)).orderBy(asc(accountRole.role))
  return rows.map(({ role }) => role)
}

const distinct = (roles: AssignableRole[]) => [...new Set(roles)].sort()

/**
 * Assigns roles to a person and makes them an administrator, or no longer.
 * @throws {AppError} not_found, own_account (giving up one's own administration), last_administrator, account_merged,
 * account_disabled, rights_changed (`before`, which was seen, is not what is assigned now)
 */
export async function assignRoles(db: Db, accountId: string, { before: seen, ...wanted }: AssignedRights & { before?: AssignedRights | undefined }, callerId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await lockAdministrators(tx)
    const [person] = await tx.select({ name: account.name, role: account.role, status: account.status, mergedIntoId: account.mergedIntoId }).from(account).where(eq(account.id, accountId)).for('update')
    if (!person)
      throw new AppError('not_found')
    if (person.mergedIntoId !== null)
      throw new AppError('account_merged')
    if (person.status !== 'active')
      throw new AppError('account_disabled')
    const roles = distinct(wanted.roles)
    const before = { administrator: person.role === 'admin', roles: await rolesOf(tx, accountId) }
    if (seen && (seen.administrator !== before.administrator || distinct(seen.roles).join() !== distinct(before.roles).join()))
      throw new AppError('rights_changed')
    if (before.administrator && !wanted.administrator) {
      if (accountId === callerId)
        throw new AppError('own_account')
      await keepAnAdministrator(tx, accountId)
    }
    await tx.update(account).set({ role: wanted.administrator ? 'admin' : 'member', updatedAt: new Date() }).where(eq(account.id, accountId))
    await tx.delete(accountRole).where(eq(accountRole.accountId, accountId))
    if (roles.length > 0)
      await tx.insert(accountRole).values(roles.map(role => ({ accountId, role })))
    await audit(tx, {
      action: 'account.roles',
      target: { type: 'account', id: accountId, name: person.name },
      detail: { before, after: { administrator: wanted.administrator, roles } },
    })
  })
}
