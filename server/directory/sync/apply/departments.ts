import type { Db } from '../../../db/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { applied } from './applied.ts'

const { account, accountDepartment, department, syncChange } = tables

/** Creates and changes departments. One that comes back keeps its id; who was in it is restored with the memberships. */
export async function applyDepartments(tx: Db, runId: string): Promise<void> {
  await tx.execute(sql`
    insert into ${department} (id, dingtalk_id, parent_id, name, sort_order, parent_out_of_scope)
    select c.target_id, (c.after->>'deptId')::bigint, (c.after->>'parentId')::uuid, c.after->>'name', (c.after->>'order')::double precision, (c.after->>'parentOutOfScope')::boolean
    from ${applied(runId, 'department.create')}`)
  await tx.execute(
    sql`update ${department} set name = c.after->>'name', updated_at = now() from ${applied(runId, 'department.rename')} where ${department.id} = c.target_id`,
  )
  await tx.execute(
    sql`update ${department} set parent_id = (c.after->>'parentId')::uuid, updated_at = now() from ${applied(runId, 'department.move')} where ${department.id} = c.target_id`,
  )
  await tx.execute(
    sql`update ${department} set sort_order = (c.after->>'order')::double precision, updated_at = now() from ${applied(runId, 'department.reorder')} where ${department.id} = c.target_id`,
  )
  await tx.execute(
    sql`update ${department} set parent_out_of_scope = (c.after->>'parentOutOfScope')::boolean, updated_at = now() from ${applied(runId, 'mark.department')} where ${department.id} = c.target_id`,
  )
}

/**
 * Removes departments. Memberships and main departments go with them by their foreign keys, so what is left of them by
 * now is added to the record first: an undo needs it.
 */
export async function removeDepartments(tx: Db, runId: string): Promise<void> {
  await tx.execute(sql`
    update ${syncChange} set before = ${syncChange.before} || jsonb_build_object(
      'members', coalesce((select jsonb_agg(jsonb_build_object('accountId', m.account_id, 'leader', m.leader)) from ${accountDepartment} m where m.department_id = ${syncChange.targetId}), '[]'::jsonb),
      'mains', coalesce((select jsonb_agg(a.id) from ${account} a where a.main_department_id = ${syncChange.targetId}), '[]'::jsonb))
    where ${syncChange.runId} = ${runId} and ${syncChange.kind} = 'department.remove' and ${syncChange.status} = 'applied'`)
  await tx.execute(sql`delete from ${department} using ${applied(runId, 'department.remove')} where ${department.id} = c.target_id`)
}
