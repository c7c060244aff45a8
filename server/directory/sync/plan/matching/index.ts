import type { SnapshotMember } from '../../snapshot.ts'
import type { Matches, MatchInput, Outcome } from './types.ts'
import { decisionReader } from './decisions.ts'
import { matchRules } from './rules.ts'
import { conflict } from './types.ts'
import { matchUnionids } from './unionids.ts'

export type { Matches, MatchInput, Outcome } from './types.ts'

/**
 * Decides about members without a binding of their own: by an administrator's decision, else by unionid, else by
 * the rules. Whoever has no outcome gets a new account. A userid bound to another person is a conflict until that binding moves away.
 */
export function matchStrangers(strangers: SnapshotMember[], input: MatchInput): Matches {
  const { heldByUserid, settings, state } = input
  const outcomes = new Map<SnapshotMember, Outcome>()
  const unbind: Matches['unbind'] = new Map()
  // A first sync has nobody to match with.
  if (state.accounts.length + state.unbound.length + state.decisions.length === 0 && settings.inactiveMembers)
    return { outcomes, unbind }
  const unplaced = new Set(strangers)
  const decide = decisionReader(input, unplaced)

  const given = new Map<string, SnapshotMember>()
  const ending = new Set<string>()
  const undecided: SnapshotMember[] = []
  for (const member of strangers) {
    const decided = decide(member)
    if (!decided) {
      undecided.push(member)
      continue
    }
    outcomes.set(member, decided)
    if (decided.do === 'bind')
      given.set(decided.account.id, member)
    if (decided.do === 'rebind')
      given.set(decided.held.id, member)
    const occupant = heldByUserid.get(member.userid)
    if (occupant && decided.do !== 'nothing' && decided.do !== 'conflict')
      ending.add(occupant.id)
  }

  const open: SnapshotMember[] = []
  const byUnionid = matchUnionids(undecided, input, given, ending)
  const moved = new Map(given)
  for (const [member, outcome] of byUnionid) {
    outcomes.set(member, outcome)
    if (outcome.do === 'rebind')
      moved.set(outcome.held.id, member)
  }
  for (const member of undecided) {
    const occupant = heldByUserid.get(member.userid)
    if (byUnionid.has(member))
      continue
    if (occupant && !moved.has(occupant.id))
      outcomes.set(member, conflict('recycled', member, [occupant.id], { key: 'recycled' }))
    else if (member.activated === false && !settings.inactiveMembers)
      outcomes.set(member, { do: 'nothing' })
    else open.push(member)
  }
  // Somebody who waits for a decision may be meant all the same.
  const contested = undecided.filter(member => outcomes.get(member)?.do === 'conflict')
  for (const [member, outcome] of matchRules(open, input, moved, unplaced, contested)) outcomes.set(member, outcome)

  // By decision, the new owner of a userid takes it from an account that does not move.
  for (const [member, outcome] of ending.size === 0 ? [] : outcomes) {
    const occupant = heldByUserid.get(member.userid)
    if (occupant && !moved.has(occupant.id) && (outcome.do === 'create' || outcome.do === 'bind' || outcome.do === 'rebind'))
      unbind.set(occupant, outcome.reason)
  }
  return { outcomes, unbind }
}
