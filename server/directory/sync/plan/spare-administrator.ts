import type { State } from '../state.ts'
import type { Plan } from './types.ts'

/**
 * When the plan would leave no active administrator, the one who was here last keeps their account, though
 * DingTalk says they are gone: otherwise nobody could administer the CRM any more.
 */
export function spareAdministrator(plan: Pick<Plan, 'accounts' | 'kept'>, state: State): void {
  const { disable, reenable } = plan.accounts
  const active = state.unboundAdministrators + state.accounts.filter(({ role, status }) => role === 'admin' && status === 'active').length
  const leaving = disable.filter(({ role }) => role === 'admin')
  const returning = reenable.filter(({ role }) => role === 'admin')
  if (leaving.length === 0 || active - leaving.length + returning.length > 0)
    return
  const [spared] = leaving.toSorted((a, b) => (b.lastLoginAt ?? 0) - (a.lastLoginAt ?? 0) || (a.id < b.id ? -1 : 1))
  plan.accounts.disable = disable.filter(held => held !== spared)
  if (spared)
    plan.kept.push({ userid: spared.userid, name: spared.name, why: 'last_administrator' })
}
