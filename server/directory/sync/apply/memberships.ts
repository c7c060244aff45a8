import type { SQL } from 'drizzle-orm'
import type { Make } from './applied.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

const { account, accountDepartment } = tables

/** The departments inside a jsonb object, as a table. */
function listed(values: SQL, alias: string) {
  return sql`jsonb_to_recordset(coalesce(${values}->'departments', '[]'::jsonb)) as ${sql.raw(alias)}("departmentId" uuid, leader boolean)`
}

/** Departments of new accounts, moves, leadership, and what a department that comes back had. */
export async function applyMemberships(make: Make): Promise<void> {
  const put = sql`insert into ${accountDepartment} (account_id, department_id, leader)`
  const orLead = sql`on conflict (account_id, department_id) do update set leader = excluded.leader`
  await make('department.create', c => sql`
    ${put} select (m->>'accountId')::uuid, c.target_id, (m->>'leader')::boolean
    from ${c}, jsonb_array_elements(c.after->'members') m
    where exists (select from ${account} a where a.id = (m->>'accountId')::uuid) on conflict do nothing`)
  await make('department.create', c => sql`
    update ${account} set main_department_id = c.target_id
    from ${c}, jsonb_array_elements_text(c.after->'mains') m
    where ${account.id} = m::uuid and ${account.mainDepartmentId} is null`)
  await make('account.create', c => sql`
    ${put} select c.target_id, m."departmentId", m.leader from ${c}, ${listed(sql`c.after`, 'm')} ${orLead}`)

  await make('account.move', c => sql`
    delete from ${accountDepartment} using ${c}, ${listed(sql`c.before`, 'm')}
    where ${accountDepartment.accountId} = c.target_id and ${accountDepartment.departmentId} = m."departmentId"
      and not exists (select from ${listed(sql`c.after`, 'n')} where n."departmentId" = m."departmentId")`)
  await make('account.move', c => sql`
    ${put} select c.target_id, n."departmentId", n.leader from ${c}, ${listed(sql`c.after`, 'n')}
    where not exists (select from ${listed(sql`c.before`, 'm')} where m."departmentId" = n."departmentId") ${orLead}`)
  await make('account.move', c => sql`
    update ${account} set main_department_id = (c.after->>'mainDepartmentId')::uuid,
      main_department_chosen = coalesce((c.after->>'mainDepartmentChosen')::boolean, ${account.mainDepartmentChosen})
    from ${c}
    where ${account.id} = c.target_id and c.after->>'mainDepartmentId' is distinct from c.before->>'mainDepartmentId'`)

  await make('leadership', c => sql`
    update ${accountDepartment} set leader = m.leader from ${c}, ${listed(sql`c.after`, 'm')}
    where ${accountDepartment.accountId} = c.target_id and ${accountDepartment.departmentId} = m."departmentId"`)
}
