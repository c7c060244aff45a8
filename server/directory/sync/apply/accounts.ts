import type { Db } from '../../../db/index.ts'
import type { Plan } from '../plan/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { recordset } from '../../../db/recordset.ts'

const { account, binding } = tables

const fields = { id: 'uuid', name: 'text', avatar: 'text', title: 'text', mobile: 'text', email: 'text', jobNumber: 'text', hiredAt: 'timestamptz' } as const
const bindingFields = { userid: 'text', unionid: 'text', activated: 'boolean' } as const

const withDate = <T extends { hiredAt: number | null }>(row: T) => ({ ...row, hiredAt: row.hiredAt === null ? null : new Date(row.hiredAt).toISOString() })

/** Accounts, their bindings and their main departments. */
export async function applyAccounts(tx: Db, { accounts: { create, update, disable, reenable }, bindings, mainDepartments }: Plan): Promise<void> {
  if (create.length > 0) {
    await tx.execute(sql`
      insert into ${account} (id, name, avatar, title, mobile, email, job_number, hired_at)
      select new.id, new.name, new.avatar, new.title, new.mobile, new.email, new."jobNumber", new."hiredAt"
      from ${recordset('new', fields, create.map(({ id, fields }) => withDate({ id, ...fields })))}`)
    await tx.execute(sql`
      insert into ${binding} (userid, unionid, activated, account_id, source)
      select new.userid, new.unionid, new.activated, new.id, 'sync'
      from ${recordset('new', { ...bindingFields, id: 'uuid' }, create.map(({ id, userid, unionid, activated }) => ({ id, userid, unionid, activated })))}`)
  }
  if (update.length > 0) {
    await tx.execute(sql`
      update ${account} set name = new.name, avatar = new.avatar, title = new.title, mobile = new.mobile, email = new.email, job_number = new."jobNumber", hired_at = new."hiredAt", updated_at = now()
      from ${recordset('new', fields, update.map(({ id, after }) => withDate({ id, ...after })))} where ${account.id} = new.id`)
  }
  if (disable.length > 0) {
    await tx.execute(sql`
      update ${account} set status = 'disabled', disabled_by = 'sync', disabled_at = now(), updated_at = now()
      from ${recordset('gone', { id: 'uuid' }, ids(disable))} where ${account.id} = gone.id and ${account.status} = 'active'`)
  }
  if (reenable.length > 0) {
    await tx.execute(sql`
      update ${account} set status = 'active', disabled_by = null, disabled_at = null, updated_at = now()
      from ${recordset('back', { id: 'uuid' }, ids(reenable))} where ${account.id} = back.id and ${account.disabledBy} = 'sync'`)
  }
  if (bindings.length > 0) {
    await tx.execute(sql`
      update ${binding} set unionid = new.unionid, state = new.state, activated = new.activated, seen_at = now()
      from ${recordset('new', { ...bindingFields, state: 'text' }, bindings.map(({ userid, after }) => ({ userid, ...after })))} where ${binding.userid} = new.userid`)
  }
  if (mainDepartments.length > 0) {
    await tx.execute(sql`
      update ${account} set main_department_id = new."departmentId"
      from ${recordset('new', { accountId: 'uuid', departmentId: 'uuid' }, mainDepartments)} where ${account.id} = new."accountId"`)
  }
}

function ids(rows: Array<{ id: string }>): Array<{ id: string }> {
  return rows.map(({ id }) => ({ id }))
}
