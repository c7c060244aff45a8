import type { Snapshot } from '../snapshot.ts'
import type { State } from '../state.ts'
import type { Findings, Plan } from './types.ts'
import { randomUUID } from 'node:crypto'
import { planAccounts } from './accounts.ts'
import { planDepartments } from './departments.ts'

export { countPlan } from './counts.ts'
export type { Findings, Kept, Plan, Verdict } from './types.ts'

/** What has to change so that we hold what DingTalk shows. Pure but for the ids of what is new. */
export function makePlan(snapshot: Snapshot, state: State, findings: Findings, newId: () => string = randomUUID): Plan {
  const departments = planDepartments(snapshot, state, findings, newId)
  return { departments: departments.changes, ...planAccounts(snapshot, state, findings, departments, newId) }
}
