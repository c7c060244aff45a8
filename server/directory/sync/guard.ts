import type { SyncSettings, SyncStop } from '#contract/sync/index.ts'
import type { Plan } from './plan/types.ts'
import type { State } from './state.ts'

/**
 * Whether so much of the company would vanish that somebody has to approve it: more accounts than the limit in count
 * AND in per cent, or more departments than the limit in per cent. Every removal was confirmed by DingTalk one by one
 * before it gets here; what this catches is DingTalk confirming something absurd: the credentials of another company
 * were entered, or somebody deleted half of the organisation by mistake.
 * @returns the numbers, or undefined while it is within the limits
 */
export function guardPlan(plan: Plan, state: State, limits: SyncSettings['guard']): Omit<Extract<SyncStop, { kind: 'guard' }>, 'count'> | undefined {
  const departments = state.departments.filter(({ deptId }) => deptId !== null).length
  const accounts = state.active ?? state.accounts.filter(({ status }) => status === 'active').length
  const disabled = plan.accounts.disable.length
  const departmentsRemoved = plan.departments.remove.length
  const tooMany = disabled > limits.disableCount && disabled > (accounts * limits.disablePercent) / 100
  const tooManyDepartments = departmentsRemoved > (departments * limits.removeDepartmentsPercent) / 100
  return tooMany || tooManyDepartments ? { kind: 'guard', disabled, accounts, departmentsRemoved, departments } : undefined
}
