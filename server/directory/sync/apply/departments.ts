import type { Db } from '../../../db/index.ts'
import type { Plan } from '../plan/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { recordset } from '../../../db/recordset.ts'

const { department } = tables

const fields = { id: 'uuid', parentId: 'uuid', name: 'text', order: 'double precision', parentOutOfScope: 'boolean' } as const

export async function applyDepartments(tx: Db, { departments: { create, update } }: Plan): Promise<void> {
  if (create.length > 0) {
    const rows = create.map(({ id, deptId, after }) => ({ id, deptId, ...after }))
    await tx.execute(sql`
      insert into ${department} (id, dingtalk_id, parent_id, name, sort_order, parent_out_of_scope)
      select new.id, new."deptId", new."parentId", new.name, new."order", new."parentOutOfScope"
      from ${recordset('new', { ...fields, deptId: 'bigint' }, rows)}`)
  }
  if (update.length > 0) {
    const rows = update.map(({ id, after }) => ({ id, ...after }))
    await tx.execute(sql`
      update ${department} set parent_id = new."parentId", name = new.name, sort_order = new."order", parent_out_of_scope = new."parentOutOfScope", updated_at = now()
      from ${recordset('new', fields, rows)} where ${department.id} = new.id`)
  }
}

/** Memberships go with their department, and main departments become empty (foreign keys). */
export async function removeDepartments(tx: Db, { departments: { remove } }: Plan): Promise<void> {
  if (remove.length > 0)
    await tx.execute(sql`delete from ${department} using ${recordset('gone', { id: 'uuid' }, remove.map(({ id }) => ({ id })))} where ${department.id} = gone.id`)
}
