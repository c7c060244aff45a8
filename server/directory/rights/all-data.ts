import type { AssignableRole } from '#contract/people/rights.ts'
import type { Db } from '../../db/index.ts'
import { sql } from 'drizzle-orm'
import { assignableRoles } from '#contract/people/rights.ts'
import { tables } from '../../db/index.ts'
import { subtreeOf } from '../subtree.ts'
import { fallbackRole, readRoleRights } from './settings.ts'

const { accountDepartment, accountRole, department, departmentRole } = tables

/**
 * Which of these people see everybody's records by their roles or those of their departments; administrators, who do so
 * in any case, are not looked for. A few statements, however many people, and one where no role shows everything.
 */
export async function withAllData(db: Db, accountIds: string[]): Promise<Set<string>> {
  const rights = await readRoleRights(db)
  const powerful = assignableRoles.filter(role => rights[role].scope === 'all')
  if (powerful.length === 0 || accountIds.length === 0)
    return new Set()
  // The trees first, as lists: see holdersOf in roles.ts.
  const below = await departmentsBelow(db, powerful)
  const given = sql`select value::uuid as id from jsonb_array_elements_text(${JSON.stringify(accountIds)}::jsonb)`
  const without = powerful.includes(fallbackRole)
    ? sql`or not (exists (select from ${accountRole} r where r.account_id = p.id)
        or exists (select from ${accountDepartment} m where m.account_id = p.id and m.department_id = any(${array(await departmentsBelow(db, assignableRoles))}::uuid[])))`
    : sql``
  const { rows } = (await db.execute(sql`
    select p.id from (${given}) p
    where exists (select from ${accountRole} r where r.account_id = p.id and r.role = any(${array(powerful)}::text[]))
      or exists (select from ${accountDepartment} m where m.account_id = p.id and m.department_id = any(${array(below)}::uuid[])) ${without}`)) as unknown as { rows: Array<{ id: string }> }
  return new Set(rows.map(({ id }) => id))
}

async function departmentsBelow(db: Db, roles: readonly AssignableRole[]): Promise<string[]> {
  // Where no department gives a role, as in most companies, there is no tree to walk.
  if ((await db.$count(departmentRole)) === 0)
    return []
  const seed = sql`select ${departmentRole.departmentId} from ${departmentRole} where ${departmentRole.role} = any(${array(roles)}::text[])`
  const rows = await db.select({ id: department.id }).from(department).where(sql`${department.id} in ${subtreeOf(seed)}`)
  return rows.map(({ id }) => id)
}

function array(values: readonly string[]): string {
  return `{${values.join(',')}}`
}
