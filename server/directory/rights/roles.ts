import type { AssignableRole, RoleRights } from '#contract/people/rights.ts'
import type { Role } from '#contract/people/roles.ts'
import type { Db } from '../../db/index.ts'
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'
import { assignableRoles } from '#contract/people/rights.ts'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { idList } from '../../db/lists.ts'
import { AppError } from '../../http/app-error.ts'
import { subtreeOf } from '../subtree.ts'
import { departmentsGiving } from './departments-giving.ts'
import { administratorRights, fallbackRole, readRoleRights, settingKey } from './settings.ts'

const { account, accountDepartment, accountRole, department, departmentRole, setting } = tables

const active = eq(account.status, 'active')

/** The built-in roles, what they mean and who has them; the most powerful first. */
export async function listRoles(db: Db): Promise<Role[]> {
  const rights = await readRoleRights(db)
  const administrators = await db.$count(account, and(active, eq(account.role, 'admin')))
  const roles: Role[] = [{ key: 'admin', ...administratorRights, assigned: administrators, people: administrators, departments: [] }]
  for (const key of assignableRoles)
    roles.push({ key, ...rights[key], ...(await holdersOf(db, key)), departments: await departmentsWith(db, key) })
  return roles
}

/** Who has a role. */
async function holdersOf(db: Db, role: AssignableRole): Promise<{ assigned: number, people: number }> {
  const members = and(active, eq(account.role, 'member'))
  const one = sql`${account.id} in (select ${accountRole.accountId} from ${accountRole} where ${accountRole.role} = ${role})`
  const within = (ids: string[]) => sql`${account.id} in (select ${accountDepartment.accountId} from ${accountDepartment} where ${accountDepartment.departmentId} in ${idList(ids)})`
  const byDepartment = within(await departmentsGiving(db, [role]))
  const assigned = await db.$count(account, and(members, one))
  if (role !== fallbackRole)
    return { assigned, people: await db.$count(account, and(members, sql`(${one} or ${byDepartment})`)) }
  const some = sql`${account.id} in (select ${accountRole.accountId} from ${accountRole})`
  const someByDepartment = within(await departmentsGiving(db, assignableRoles))
  return { assigned, people: await db.$count(account, and(members, sql`(${one} or ${byDepartment} or not (${some} or ${someByDepartment}))`)) }
}

async function departmentsWith(db: Db, role: AssignableRole): Promise<Role['departments']> {
  const rows = await db
    .select({ id: department.id, name: department.name })
    .from(departmentRole)
    .innerJoin(department, eq(department.id, departmentRole.departmentId))
    .where(eq(departmentRole.role, role))
    .orderBy(asc(department.sortOrder), asc(department.name))
  const counted: Role['departments'] = []
  for (const row of rows) {
    const [found] = await db
      .select({ people: count(sql`distinct ${accountDepartment.accountId}`) })
      .from(accountDepartment)
      .innerJoin(account, and(eq(account.id, accountDepartment.accountId), active))
      .where(sql`${accountDepartment.departmentId} in ${subtreeOf(sql`select ${department.id} from ${department} where ${department.id} = ${row.id}`)}`)
    counted.push({ ...row, people: found?.people ?? 0 })
  }
  return counted
}

/** Changes what a role means, for everybody who has it and from their next request on. */
export async function changeRole(db: Db, role: AssignableRole, wanted: RoleRights, by: string): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await readRoleRights(tx)
    const value = { ...before, [role]: { scope: wanted.scope, abilities: [...new Set(wanted.abilities)] } }
    const row = { key: settingKey, value, updatedAt: new Date(), updatedBy: by }
    await tx.insert(setting).values(row).onConflictDoUpdate({ target: setting.key, set: row })
    await audit(tx, { action: 'role.update', target: { type: 'role', id: role }, detail: { before: before[role], after: value[role] } })
  })
}

/**
 * The departments whose people have a role, replacing those it had.
 * @throws {AppError} department_unknown
 */
export async function assignDepartments(db: Db, role: AssignableRole, departmentIds: string[]): Promise<void> {
  const ids = [...new Set(departmentIds)]
  await db.transaction(async (tx) => {
    const known = ids.length === 0 ? [] : await tx.select({ id: department.id, name: department.name }).from(department).where(inArray(department.id, ids))
    if (known.length < ids.length)
      throw new AppError('department_unknown')
    const before = await departmentsWith(tx, role)
    await tx.delete(departmentRole).where(eq(departmentRole.role, role))
    if (ids.length > 0)
      await tx.insert(departmentRole).values(ids.map(departmentId => ({ departmentId, role })))
    const names = (list: { name: string }[]) => list.map(({ name }) => name)
    await audit(tx, { action: 'role.departments', target: { type: 'role', id: role }, detail: { before: names(before), after: names(known) } })
  })
}
