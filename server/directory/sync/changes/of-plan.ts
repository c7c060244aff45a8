import type { AccountFields, BindingMarks, DepartmentUpdate, Plan } from '../plan/types.ts'
import type { HeldAccount, State, UnboundAccount } from '../state.ts'
import type { Change, Values } from './types.ts'

const fieldNames = ['name', 'avatar', 'title', 'mobile', 'email', 'jobNumber', 'hiredAt', 'managerId'] as const

const facets = {
  rename: ['department.rename', 'name'],
  move: ['department.move', 'parentId'],
  reorder: ['department.reorder', 'order'],
  mark: ['mark.department', 'parentOutOfScope'],
} as const satisfies Record<DepartmentUpdate['what'][number], unknown>

/** Each difference of a plan as it is recorded, one after the other, so that a large plan is never held twice. */
export function* changesOf(plan: Plan, state: State): Generator<Change> {
  yield* departmentChanges(plan)
  const people = peopleOf(plan, state)
  const about = ({ id, name, userid }: UnboundAccount & Partial<HeldAccount>) => ({ targetType: 'account', targetId: id, userid: userid ?? null, name }) as const
  const person = (id: string) => {
    const known = people.get(id)
    return known ? about(known) : ({ targetType: 'account', targetId: id, userid: null, name: '' } as const)
  }

  for (const { id, userid, unionid, activated, role, fields, memberships, mainDepartmentId, reason } of plan.accounts.create) {
    yield {
      kind: 'account.create',
      targetType: 'account',
      targetId: id,
      userid,
      name: fields.name,
      before: null,
      after: {
        ...fields,
        ...(role === 'admin' ? { role } : { role: 'member', assignedRole: role }),
        userid,
        unionid,
        activated,
        state: 'present',
        missingSince: null,
        missingRuns: 0,
        source: 'sync',
        departments: memberships,
        mainDepartmentId,
      },
      reason,
    }
  }
  for (const { id, before, after, reason } of plan.accounts.update)
    yield { kind: 'account.update', ...person(id), ...differing(before, after), reason }
  for (const { accountId, join, leave, main, chosen, reason } of plan.moves) {
    // Only the main department that was chosen is; an undo has to know.
    const moves = chosen && main.before !== main.after
    const current = Array.from(state.memberships.get(accountId) ?? [], ([departmentId, leader]) => ({ departmentId, leader }))
    const left = new Set(leave.map(({ departmentId }) => departmentId))
    yield {
      kind: 'account.move',
      ...person(accountId),
      before: { departments: current, mainDepartmentId: main.before, ...(moves && { mainDepartmentChosen: true }) },
      after: { departments: [...current.filter(({ departmentId }) => !left.has(departmentId)), ...join], mainDepartmentId: main.after, ...(moves && { mainDepartmentChosen: false }) },
      reason,
    }
  }
  for (const { accountId, departments, reason } of plan.leadership) {
    const current = state.memberships.get(accountId)
    const before = departments.map(({ departmentId }) => ({ departmentId, leader: current?.get(departmentId) ?? false }))
    yield { kind: 'leadership', ...person(accountId), before: { departments: before }, after: { departments }, reason }
  }
  for (const { held, reason } of plan.accounts.disable)
    yield { kind: 'account.disable', ...about(held), before: standing(held), after: { status: 'disabled', disabledBy: 'sync' }, reason }
  for (const { held, reason } of plan.accounts.reenable) {
    yield {
      kind: 'account.reenable',
      ...about(held),
      before: standing(held),
      after: { status: 'active', disabledBy: null, disabledAt: null },
      reason,
    }
  }
  for (const { accountId, userid, after, reason } of plan.bindings.create)
    yield { kind: 'binding.create', ...person(accountId), userid, before: null, after: { userid, ...marks(after), source: 'sync' }, reason }
  for (const { accountId, name, before, after, reason } of plan.bindings.change) {
    yield {
      kind: 'binding.change',
      ...person(accountId),
      name,
      userid: after?.userid ?? before.userid,
      before: { userid: before.userid, ...marks(before) },
      after: after && { userid: after.userid, ...marks(after) },
      reason,
    }
  }
  for (const { accountId, userid, before, after } of plan.bindings.mark)
    yield { kind: 'mark.binding', targetType: 'account', targetId: accountId, userid, name: '', before: marks(before), after: marks(after), reason: { key: 'follows' } }
  for (const { kind, member, candidates, reason } of plan.conflicts) {
    yield {
      kind: 'conflict',
      targetType: 'member',
      targetId: null,
      userid: member.userid,
      name: member.name || member.userid,
      before: null,
      after: { candidates },
      reason: { ...reason, values: { ...reason.values, conflict: kind } },
    }
  }
}

/** Those of whom a plan speaks by their id alone; usually few of many. */
function peopleOf({ accounts: { update }, moves, leadership, bindings }: Plan, state: State): Map<string, UnboundAccount & Partial<HeldAccount>> {
  const wanted = new Set([
    ...update.map(({ id }) => id),
    ...[...moves, ...leadership, ...bindings.create, ...bindings.change].map(({ accountId }) => accountId),
  ])
  const people = new Map<string, UnboundAccount & Partial<HeldAccount>>()
  for (const list of wanted.size === 0 ? [] : [state.accounts, state.unbound]) {
    for (const entry of list) {
      if (wanted.has(entry.id))
        people.set(entry.id, entry)
    }
  }
  return people
}

function* departmentChanges({ departments: { create, update, remove } }: Plan): Generator<Change> {
  for (const { id, deptId, after, reason } of create) {
    yield {
      kind: 'department.create',
      targetType: 'department',
      targetId: id,
      userid: null,
      name: after.name,
      before: null,
      after: { deptId, ...after },
      reason,
    }
  }
  for (const { id, before, after, what, reason } of update) {
    for (const facet of what) {
      const [kind, field] = facets[facet]
      yield {
        kind,
        targetType: 'department',
        targetId: id,
        userid: null,
        name: before.name,
        before: { [field]: before[field] },
        after: { [field]: after[field] },
        reason,
      }
    }
  }
  for (const {
    held: { id, ...values },
    reason,
  } of remove)
    yield { kind: 'department.remove', targetType: 'department', targetId: id, userid: null, name: values.name, before: values, after: null, reason }
}

function differing(before: AccountFields, after: AccountFields): { before: Values, after: Values } {
  const names = fieldNames.filter(name => before[name] !== after[name])
  const pick = (values: AccountFields): Values => Object.fromEntries(names.map(name => [name, values[name]]))
  return { before: pick(before), after: pick(after) }
}

function standing({ status, disabledBy, disabledAt }: UnboundAccount): Values {
  return { status, disabledBy, disabledAt }
}

function marks({ unionid, state, activated, missingSince, missingRuns }: BindingMarks): Values {
  return { unionid, state, activated, missingSince, missingRuns }
}
