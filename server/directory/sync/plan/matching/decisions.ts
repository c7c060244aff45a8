import type { SnapshotMember } from '../../snapshot.ts'
import type { Decision, HeldAccount } from '../../state.ts'
import type { MatchInput, Outcome } from './types.ts'
import { conflict } from './types.ts'

/**
 * What an administrator decided about a member, if it can still be done. An account that was disabled or given
 * away after the decision, or whose own userid DingTalk still shows, opens the question again.
 */
export function decisionReader(
  { state, members }: MatchInput,
  strangers: ReadonlySet<SnapshotMember>,
): (member: SnapshotMember) => Outcome | undefined {
  const decisions = new Map(state.decisions.map(entry => [keyOf(entry), entry]))
  if (decisions.size === 0)
    return () => undefined
  const unbound = new Map(state.unbound.map(entry => [entry.id, entry]))
  const held = new Map(state.accounts.map(entry => [entry.id, entry]))
  /** Accounts given away by a decision in this plan. */
  const given = new Set<string>()

  return (member) => {
    const decision = decisions.get(keyOf(member))
    if (!decision)
      return undefined
    if (decision.action !== 'bind')
      return decision.action === 'ignore' ? { do: 'nothing' } : { do: 'create', reason: reasonOf(decision) }
    return decision.accountId === null ? undefined : bind(member, decision.accountId, decision)
  }

  function bind(member: SnapshotMember, accountId: string, decision: Decision): Outcome | undefined {
    const free = unbound.get(accountId)
    const bound = held.get(accountId)
    const account = free ?? bound
    // Deleted since: the member is matched afresh.
    if (!account)
      return undefined
    if (given.has(accountId) || (bound && !isTheirs(bound, member)))
      return conflict('taken', member, [accountId], { key: 'match_taken' }, decision.at)
    if (account.status === 'disabled' && (account.disabledAt ?? 0) > decision.at)
      return conflict('privileged', member, [accountId], { key: 'match_disabled' }, decision.at)
    given.add(accountId)
    return bound ? { do: 'rebind', held: bound, reason: reasonOf(decision) } : free && { do: 'bind', account: free, reason: reasonOf(decision) }
  }

  /** The same userid with a new unionid, or the same unionid under a userid that nobody else goes on using. */
  function isTheirs({ userid, unionid }: HeldAccount, member: SnapshotMember): boolean {
    const user = members.get(userid)
    return userid === member.userid || (unionid !== '' && unionid === member.unionid && (!user || strangers.has(user)))
  }
}

function reasonOf({ by }: Decision) {
  return { key: 'decided' as const, values: { by } }
}

function keyOf({ userid, unionid }: { userid: string, unionid: string | undefined }): string {
  return JSON.stringify([userid, unionid ?? ''])
}
