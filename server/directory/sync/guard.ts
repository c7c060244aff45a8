import type { Plan } from './plan/index.ts'
import type { State } from './state.ts'
import { SyncFailure } from './failure.ts'

/**
 * How much of the company may vanish in one run: more than `count` and more than `share` of what we hold stops
 * it, and nothing changes. Every removal was confirmed by DingTalk one by one before it gets here; what this
 * catches is DingTalk confirming something absurd: the credentials of another company were entered, or somebody
 * deleted half of the organisation by mistake. Whoever means it can go in steps, or restore DingTalk first.
 */
export const GUARD = {
  departments: { count: 5, share: 0.2 },
  accounts: { count: 5, share: 0.2 },
} as const

/** @throws {SyncFailure} too_many_departments, too_many_accounts */
export function guardPlan(plan: Plan, state: State): void {
  const departments = state.departments.filter(({ deptId }) => deptId !== null).length
  const people = state.accounts.filter(({ status }) => status === 'active').length
  if (tooMany(plan.departments.remove.length, departments, GUARD.departments))
    throw new SyncFailure('too_many_departments', { removed: plan.departments.remove.length, held: departments })
  if (tooMany(plan.accounts.disable.length, people, GUARD.accounts))
    throw new SyncFailure('too_many_accounts', { disabled: plan.accounts.disable.length, held: people })
}

function tooMany(vanishing: number, held: number, limit: { count: number, share: number }): boolean {
  return vanishing > limit.count && vanishing > held * limit.share
}
