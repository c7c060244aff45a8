import type { SQL } from 'drizzle-orm'
import type { Db } from '../../../db/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { applied } from './applied.ts'

const { account, accountDepartment } = tables

/** The departments inside a jsonb object, as a table. */
function listed(values: SQL, alias: string) {
  return sql`jsonb_to_recordset(coalesce(${values}->'departments', '[]'::jsonb)) as ${sql.raw(alias)}("departmentId" uuid, leader boolean)`
}

/** Departments of new accounts, moves, leadership, and what a department that comes back had. */
export async function applyMemberships(tx: Db, runId: string): Promise<void> {
  const put = sql`insert into ${accountDepartment} (account_id, department_id, leader)`
  const orLead = sql`on conflict (account_id, department_id) do update set leader = excluded.leader`
  await tx.execute(sql`
    ${put} select (m->>'accountId')::uuid, c.target_id, (m->>'leader')::boolean
    from ${applied(runId, 'department.create')}, jsonb_array_elements(c.after->'members') m
    where exists (select from ${account} a where a.id = (m->>'accountId')::uuid) on conflict do nothing`)
  await tx.execute(sql`
    update ${account} set main_department_id = c.target_id
    from ${applied(runId, 'department.create')}, jsonb_array_elements_text(c.after->'mains') m
    where ${account.id} = m::uuid and ${account.mainDepartmentId} is null`)
  await tx.execute(sql`
    ${put} select c.target_id, m."departmentId", m.leader from ${applied(runId, 'account.create')}, ${listed(sql`c.after`, 'm')} ${orLead}`)

  await tx.execute(sql`
    delete from ${accountDepartment} using ${applied(runId, 'account.move')}, ${listed(sql`c.before`, 'm')}
    where ${accountDepartment.accountId} = c.target_id and ${accountDepartment.departmentId} = m."departmentId"
      and not exists (select from ${listed(sql`c.after`, 'n')} where n."departmentId" = m."departmentId")`)
  await tx.execute(sql`
    ${put} select c.target_id, n."departmentId", n.leader from ${applied(runId, 'account.move')}, ${listed(sql`c.after`, 'n')}
    where not exists (select from ${listed(sql`c.before`, 'm')} where m."departmentId" = n."departmentId") ${orLead}`)
  await tx.execute(sql`
    update ${account} set main_department_id = (c.after->>'mainDepartmentId')::uuid from ${applied(runId, 'account.move')}
    where ${account.id} = c.target_id and c.after->>'mainDepartmentId' is distinct from c.before->>'mainDepartmentId'`)

  await tx.execute(sql`
    update ${accountDepartment} set leader = m.leader from ${applied(runId, 'leadership')}, ${listed(sql`c.after`, 'm')}
    where ${accountDepartment.accountId} = c.target_id and ${accountDepartment.departmentId} = m."departmentId"`)
}
