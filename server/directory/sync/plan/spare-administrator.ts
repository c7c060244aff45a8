import type { State, UnboundAccount } from '../state.ts'
import type { PeoplePlan } from './accounts.ts'

/**
 * When the plan would leave no administrator who can log in, because DingTalk shows their member, the one who was here
 * last keeps their account, though DingTalk says they are gone: otherwise nobody could administer the CRM any more. The
 * rule is that of changes by hand (`keepAnAdministrator`).
 */
export function spareAdministrator(plan: PeoplePlan, state: State): void {
  const { disable } = plan.accounts
  const leaving = disable.filter(({ held }) => held.role === 'admin')
  if (leaving.length === 0 || someoneStays(plan, state))
    return
  const [spared] = leaving.toSorted(({ held: a }, { held: b }) => (b.lastLoginAt ?? 0) - (a.lastLoginAt ?? 0) || (a.id < b.id ? -1 : 1))
  plan.accounts.disable = disable.filter(entry => entry !== spared)
  if (spared)
    plan.kept.push({ userid: spared.held.userid, name: spared.held.name, why: 'last_administrator' })
}

/** Whether somebody administers the CRM after the plan whose member DingTalk shows; an account without a member cannot be entered. */
function someoneStays({ accounts: { create, disable, reenable }, bindings }: PeoplePlan, state: State): boolean {
  const disabled = new Set(disable.map(({ held }) => held.id))
  const states = new Map<string, string | undefined>(state.accounts.map(held => [held.id, held.state]))
  for (const { accountId, after } of [...bindings.mark, ...bindings.change, ...bindings.create]) states.set(accountId, after?.state)
  const administers = ({ id, role }: UnboundAccount) => role === 'admin' && !disabled.has(id) && states.get(id) === 'present'
  return create.some(({ role }) => role === 'admin')
    || reenable.some(({ held }) => administers(held))
    || [...state.accounts, ...state.unbound].some(held => held.status === 'active' && administers(held))
}
