import type { RoleKey } from '#contract/people/rights.ts'
import type { Snapshot } from '../snapshot.ts'
import type { State } from '../state.ts'
import type { DepartmentPlan } from './departments.ts'
import type { Findings, PlanOptions } from './types.ts'

/** What all parts of planning people look at. */
export interface Input {
  /** As DingTalk answered, before any filter. */
  snapshot: Snapshot
  state: State
  findings: Findings
  settings: PlanOptions['settings']
  now: number
  newId: () => string
  departments: DepartmentPlan
  roleFor: (deptIds: number[]) => RoleKey
}
