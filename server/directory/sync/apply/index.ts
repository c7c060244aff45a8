import type { Db } from '../../../db/index.ts'
import type { Plan } from '../plan/index.ts'
import { applyAccounts } from './accounts.ts'
import { applyDepartments, removeDepartments } from './departments.ts'
import { applyMemberships } from './memberships.ts'

/** Ends the sessions of these accounts, within the caller's transaction. */
export type EndSessions = (tx: Db, accountIds: string[]) => Promise<void>

/**
 * Writes a plan within the caller's transaction: a fixed number of statements, whatever the company's size.
 * Departments vanish last, when nobody is in them any more.
 */
export async function applyPlan(tx: Db, plan: Plan, endSessions: EndSessions): Promise<void> {
  await applyDepartments(tx, plan)
  await applyAccounts(tx, plan)
  await applyMemberships(tx, plan)
  await removeDepartments(tx, plan)
  await endSessions(tx, plan.accounts.disable.map(({ id }) => id))
}
