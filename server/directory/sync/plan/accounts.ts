import type { SnapshotMember } from '../snapshot.ts'
import type { HeldAccount } from '../state.ts'
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
  const { snapshot, state, settings, newId } = input
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
  const isStranger = (member: SnapshotMember, held: HeldAccount | undefined) => !held || isAnother(member.unionid, held.unionid)
  const strangers = state.accounts.length === 0 ? chosen : chosen.filter(member => isStranger(member, heldByUserid.get(member.userid)))
  const { outcomes, unbind }: Matches
    = strangers.length === 0 ? { outcomes: new Map(), unbind: new Map() } : matchStrangers(strangers, { ...input, members, heldByUserid })

  /** Ids of the accounts to be made, in advance where they can be somebody's manager: a map of 50,000 takes as long as the rest. */
  const created = new Map(settings.directManager ? strangers.flatMap(member => ((outcomes.get(member) ?? creation).do === 'create' ? [[member, newId()] as const] : [])) : [])
  const managerOf = managerFinder(input, strangers, outcomes, created)
  const following = createFollowing(input, plan, managerOf)
  /** Accounts the plan has said everything about. */
  const settled = new Set<string>()

  for (const member of chosen) {
    const held = heldByUserid.get(member.userid)
    const outcome = (outcomes.size === 0 ? undefined : outcomes.get(member)) ?? (isStranger(member, held) ? creation : undefined)
    if (outcome?.do === 'create') {
      following.create(created.get(member) ?? newId(), member, outcome.reason)
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
