import type { SnapshotMember } from '../snapshot.ts'
import type { HeldAccount, UnboundAccount } from '../state.ts'
import type { PeoplePlan } from './accounts.ts'
import type { Input } from './input.ts'
import type { ManagerOf } from './managers.ts'
import type { BindingMarks, Reason } from './types.ts'
import { followedFields, newFields, pickFields } from './fields.ts'
import { compare, firstPlacement, mainDepartment, nowhere, placement } from './memberships.ts'
import { pickMarks, sameMarks, seenMarks } from './missing.ts'

const follows: Reason = { key: 'follows' }

/** What a member's account becomes, whichever way the two were matched; added to `plan`. */
export function createFollowing({ state, settings, departments, roleFor }: Input, plan: PeoplePlan, managerOf: ManagerOf) {
  return {
    /** A member and the account bound to their userid. */
    follow(held: HeldAccount, member: SnapshotMember): void {
      mark(held, seenMarks(held, 'present', held.unionid || (member.unionid ?? ''), member.activated ?? held.activated))
      take(held, member)
    },

    create(id: string, member: SnapshotMember, reason: Reason): void {
      plan.accounts.create.push({
        id,
        userid: member.userid,
        unionid: member.unionid ?? '',
        activated: member.activated ?? true,
        role: roleFor(member.deptIds),
        fields: newFields(member, managerOf(member, id, null)),
        ...firstPlacement(member, departments),
        reason,
      })
    },

    bind(account: UnboundAccount, member: SnapshotMember, reason: Reason): void {
      plan.bindings.create.push({ accountId: account.id, userid: member.userid, after: fresh(member, member.activated ?? true), reason })
      take(account, member)
    },

    /** The same person under a new userid (or, by decision, with a new unionid). */
    rebind(held: HeldAccount, member: SnapshotMember, reason: Reason): void {
      plan.bindings.change.push({
        accountId: held.id,
        name: held.name,
        before: { userid: held.userid, ...pickMarks(held) },
        after: { userid: member.userid, ...fresh(member, member.activated ?? held.activated) },
        reason,
      })
      take(held, member)
    },

    /** Their userid passes to the person who has it now; nobody is behind this account any more. */
    unbind(held: HeldAccount, reason: Reason): void {
      plan.bindings.change.push({ accountId: held.id, name: held.name, before: { userid: held.userid, ...pickMarks(held) }, after: null, reason })
      if (held.status === 'active')
        plan.accounts.disable.push({ held, reason: { key: 'recycled' } })
    },
  }

  function take(account: UnboundAccount, member: SnapshotMember): void {
    const after = followedFields(account, member, settings.fields, managerOf(member, account.id, account.managerId))
    if (after)
      plan.accounts.update.push({ id: account.id, before: pickFields(account), after, reason: follows })
    // Who was disabled by an administrator stays so: that was a decision, not an observation.
    if (account.status === 'disabled' && account.disabledBy === 'sync')
      plan.accounts.reenable.push({ held: account, reason: { key: 'back' } })
    place(account, member)
  }

  function place({ id, mainDepartmentId, mainDepartmentChosen }: UnboundAccount, member: SnapshotMember): void {
    const before = state.memberships.get(id) ?? nowhere
    const after = placement(member, departments, before)
    const main = { before: mainDepartmentId, after: mainDepartment(mainDepartmentId, after, member, departments) }
    if (before === after && main.before === main.after)
      return
    const { join, leave, lead } = compare(before, after)
    if (join.length + leave.length > 0 || main.before !== main.after)
      plan.moves.push({ accountId: id, join, leave, main, chosen: mainDepartmentChosen, reason: follows })
    if (lead.length > 0)
      plan.leadership.push({ accountId: id, departments: lead, reason: follows })
  }

  function mark(held: HeldAccount, after: BindingMarks): void {
    if (!sameMarks(held, after))
      plan.bindings.mark.push({ userid: held.userid, accountId: held.id, before: pickMarks(held), after })
  }
}

function fresh(member: SnapshotMember, activated: boolean): BindingMarks {
  return { unionid: member.unionid ?? '', state: 'present', activated, missingSince: null, missingRuns: 0 }
}
