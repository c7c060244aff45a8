import type { State, UnboundAccount } from '../state.ts'
import type { PeoplePlan } from './accounts.ts'

/**
 * When the plan would leave no active administrator, the one who was here last keeps their account, though
 * DingTalk says they are gone: otherwise nobody could administer the CRM any more.
 */
export function spareAdministrator(plan: PeoplePlan, state: State): void {
  const { create, disable, reenable } = plan.accounts
  const leaving = disable.filter(({ held }) => held.role === 'admin')
  if (leaving.length === 0)
    return
  const isActive = ({ role, status }: UnboundAccount) => role === 'admin' && status === 'active'
  const active = state.unbound.filter(isActive).length + state.accounts.filter(isActive).length
  const arriving = create.filter(({ role }) => role === 'admin').length + reenable.filter(({ held }) => held.role === 'admin').length
  if (active - leaving.length + arriving > 0)
    return
  const [spared] = leaving.toSorted(({ held: a }, { held: b }) => (b.lastLoginAt ?? 0) - (a.lastLoginAt ?? 0) || (a.id < b.id ? -1 : 1))
  plan.accounts.disable = disable.filter(entry => entry !== spared)
  if (spared)
    plan.kept.push({ userid: spared.held.userid, name: spared.held.name, why: 'last_administrator' })
}
