import type { Snapshot, SnapshotMember } from '../snapshot.ts'
import type { HeldAccount, State } from '../state.ts'
import type { DepartmentPlan } from './departments.ts'
import type { AccountFields, BindingFields, Findings, Plan } from './types.ts'
import { mainDepartment, membershipChange, placement } from './memberships.ts'
import { spareAdministrator } from './spare-administrator.ts'

const fieldNames = ['name', 'avatar', 'title', 'mobile', 'email', 'jobNumber', 'hiredAt'] as const

const unknownPerson: AccountFields = { name: '', avatar: null, title: null, mobile: null, email: null, jobNumber: null, hiredAt: null }

type AccountPart = Omit<Plan, 'departments'>

/**
 * People follow DingTalk, matched by userid. The same userid with another unionid is another person and inherits
 * nothing. Missing people are disabled only when DingTalk said that they are gone, and never the last administrator.
 */
export function planAccounts(snapshot: Snapshot, state: State, findings: Findings, departments: DepartmentPlan, newId: () => string): AccountPart {
  const plan: AccountPart = { accounts: { create: [], update: [], disable: [], reenable: [] }, bindings: [], memberships: [], mainDepartments: [], kept: [] }
  const missing = new Map(state.accounts.map(entry => [entry.userid, entry]))
  const members = new Map(snapshot.members.map(member => [member.userid, member]))
  for (const member of members.values()) {
    const held = missing.get(member.userid)
    missing.delete(member.userid)
    if (!held)
      create(member)
    else if (held.unionid && member.unionid && held.unionid !== member.unionid)
      plan.kept.push({ userid: held.userid, name: held.name, why: 'other_person' })
    else
      follow(held, member)
  }
  for (const held of missing.values())
    miss(held)
  spareAdministrator(plan, state)
  return plan

  function create(member: SnapshotMember): void {
    const id = newId()
    plan.accounts.create.push({
      id,
      userid: member.userid,
      unionid: member.unionid ?? '',
      activated: member.activated ?? true,
      fields: merge(unknownPerson, member),
    })
    place(id, member, undefined, null)
  }

  function follow(held: HeldAccount, member: SnapshotMember): void {
    const before = pick(held)
    const after = merge(before, member)
    if (fieldNames.some(name => before[name] !== after[name]))
      plan.accounts.update.push({ id: held.id, before, after })
    // Who was disabled by an administrator stays so: that was a decision, not an observation.
    if (held.status === 'disabled' && held.disabledBy === 'sync')
      plan.accounts.reenable.push(held)
    bind(held, { unionid: held.unionid || (member.unionid ?? ''), state: 'present', activated: member.activated ?? held.activated })
    place(held.id, member, state.memberships.get(held.id), held.mainDepartmentId)
  }

  function place(accountId: string, member: SnapshotMember, current: Map<string, boolean> | undefined, currentMain: string | null): void {
    const after = placement(member, departments, current)
    const change = membershipChange(accountId, current ?? new Map(), after)
    if (change)
      plan.memberships.push(change)
    const departmentId = mainDepartment(currentMain, after, member, departments)
    if (departmentId !== currentMain)
      plan.mainDepartments.push({ accountId, departmentId })
  }

  function miss(held: HeldAccount): void {
    // Known to be gone, and done with; DingTalk would have shown them again had they come back.
    if (held.state === 'gone' && held.status === 'disabled')
      return
    const verdict = findings.people.get(held.userid) ?? 'uncertain'
    if (verdict === 'uncertain') {
      plan.kept.push({ userid: held.userid, name: held.name, why: 'uncertain' })
      return
    }
    bind(held, { ...held, state: verdict === 'gone' ? 'gone' : 'out_of_scope' })
    if (verdict === 'outOfScope')
      plan.kept.push({ userid: held.userid, name: held.name, why: 'out_of_scope' })
    else if (held.status === 'active')
      plan.accounts.disable.push(held)
  }

  function bind({ userid, ...before }: HeldAccount, after: BindingFields): void {
    if (before.unionid !== after.unionid || before.state !== after.state || before.activated !== after.activated)
      plan.bindings.push({ userid, before: bindingFields(before), after: bindingFields(after) })
  }
}

function pick({ name, avatar, title, mobile, email, jobNumber, hiredAt }: AccountFields): AccountFields {
  return { name, avatar, title, mobile, email, jobNumber, hiredAt }
}

function bindingFields({ unionid, state, activated }: BindingFields): BindingFields {
  return { unionid, state, activated }
}

/** What DingTalk does not tell (not filled in, or no permission for the field) leaves what we have. */
function merge(before: AccountFields, member: SnapshotMember): AccountFields {
  return {
    name: member.name || before.name,
    avatar: member.avatar ?? before.avatar,
    title: member.title ?? before.title,
    mobile: member.mobile ?? before.mobile,
    email: member.email ?? before.email,
    jobNumber: member.jobNumber ?? before.jobNumber,
    hiredAt: member.hiredAt ?? before.hiredAt,
  }
}
