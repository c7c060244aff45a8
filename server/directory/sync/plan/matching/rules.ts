import type { SnapshotMember } from '../../snapshot.ts'
import type { HeldAccount, UnboundAccount } from '../../state.ts'
import type { MatchInput, Outcome } from './types.ts'
import type { MatchField } from './values.ts'
import { conflict } from './types.ts'
import { comparable } from './values.ts'

interface Candidate { account: UnboundAccount, bound: HeldAccount | undefined }

interface Claim { member: SnapshotMember, account: UnboundAccount, by: MatchField }

/**
 * Matches members to accounts by the administrator's rules, in order: the first rule by which any account fits
 * decides. What is not unique among all members and all accounts, or leads to an administrator's, a disabled or a
 * bound account, is a conflict. `given` are accounts that a decision has given away.
 */
export function matchRules(strangers: SnapshotMember[], input: MatchInput, given: ReadonlySet<string>): Map<SnapshotMember, Outcome> {
  const outcomes = new Map<SnapshotMember, Outcome>()
  const claims: Claim[] = []
  let open = strangers
  for (const by of input.settings.matchBy) {
    const candidates = candidatesBy(by, open, input)
    if (candidates.size === 0)
      continue
    const sharing = countMembers(by, candidates, input)
    open = open.filter((member) => {
      const value = comparable(by, member[by])
      const found = candidates.get(value)
      if (!found)
        return true
      const [only] = found
      const ids = found.map(({ account }) => account.id)
      if (!only || found.length > 1 || (sharing.get(value) ?? 0) > 1)
        outcomes.set(member, conflict('ambiguous', member, ids, { key: 'not_unique', values: { by } }))
      else if (only.bound || given.has(only.account.id))
        outcomes.set(member, conflict('taken', member, ids, { key: 'match_taken', values: { by } }))
      else if (only.account.role === 'admin')
        outcomes.set(member, conflict('privileged', member, ids, { key: 'match_admin', values: { by } }))
      else if (only.account.status === 'disabled')
        outcomes.set(member, conflict('privileged', member, ids, { key: 'match_disabled', values: { by } }))
      else
        claims.push({ member, account: only.account, by })
      return false
    })
  }

  // Two members can reach one account by different rules.
  for (const rivals of Map.groupBy(claims, ({ account }) => account.id).values()) {
    for (const { member, account, by } of rivals) {
      outcomes.set(member, rivals.length > 1
        ? conflict('ambiguous', member, [account.id], { key: 'not_unique', values: { by } })
        : { do: 'bind', account, reason: { key: 'matched', values: { by } } })
    }
  }
  return outcomes
}

/** Accounts by those values that the members have. */
function candidatesBy(by: MatchField, members: SnapshotMember[], { state, members: shown }: MatchInput): Map<string, Candidate[]> {
  const found = new Map<string, Candidate[]>()
  if (state.unbound.length + state.accounts.length === 0)
    return found
  const wanted = new Set(members.map(member => comparable(by, member[by])))
  wanted.delete('')
  if (wanted.size === 0)
    return found
  const add = (account: UnboundAccount, value: string, bound: HeldAccount | undefined) => {
    const others = found.get(value)
    if (others)
      others.push({ account, bound })
    else
      found.set(value, [{ account, bound }])
  }
  for (const account of state.unbound) {
    const value = comparable(by, account[by])
    if (wanted.has(value))
      add(account, value, undefined)
  }
  for (const held of state.accounts) {
    const value = comparable(by, held[by])
    if (!wanted.has(value))
      continue
    // Whoever has another value by now has passed this one on, as company phones are.
    const now = comparable(by, shown.get(held.userid)?.[by])
    if (now === '' || now === value)
      add(held, value, held)
  }
  return found
}

/** How many members share each value that leads to an account. */
function countMembers(by: MatchField, candidates: ReadonlyMap<string, unknown>, { members }: MatchInput): Map<string, number> {
  const counts = new Map<string, number>()
  for (const member of members.values()) {
    const value = comparable(by, member[by])
    if (candidates.has(value))
      counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}
