import type { Db } from '../../../db/index.ts'
import { and, eq, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { lockAdministrators } from '../../administrators.ts'
import { withAllData } from '../../rights/all-data.ts'

const { account, syncChange } = tables

/** Somebody changed an account between the look at it and its lock; nothing was written, and the next look sees it. */
export class Overtaken extends Error {
  override name = 'Overtaken'
}

/**
 * Locks the accounts a run is about to change until the transaction ends, administrators first, as whoever shuts out
 * somebody does.
 */
export async function lockTargets(tx: Db, runId: string): Promise<void> {
  await lockAdministrators(tx)
  await tx.execute(sql`
    select id from ${account} where id in (select ${syncChange.targetId} from ${syncChange} where ${syncChange.runId} = ${runId}
      and (${syncChange.kind} in ('account.update', 'account.move', 'account.disable', 'account.reenable', 'leadership') or ${syncChange.kind} like 'binding.%'))
    order by id for no key update`)
}

/** Whether an account that a run changes was changed between the look at it and its lock. */
export async function wasOvertaken(tx: Db, runId: string): Promise<boolean> {
  const differs = (name: string, column: string) => sql`(c.before ? ${sql.raw(`'${name}'`)} and a.${sql.raw(column)}::text is distinct from c.before->>${sql.raw(`'${name}'`)})`
  const fields = [['name', 'name'], ['avatar', 'avatar'], ['title', 'title'], ['mobile', 'mobile'], ['email', 'email'], ['jobNumber', 'job_number'], ['managerId', 'manager_id'], ['mainDepartmentId', 'main_department_id'], ['status', 'status'], ['disabledBy', 'disabled_by']] as const
  const { rows } = (await tx.execute(sql`
    select 1 from ${syncChange} c join ${account} a on a.id = c.target_id
    where c.run_id = ${runId} and c.status = 'applied' and c.kind in ('account.update', 'account.move', 'account.disable', 'account.reenable')
      and (${sql.join(fields.map(([name, column]) => differs(name, column)), sql` or `)}) limit 1`)) as unknown as { rows: unknown[] }
  return rows.length > 0 || notMeant(tx, runId)
}

/** Whether a member was matched to an account that has become an administrator's or sees everything since, or is shut out. */
async function notMeant(tx: Db, runId: string): Promise<boolean> {
  const matched = await tx
    .select({ id: account.id, role: account.role, status: account.status, mergedIntoId: account.mergedIntoId })
    .from(syncChange)
    .innerJoin(account, eq(account.id, syncChange.targetId))
    .where(and(eq(syncChange.runId, runId), eq(syncChange.status, 'applied'), eq(syncChange.kind, 'binding.create'), sql`${syncChange.reason} ->> 'key' = 'matched'`))
  return matched.some(({ role, status, mergedIntoId }) => role === 'admin' || status !== 'active' || mergedIntoId !== null)
    || (await withAllData(tx, matched.map(({ id }) => id))).size > 0
}

/** Writes again, a few times at most, when somebody was faster. @throws {Overtaken} */
export async function unlessOvertaken<Result>(write: () => Promise<Result>, attempts = 5): Promise<Result> {
  try {
    return await write()
  }
  catch (error) {
    if (!(error instanceof Overtaken) || attempts <= 1)
      throw error
    return unlessOvertaken(write, attempts - 1)
  }
}
