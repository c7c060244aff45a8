import type { SnapshotMember } from '../snapshot.ts'
import type { Selected } from './filter.ts'
import type { Input } from './input.ts'
import type { Matches, Outcome } from './matching/index.ts'
import type { Plan } from './types.ts'
import { byUserid } from '../snapshot.ts'
import { createFollowing } from './following.ts'
import { planLeavers } from './leavers.ts'
import { managerFinder } from './managers.ts'
import { matchStrangers } from './matching/index.ts'
import { spareAdministrator } from './spare-administrator.ts'

/** One for all: a first sync creates everybody. */
const creation: Outcome = { do: 'create', reason: { key: 'new' } }

export type PeoplePlan = Omit<Plan, 'departments'>

/**
 * People follow DingTalk, matched by userid and guarded by unionid; matching/ decides about everybody else. Missing
 * people are disabled only when DingTalk said that they are gone, and never the last administrator.
 */
export function planAccounts(input: Input, { snapshot: selected, excluded }: Selected): PeoplePlan {
  const { snapshot, state, newId } = input
  const plan: PeoplePlan = {
    accounts: { create: [], update: [], disable: [], reenable: [] },
    moves: [],
    leadership: [],
    bindings: { create: [], change: [], mark: [] },
    conflicts: [],
    kept: [],
  }
  const members = byUserid(snapshot)
  const heldByUserid = new Map(state.accounts.map(held => [held.userid, held]))
  const isAnother = (unionid: string | undefined, held: string) => Boolean(unionid && held) && unionid !== held

  // Only one entry for each userid counts, the last: a duplicate is the same person listed by another department.
  const chosen = selected.members.filter(member => !state.unchanged?.has(member.userid) && (members.size === snapshot.members.length || members.get(member.userid) === member))
  const strangers = chosen.filter((member) => {
    const held = heldByUserid.get(member.userid)
    return !held || isAnother(member.unionid, held.unionid)
  })
  const { outcomes, unbind }: Matches
    = strangers.length === 0 ? { outcomes: new Map(), unbind: new Map() } : matchStrangers(strangers, { ...input, members, heldByUserid })

  /** Ids of the accounts to be made, in advance, so that they can be somebody's manager. */
  const created = new Map<SnapshotMember, string>()
  for (const member of strangers) {
    if ((outcomes.get(member) ?? creation).do === 'create')
      created.set(member, newId())
  }
  const managerOf = managerFinder(input, strangers, outcomes, created)
  const following = createFollowing(input, plan, managerOf)
  /** Accounts the plan has said everything about. */
  const settled = new Set<string>()

  for (const member of chosen) {
    const id = created.get(member)
    const outcome = outcomes.get(member) ?? (id === undefined ? undefined : creation)
    const held = heldByUserid.get(member.userid)
    if (id !== undefined && outcome?.do === 'create') {
      following.create(id, member, outcome.reason)
    }
    else if (outcome?.do === 'bind') {
      following.bind(outcome.account, member, outcome.reason)
    }
    else if (outcome?.do === 'rebind') {
      following.rebind(outcome.held, member, outcome.reason)
      settled.add(outcome.held.id)
    }
    else if (outcome?.do === 'conflict') {
      plan.conflicts.push(outcome.conflict)
    }
    else if (!outcome && held) {
      following.follow(held, member)
      settled.add(held.id)
    }
  }
  for (const [held, reason] of unbind) {
    following.unbind(held, reason)
    settled.add(held.id)
  }
  planLeavers(input, plan, { settled, excluded, members, isAnother })
  spareAdministrator(plan, state)
  return plan
}
