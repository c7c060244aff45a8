import type { SnapshotMember } from '../../snapshot.ts'
import type { UnboundAccount } from '../../state.ts'
import type { MatchInput, Outcome } from './types.ts'
import type { MatchField } from './values.ts'
import { conflict } from './types.ts'
import { comparable, valuesOf } from './values.ts'

interface Candidate {
  account: UnboundAccount
  bound: boolean
}

/**
 * Matches members to accounts by the administrator's rules, in order: the first rule by which any account fits
 * decides. What is not unique among all members and all accounts, or leads to an administrator's, a disabled or a
 * bound account, or to one that sees everybody's records, is a conflict. `taken` are accounts given to a member before, `strangers` all members without a
 * binding of their own; `contested` wait for a decision, but might be meant.
 */
export function matchRules(
  open: SnapshotMember[],
  input: MatchInput,
  taken: ReadonlyMap<string, SnapshotMember>,
  strangers: ReadonlySet<SnapshotMember>,
  contested: readonly SnapshotMember[] = [],
): Map<SnapshotMember, Outcome> {
  const outcomes = new Map<SnapshotMember, Outcome>()
  if (input.state.unbound.length + input.state.accounts.length === 0)
    return outcomes
  const owners = new Map(taken)
  // Every match takes an account away from others who might have been meant, so that the next round knows more.
  for (let rest = open, matched = true; matched;) {
    matched = false
    for (const [member, outcome] of matchOnce(rest, input, owners, strangers, contested)) {
      outcomes.set(member, outcome)
      if (outcome.do === 'bind') {
        owners.set(outcome.account.id, member)
        matched = true
      }
    }
    rest = rest.filter(member => outcomes.get(member)?.do === 'conflict')
    for (const member of matched ? rest : []) outcomes.delete(member)
  }
  return outcomes
}

function matchOnce(
  members: SnapshotMember[],
  input: MatchInput,
  owners: ReadonlyMap<string, SnapshotMember>,
  strangers: ReadonlySet<SnapshotMember>,
  contested: readonly SnapshotMember[],
): Map<SnapshotMember, Outcome> {
  const outcomes = new Map<SnapshotMember, Outcome>()
  const asking = [...members, ...contested]
  const rules = input.settings.matchBy.map(by => ({ by, candidates: candidatesBy(by, asking, input, owners, strangers) }))
  /** Whom each account might belong to, by any rule. */
  const meant = new Map<string, Set<SnapshotMember>>()
  for (const { by, candidates } of rules) {
    for (const member of candidates.size === 0 ? [] : asking) {
      for (const { account: { id } } of found(candidates, by, member))
        meant.set(id, (meant.get(id) ?? new Set()).add(member))
    }
  }
  let open = members
  for (const { by, candidates } of rules) {
    if (candidates.size === 0)
      continue
    const sharing = countMembers(by, candidates, input)
    open = open.filter((member) => {
      const matches = found(candidates, by, member)
      const [only] = matches
      if (!only)
        return true
      const ids = matches.map(({ account }) => account.id)
      if (matches.length > 1 || valuesOf(by, member).some(value => (sharing.get(value) ?? 0) > 1))
        outcomes.set(member, conflict('ambiguous', member, ids, { key: 'not_unique', values: { by } }))
      else if (only.bound)
        outcomes.set(member, conflict('taken', member, ids, { key: 'match_taken', values: { by } }))
      else if (only.account.role === 'admin')
        outcomes.set(member, conflict('privileged', member, ids, { key: 'match_admin', values: { by } }))
      else if (input.state.allData?.has(only.account.id))
        outcomes.set(member, conflict('privileged', member, ids, { key: 'match_all_data', values: { by } }))
      else if (only.account.status === 'disabled')
        outcomes.set(member, conflict('privileged', member, ids, { key: 'match_disabled', values: { by } }))
      else if ((meant.get(only.account.id)?.size ?? 0) > 1)
        outcomes.set(member, conflict('ambiguous', member, ids, { key: 'not_unique', values: { by } }))
      else outcomes.set(member, { do: 'bind', account: only.account, reason: { key: 'matched', values: { by } } })
      return false
    })
  }
  return outcomes
}

/** Accounts that one rule leads a member to, each once. */
function found(candidates: ReadonlyMap<string, Candidate[]>, by: MatchField, member: SnapshotMember): Candidate[] {
  const all = valuesOf(by, member).flatMap(value => candidates.get(value) ?? [])
  return all.filter(({ account }, at) => all.findIndex(other => other.account.id === account.id) === at)
}

/** Accounts by those values that the members asking for one have. */
function candidatesBy(
  by: MatchField,
  asking: SnapshotMember[],
  { state, members }: MatchInput,
  owners: ReadonlyMap<string, SnapshotMember>,
  strangers: ReadonlySet<SnapshotMember>,
): Map<string, Candidate[]> {
  const byValue = new Map<string, Candidate[]>()
  const wanted = new Set(asking.flatMap(member => valuesOf(by, member)))
  if (wanted.size === 0)
    return byValue
  for (const account of state.unbound) add(account, owners.get(account.id), owners.has(account.id))
  for (const held of state.accounts) {
    const user = members.get(held.userid)
    add(held, owners.get(held.id) ?? (user && strangers.has(user) ? undefined : user), true)
  }
  return byValue

  function add(account: UnboundAccount, owner: SnapshotMember | undefined, bound: boolean): void {
    const value = comparable(by, account[by])
    if (!wanted.has(value))
      return
    // Whoever has another value by now has passed this one on, as company phones are.
    const now = valuesOf(by, owner)
    if (now.length > 0 && !now.includes(value))
      return
    const others = byValue.get(value)
    if (others)
      others.push({ account, bound })
    else byValue.set(value, [{ account, bound }])
  }
}

/** How many members share each value that leads to an account. */
function countMembers(by: MatchField, candidates: ReadonlyMap<string, unknown>, { members }: MatchInput): Map<string, number> {
  const counts = new Map<string, number>()
  for (const member of members.values()) {
    for (const value of valuesOf(by, member)) {
      if (candidates.has(value))
        counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  }
  return counts
}
