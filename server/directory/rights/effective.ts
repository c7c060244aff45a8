import type { Ability, RoleRights } from '#contract/people/rights.ts'
import type { Db } from '../../db/index.ts'
import type { CallerAccount } from '../../http/context.ts'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { assignableRole } from '#contract/people/rights.ts'
import { tables } from '../../db/index.ts'
import { ancestryOf } from '../subtree.ts'
import { administratorRights, parseRoleRights, settingKey } from './settings.ts'
import { unionOf } from './union.ts'

const { accountDepartment, accountRole, departmentRole, setting } = tables

const found = z.object({ roles: z.array(assignableRole), leads: z.boolean(), rights: z.unknown() })

export interface Effective extends RoleRights {
  /** They lead a department: its people's records are visible in any case. */
  leads: boolean
}

/** What somebody may, from everything assigned to them and to their departments: one statement, by primary keys. */
export async function effectiveRights(db: Db, caller: Pick<CallerAccount, 'id' | 'role'>): Promise<Effective> {
  if (caller.role === 'admin')
    return { ...administratorRights, leads: false }
  const mine = sql`select ${accountDepartment.departmentId} from ${accountDepartment} where ${accountDepartment.accountId} = ${caller.id}`
  const [row] = await db.select({ roles: sql`r.roles`, leads: sql`r.leads`, rights: sql`r.rights` }).from(sql`(
    select
      coalesce((select jsonb_agg(role) from (
        select ${accountRole.role} as role from ${accountRole} where ${accountRole.accountId} = ${caller.id}
        union
        select ${departmentRole.role} from ${departmentRole} where ${departmentRole.departmentId} in ${ancestryOf(mine)}
      ) as assigned), '[]'::jsonb) as roles,
      exists (select from ${accountDepartment} where ${accountDepartment.accountId} = ${caller.id} and ${accountDepartment.leader}) as leads,
      (select ${setting.value} from ${setting} where ${setting.key} = ${settingKey}) as rights
  ) as r`)
  const { roles, leads, rights } = found.parse(row)
  return { ...unionOf(roles, parseRoleRights(rights)), leads }
}

/** Whether somebody may do this with the records they see. */
export async function may(db: Db, caller: CallerAccount, ability: Ability): Promise<boolean> {
  return (await effectiveRights(db, caller)).abilities.includes(ability)
}
