import type { Snapshot } from '../snapshot.ts'
import type { State } from '../state.ts'
import type { Findings, Plan, PlanOptions } from './types.ts'
import { planAccounts } from './accounts.ts'
import { planDepartments } from './departments.ts'
import { selectDepartments } from './filter.ts'
import { flatId } from './new-ids.ts'
import { parentIds } from './parents.ts'
import { roleChooser } from './roles.ts'

export { countPlan } from './counts.ts'
export type * from './types.ts'

/** What has to change so that we hold what DingTalk shows. Pure but for the ids of what is new. */
export function makePlan(snapshot: Snapshot, state: State, findings: Findings, { settings, now, newId = flatId }: PlanOptions): Plan {
  const parents = parentIds(snapshot, state, findings)
  const selected = selectDepartments(snapshot, settings, parents)
  const departments = planDepartments(selected.snapshot, state, withShown(findings, snapshot, selected.snapshot), newId)
  const input = { snapshot, state, findings, settings, now, newId, departments, roleFor: roleChooser(settings, parents) }
  return { departments: departments.changes, ...planAccounts(input, selected) }
}

/** Departments the settings leave out exist all the same. */
function withShown(findings: Findings, snapshot: Snapshot, selected: Snapshot): Findings {
  if (snapshot === selected)
    return findings
  const departments = new Map(findings.departments)
  for (const { deptId } of snapshot.departments) departments.set(deptId, 'outOfScope')
  return { ...findings, departments }
}
