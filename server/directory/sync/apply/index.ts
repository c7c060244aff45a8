import type { Db } from '../../../db/index.ts'
import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { answeredBySync, closeRequests } from '../../people/answered.ts'
import { SyncFailure } from '../failure.ts'
import { changeAccounts, createAccounts, removeAccounts } from './accounts.ts'
import { beginMaking } from './applied.ts'
import { changeBindings, createBindings, markBindings } from './bindings.ts'
import { applyDepartments, removeDepartments } from './departments.ts'
import { applyMemberships } from './memberships.ts'

const { account, syncChange } = tables

/** Ends the sessions of these accounts, within the caller's transaction. */
export type EndSessions = (tx: Db, accountIds: string[]) => Promise<void>

/**
 * Makes the changes of a run that are recorded as `applied`, within the caller's transaction: a few statements for each
 * kind there is, whatever the company's size. What vanishes goes first where it blocks a userid, and departments go
 * last, when nobody is in them any more.
 * @throws {SyncFailure} last_administrator
 */
export async function applyChanges(tx: Db, runId: string, endSessions: EndSessions, signal?: AbortSignal): Promise<void> {
  const { make, has } = await beginMaking(tx, runId, signal)
  const mayLoseAdministrators = has('account.disable', 'account.remove') && (await anAdministrator(tx))
  await removeAccounts(make)
  await applyDepartments(make)
  await changeBindings(make)
  await createAccounts(make)
  await createBindings(make)
  if (has('account.create', 'binding.create', 'binding.change'))
    await closeRequests(tx, undefined, answeredBySync)
  await changeAccounts(make)
  await applyMemberships(make)
  await markBindings(make)
  await removeDepartments(make)
  if (mayLoseAdministrators && !(await anAdministrator(tx)))
    throw new SyncFailure('last_administrator')
  if (has('account.disable', 'binding.change'))
    await endSessions(tx, await locked(tx, runId))
}

async function anAdministrator(tx: Db): Promise<boolean> {
  const found = await tx.select({ id: account.id }).from(account).where(and(eq(account.role, 'admin'), eq(account.status, 'active'))).limit(1)
  return found.length > 0
}

/** Whom the run shut out: disabled, or without a binding since their userid is another person's. */
async function locked(tx: Db, runId: string): Promise<string[]> {
  const unbound = and(eq(syncChange.kind, 'binding.change'), or(isNull(syncChange.after), sql`jsonb_typeof(${syncChange.after}) = 'null'`))
  const rows = await tx
    .select({ id: syncChange.targetId })
    .from(syncChange)
    .where(
      and(
        eq(syncChange.runId, runId),
        eq(syncChange.status, 'applied'),
        inArray(syncChange.kind, ['account.disable', 'binding.change']),
        or(eq(syncChange.kind, 'account.disable'), unbound),
      ),
    )
  return rows.flatMap(({ id }) => id ?? [])
}
