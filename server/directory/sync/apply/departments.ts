import type { Make } from './applied.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

const { account, accountDepartment, department, departmentRole, syncChange } = tables

/** Creates and changes departments. One that comes back keeps its id and the roles it gives; who was in it is restored with the memberships. */
export async function applyDepartments(make: Make): Promise<void> {
  await make('department.create', c => sql`
    insert into ${department} (id, dingtalk_id, parent_id, name, sort_order, parent_out_of_scope)
    select c.target_id, (c.after->>'deptId')::bigint, (c.after->>'parentId')::uuid, c.after->>'name', (c.after->>'order')::double precision, (c.after->>'parentOutOfScope')::boolean
    from ${c}`)
  await make('department.create', c => sql`
    insert into ${departmentRole} (department_id, role) select c.target_id, r from ${c}, jsonb_array_elements_text(c.after->'roles') r on conflict do nothing`)
  await make('department.rename', c => sql`update ${department} set name = c.after->>'name', updated_at = now() from ${c} where ${department.id} = c.target_id`)
  await make('department.move', c => sql`update ${department} set parent_id = (c.after->>'parentId')::uuid, updated_at = now() from ${c} where ${department.id} = c.target_id`)
  await make('department.reorder', c => sql`update ${department} set sort_order = (c.after->>'order')::double precision, updated_at = now() from ${c} where ${department.id} = c.target_id`)
  await make('mark.department', c => sql`update ${department} set parent_out_of_scope = (c.after->>'parentOutOfScope')::boolean, updated_at = now() from ${c} where ${department.id} = c.target_id`)
}

/**
 * Removes departments. Memberships, main departments and the roles they give go with them by their foreign keys, so what
 * is left of them by now is added to the record first: an undo needs it.
 */
export async function removeDepartments(make: Make): Promise<void> {
  await make('department.remove', c => sql`
    update ${syncChange} set before = ${syncChange.before} || jsonb_build_object(
      'members', coalesce((select jsonb_agg(jsonb_build_object('accountId', m.account_id, 'leader', m.leader)) from ${accountDepartment} m where m.department_id = ${syncChange.targetId}), '[]'::jsonb),
      'mains', coalesce((select jsonb_agg(a.id) from ${account} a where a.main_department_id = ${syncChange.targetId}), '[]'::jsonb),
      'roles', coalesce((select jsonb_agg(r.role) from ${departmentRole} r where r.department_id = ${syncChange.targetId}), '[]'::jsonb))
    from ${c} where ${syncChange.id} = c.id`)
  await make('department.remove', c => sql`delete from ${department} using ${c} where ${department.id} = c.target_id`)
}
