import type { Db } from '../../db/index.ts'
import { sql } from 'drizzle-orm'
import { assignableRoles } from '#contract/people/rights.ts'
import { tables } from '../../db/index.ts'
import { idList, textList } from '../../db/lists.ts'
import { departmentsGiving } from './departments-giving.ts'
import { fallbackRole, readRoleRights } from './settings.ts'

const { accountDepartment, accountRole } = tables

/**
 * Which of these people see everybody's records by their roles or those of their departments; administrators, who do so
 * in any case, are not looked for. A few statements, however many people, and one where no role shows everything.
 */
export async function withAllData(db: Db, accountIds: string[]): Promise<Set<string>> {
  const rights = await readRoleRights(db)
  const powerful = assignableRoles.filter(role => rights[role].scope === 'all')
  if (powerful.length === 0 || accountIds.length === 0)
    return new Set()
  const within = (ids: string[]) => sql`exists (select from ${accountDepartment} m where m.account_id = p.value and m.department_id in ${idList(ids)})`
  const below = await departmentsGiving(db, powerful)
  const without = powerful.includes(fallbackRole)
    ? sql`or not (exists (select from ${accountRole} r where r.account_id = p.value) or ${within(await departmentsGiving(db, assignableRoles))})`
    : sql``
  const { rows } = (await db.execute(sql`
    select p.value as id from ${idList(accountIds)} p
    where exists (select from ${accountRole} r where r.account_id = p.value and r.role in ${textList(powerful)}) or ${within(below)} ${without}`)) as unknown as { rows: Array<{ id: string }> }
  return new Set(rows.map(({ id }) => id))
}
