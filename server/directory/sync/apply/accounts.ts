import type { SQL } from 'drizzle-orm'
import type { Db } from '../../../db/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { applied, moment } from './applied.ts'

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
export async function removeAccounts(tx: Db, runId: string): Promise<void> {
  await tx.execute(sql`delete from ${account} using ${applied(runId, 'account.remove')} where ${account.id} = c.target_id`)
}

/** New accounts with their roles, without their bindings and departments. */
export async function createAccounts(tx: Db, runId: string): Promise<void> {
  const columns = sql.raw(Object.keys(fields).join(', '))
  const values = sql.join(
    Object.values(fields).map(([, value]) => value),
    sql`, `,
  )
  await tx.execute(sql`
    insert into ${account} (id, ${columns}, role, main_department_id)
    select c.target_id, ${values}, c.after->>'role', (c.after->>'mainDepartmentId')::uuid from ${applied(runId, 'account.create')}`)
  await tx.execute(sql`
    insert into ${accountRole} (account_id, role)
    select c.target_id, c.after->>'assignedRole' from ${applied(runId, 'account.create')} where c.after ? 'assignedRole'`)
}

/** Fields and standing of accounts known before. */
export async function changeAccounts(tx: Db, runId: string): Promise<void> {
  const assignments = Object.entries(fields).map(
    ([column, [name, value]]) =>
      sql`${sql.raw(column)} = case when c.after ? ${sql.raw(`'${name}'`)} then ${value} else ${account}.${sql.raw(column)} end`,
  )
  await tx.execute(
    sql`update ${account} set ${sql.join(assignments, sql`, `)}, updated_at = now() from ${applied(runId, 'account.update')} where ${account.id} = c.target_id`,
  )
  await tx.execute(sql`
    update ${account} set status = 'disabled', disabled_by = c.after->>'disabledBy', disabled_at = coalesce(${moment(after, 'disabledAt')}, now()), updated_at = now()
    from ${applied(runId, 'account.disable')} where ${account.id} = c.target_id`)
  await tx.execute(sql`
    update ${account} set status = 'active', disabled_by = null, disabled_at = null, updated_at = now()
    from ${applied(runId, 'account.reenable')} where ${account.id} = c.target_id`)
}
