import type { SyncSettings, SyncStop } from '#contract/sync/index.ts'
import type { Plan } from './plan/types.ts'
import type { Recent } from './recent-removals.ts'
import type { State } from './state.ts'

/**
 * Whether so much of the company would vanish that somebody has to approve it: more accounts than the limit in count
 * AND in per cent, or more departments than the limit in per cent. Every removal was confirmed by DingTalk one by one
 * before it gets here; what this catches is DingTalk confirming something absurd: the credentials of another company
 * were entered, or somebody deleted half of the organisation by mistake. `recent`: what runs have removed by themselves
 * lately, so that many small ones do not pass where a single one would be stopped.
 * @returns the numbers, or undefined while it is within the limits
 */
export function guardPlan(plan: Plan, state: State, limits: SyncSettings['guard'], recent: Recent = { disabled: 0, departmentsRemoved: 0 }): Omit<Extract<SyncStop, { kind: 'guard' }>, 'count'> | undefined {
  const departments = state.departments.filter(({ deptId }) => deptId !== null).length
  const accounts = state.active ?? state.accounts.filter(({ status }) => status === 'active').length
  const disabled = plan.accounts.disable.length
  const departmentsRemoved = plan.departments.remove.length
  const vanishing = disabled + recent.disabled
  const tooMany = disabled > 0 && vanishing > limits.disableCount && vanishing > ((accounts + recent.disabled) * limits.disablePercent) / 100
  const tooManyDepartments = departmentsRemoved > 0
    && departmentsRemoved + recent.departmentsRemoved > ((departments + recent.departmentsRemoved) * limits.removeDepartmentsPercent) / 100
  return tooMany || tooManyDepartments ? { kind: 'guard', disabled, accounts, departmentsRemoved, departments, recent } : undefined
}
