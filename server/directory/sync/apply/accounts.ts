import type { SQL } from 'drizzle-orm'
import type { Make } from './applied.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { moment } from './applied.ts'

const { account, accountRole } = tables

const after = sql`c.after`

/** Column → what a change says of it. */
const fields: Record<string, [name: string, value: SQL]> = {
  name: ['name', sql`c.after->>'name'`],
  avatar: ['avatar', sql`c.after->>'avatar'`],
  title: ['title', sql`c.after->>'title'`],
  mobile: ['mobile', sql`c.after->>'mobile'`],
  email: ['email', sql`c.after->>'email'`],
  job_number: ['jobNumber', sql`c.after->>'jobNumber'`],
  hired_at: ['hiredAt', moment(after, 'hiredAt')],
  manager_id: ['managerId', sql`(c.after->>'managerId')::uuid`],
}

/** Takes back accounts that nobody has used; bindings and memberships go with them (foreign keys). */
export async function removeAccounts(make: Make): Promise<void> {
  await make('account.remove', c => sql`delete from ${account} using ${c} where ${account.id} = c.target_id`)
}

/** New accounts with their roles, without their bindings and departments. */
export async function createAccounts(make: Make): Promise<void> {
  const columns = sql.raw(Object.keys(fields).join(', '))
  const values = sql.join(
    Object.values(fields).map(([, value]) => value),
    sql`, `,
  )
  await make('account.create', c => sql`
    insert into ${account} (id, ${columns}, role, main_department_id)
    select c.target_id, ${values}, c.after->>'role', (c.after->>'mainDepartmentId')::uuid from ${c}`)
  await make('account.create', c => sql`
    insert into ${accountRole} (account_id, role)
    select c.target_id, c.after->>'assignedRole' from ${c} where c.after ? 'assignedRole'`)
}

/** Fields and standing of accounts known before. */
export async function changeAccounts(make: Make): Promise<void> {
  const assignments = Object.entries(fields).map(
    ([column, [name, value]]) =>
      sql`${sql.raw(column)} = case when c.after ? ${sql.raw(`'${name}'`)} then ${value} else ${account}.${sql.raw(column)} end`,
  )
  await make('account.update', c => sql`update ${account} set ${sql.join(assignments, sql`, `)}, updated_at = now() from ${c} where ${account.id} = c.target_id`)
  await make('account.disable', c => sql`
    update ${account} set status = 'disabled', disabled_by = c.after->>'disabledBy', disabled_at = coalesce(${moment(after, 'disabledAt')}, now()), updated_at = now()
    from ${c} where ${account.id} = c.target_id`)
  await make('account.reenable', c => sql`
    update ${account} set status = 'active', disabled_by = null, disabled_at = null, updated_at = now()
    from ${c} where ${account.id} = c.target_id`)
}
