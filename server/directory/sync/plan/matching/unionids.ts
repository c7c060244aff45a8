import type { SnapshotMember } from '../../snapshot.ts'
import type { HeldAccount } from '../../state.ts'
import type { MatchInput, Outcome } from './types.ts'
import { conflict } from './types.ts'

/**
 * Members whose unionid we know under another userid: the userid was changed, or they left and were hired again.
 * Their binding follows them when it is the only one with this unionid, its old userid is vacant, and the new one
 * is free. `settled` are accounts whose binding passes to a member by decision, `ending` those that lose it by one
 * unless it moves.
 */
export function matchUnionids(
  strangers: SnapshotMember[],
  input: MatchInput,
  settled: ReadonlyMap<string, SnapshotMember>,
  ending: ReadonlySet<string>,
): Map<SnapshotMember, Outcome> {
  const outcomes = new Map<SnapshotMember, Outcome>()
  if (input.state.accounts.length === 0)
    return outcomes
  const claimants = Map.groupBy(
    strangers.filter(({ unionid }) => unionid),
    ({ unionid }) => unionid ?? '',
  )
  const known = Map.groupBy(
    input.state.accounts.filter(({ id, unionid }) => claimants.has(unionid) && (settled.get(id)?.unionid ?? unionid) === unionid),
    ({ unionid }) => unionid,
  )
  const moving = new Map<string, { member: SnapshotMember, held: HeldAccount }>()
  for (const [unionid, holders] of known) {
    const members = claimants.get(unionid) ?? []
    const [held] = holders
    const [member] = members
    if (held && member && holders.length === 1 && members.length === 1 && isVacant(held, input) && !settled.has(held.id)) {
      moving.set(held.id, { member, held })
      continue
    }
    const candidates = holders.map(({ id }) => id).filter(id => !ending.has(id))
    if (candidates.length === 0)
      continue
    const kind = holders.length > 1 || members.length > 1 ? 'ambiguous' : 'taken'
    for (const claimant of members) outcomes.set(claimant, conflict(kind, claimant, candidates, { key: 'unionid_taken' }))
  }

  // A userid is free when its binding moves as well (userids can be swapped), so drop until nothing has to be dropped.
  for (let before = -1; before !== moving.size;) {
    before = moving.size
    for (const [id, { member, held }] of moving) {
      const occupant = input.heldByUserid.get(member.userid)
      if (occupant && !moving.has(occupant.id) && !settled.has(occupant.id)) {
        moving.delete(id)
        outcomes.set(member, conflict('recycled', member, [occupant.id, held.id], { key: 'recycled' }))
      }
    }
  }
  for (const { member, held } of moving.values())
    outcomes.set(member, { do: 'rebind', held, reason: { key: 'same_unionid', values: { userid: held.userid } } })
  return outcomes
}

/** Nobody with this unionid uses the old userid any more: DingTalk says it is gone, or shows another person there. */
function isVacant({ userid, unionid, state, status }: HeldAccount, { members, findings }: MatchInput): boolean {
  const shown = members.get(userid)
  if (shown)
    return Boolean(shown.unionid) && shown.unionid !== unionid
  return findings.people.get(userid) === 'gone' || (state === 'gone' && status === 'disabled')
}
