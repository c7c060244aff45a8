import type { Db } from '../../../db/index.ts'
import type { Plan } from '../plan/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { recordset } from '../../../db/recordset.ts'

const { accountDepartment } = tables

const key = { accountId: 'uuid', departmentId: 'uuid' } as const

export async function applyMemberships(tx: Db, { memberships }: Plan): Promise<void> {
  const put = memberships.flatMap(({ accountId, put }) => put.map(entry => ({ accountId, ...entry })))
  const remove = memberships.flatMap(({ accountId, remove }) => remove.map(departmentId => ({ accountId, departmentId })))
  if (put.length > 0) {
    await tx.execute(sql`
      insert into ${accountDepartment} (account_id, department_id, leader)
      select new."accountId", new."departmentId", new.leader from ${recordset('new', { ...key, leader: 'boolean' }, put)}
      on conflict (account_id, department_id) do update set leader = excluded.leader`)
  }
  if (remove.length > 0) {
    await tx.execute(sql`
      delete from ${accountDepartment} using ${recordset('old', key, remove)}
      where ${accountDepartment.accountId} = old."accountId" and ${accountDepartment.departmentId} = old."departmentId"`)
  }
}
