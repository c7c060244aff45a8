import type { AnyColumn, SQL } from 'drizzle-orm'
import type { Db } from '../../../db/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { settingKey as rolesKey } from '../../rights/settings.ts'

const { account, accountDepartment, accountRole, binding, department, departmentRole, setting, syncConflict } = tables

/**
 * A digest of everything in our tables that a plan depends on: while it is the same, the plan fits. Logins do not
 * count: they change nothing that a plan writes. The database makes it, so that nobody has to be read.
 */
export async function hashState(db: Db): Promise<string> {
  const parts = [
    digest(sql`${department.id}, ${department.dingtalkId}, ${department.parentId}, ${department.name}, ${department.sortOrder}, ${department.parentOutOfScope}`, sql`${department}`, department.id),
    digest(
      sql`${account.id}, ${account.name}, ${account.avatar}, ${account.title}, ${account.mobile}, ${account.email}, ${account.jobNumber}, ${at(account.hiredAt)}, ${account.managerId}, ${account.role}, ${account.status},
        ${account.disabledBy}, ${at(account.disabledAt)}, ${account.mainDepartmentId}, ${account.mainDepartmentChosen},
        ${binding.userid}, ${binding.unionid}, ${binding.state}, ${binding.activated}, ${at(binding.missingSince)}, ${binding.missingRuns}`,
      sql`${account} left join ${binding} on ${binding.accountId} = ${account.id}`,
      account.id,
    ),
    digest(sql`${accountDepartment.accountId}, ${accountDepartment.departmentId}, ${accountDepartment.leader}`, sql`${accountDepartment}`, accountDepartment.accountId, accountDepartment.departmentId),
    // Whether an account may be matched without asking depends on what it sees.
    digest(
      sql`${accountRole.accountId}, ${accountRole.role}`,
      sql`${accountRole} left join ${binding} on ${binding.accountId} = ${accountRole.accountId} where ${binding.userid} is null`,
      accountRole.accountId,
      accountRole.role,
    ),
    digest(sql`${departmentRole.departmentId}, ${departmentRole.role}`, sql`${departmentRole}`, departmentRole.departmentId, departmentRole.role),
    digest(sql`${setting.value}`, sql`${setting} where ${setting.key} = ${rolesKey}`, setting.key),
    digest(
      sql`${syncConflict.userid}, ${syncConflict.unionid}, ${syncConflict.action}, ${syncConflict.accountId}, ${syncConflict.resolvedBy}, ${at(syncConflict.resolvedAt)}`,
      sql`${syncConflict} where ${syncConflict.action} is not null`,
      syncConflict.userid,
      syncConflict.unionid,
    ),
  ]
  const { rows } = (await db.execute(sql`select ${sql.join(parts, sql` || `)} as hash`)) as unknown as { rows: Array<{ hash: string }> }
  return rows[0]!.hash
}

/** Of rows in order. As records, because their texts tell null from nothing and where a value ends. */
function digest(columns: SQL, from: SQL, ...order: AnyColumn[]): SQL {
  return sql`(select coalesce(encode(sha256(string_agg(sha256(convert_to(row(${columns})::text, 'UTF8')), ''::bytea order by ${sql.join(order, sql`, `)})), 'hex'), '') from ${from})`
}

/** The same in every time zone. */
function at(column: AnyColumn): SQL {
  return sql`date_part('epoch', ${column})`
}
