import type { SQL } from 'drizzle-orm'
import type { Db } from '../../../db/index.ts'
import type { RunParts } from '../runs/parts.ts'
import { and, eq, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { columnsReferringTo, namedBy } from '../../../db/references.ts'
import { targetsOf } from '../changes/store.ts'

const { accessRequest, account, accountDepartment, accountRole, binding, departmentRole, inboxMessage, notification, syncChange } = tables

/**
 * What names a new account from the start, or what only the CRM has told it; everything else somebody has done with it.
 * The first three are compared with what the run made; a request that it answered is asked again.
 */
const belonging = [binding, accountDepartment, accountRole, notification, inboxMessage, accessRequest]

/**
 * The accounts a run made that something else names by now: records, also deleted ones, comments, one-time codes, and
 * whatever the schema gets. To remove them would fail, or take along what nobody recorded.
 */
export async function accountsInUse(tx: Db, { ownedRecords }: Pick<RunParts, 'ownedRecords'>, undone: string): Promise<Set<string>> {
  const owners = await ownedRecords.count(tx, await targetsOf(tx, undone, 'account.create', 'applied'))
  const named = await namedBy(tx, [...columnsReferringTo(account, belonging), account.mergedIntoId], createdBy(undone))
  return new Set([...owners.keys(), ...named])
}

/** The accounts a run made whose roles are not those it gave them any more. */
export async function accountsReassigned(tx: Db, undone: string): Promise<Set<string>> {
  const rows = await tx
    .select({ id: syncChange.targetId })
    .from(syncChange)
    .where(and(
      made(undone),
      sql`coalesce((select array_agg(r.role order by r.role) from ${accountRole} r where r.account_id = ${syncChange.targetId}), '{}')
        <> case when ${syncChange.after} ? 'assignedRole' then array[${syncChange.after}->>'assignedRole'] else '{}' end`,
    ))
  return new Set(rows.flatMap(({ id }) => id ?? []))
}

/** The departments a run made to which somebody has given other roles since. */
export async function departmentsReassigned(tx: Db, undone: string): Promise<Set<string>> {
  const rows = await tx
    .selectDistinct({ id: syncChange.targetId })
    .from(syncChange)
    .where(and(
      eq(syncChange.runId, undone),
      eq(syncChange.kind, 'department.create'),
      eq(syncChange.status, 'applied'),
      sql`coalesce((select jsonb_agg(r.role order by r.role) from ${departmentRole} r where r.department_id = ${syncChange.targetId}), '[]')
        <> coalesce((select jsonb_agg(role order by role) from jsonb_array_elements_text(${syncChange.after} -> 'roles') role), '[]')`,
    ))
  return new Set(rows.flatMap(({ id }) => id ?? []))
}

function createdBy(undone: string): SQL {
  return sql`select ${syncChange.targetId} as id from ${syncChange} where ${made(undone)}`
}

function made(undone: string): SQL | undefined {
  return and(eq(syncChange.runId, undone), eq(syncChange.kind, 'account.create'), eq(syncChange.status, 'applied'))
}
