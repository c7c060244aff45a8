import type { Change, UndoReason, Values } from '../changes/types.ts'
import type { HeldAccount, HeldDepartment, State, UnboundAccount } from '../state.ts'

type Person = UnboundAccount & Partial<HeldAccount>

const accountFields = ['name', 'avatar', 'title', 'mobile', 'email', 'jobNumber', 'hiredAt', 'managerId'] as const
const markFields = ['unionid', 'state', 'activated', 'missingSince', 'missingRuns'] as const
const departmentFields = ['deptId', 'parentId', 'name', 'order', 'parentOutOfScope'] as const

/**
 * Tells of each change whether what it made is still there unchanged; only then may it be taken back. Pure.
 * `used`: accounts that have logged in or that something names. `reassigned`: accounts and departments whose roles have changed.
 */
export function createStill(state: Pick<State, 'departments' | 'accounts' | 'unbound' | 'memberships'>, used: ReadonlySet<string>, reassigned: ReadonlySet<string> = new Set()): (change: Change) => UndoReason | undefined {
  const departments = new Map(state.departments.map(entry => [entry.id, entry]))
  const deptIds = new Set(state.departments.map(({ deptId }) => deptId))
  const people = new Map<string, Person>([...state.accounts, ...state.unbound].map(entry => [entry.id, entry]))
  const nowhere = new Map<string, boolean>()

  return ({ kind, targetId, before, after }) => {
    const id = targetId ?? ''
    const department = departments.get(id)
    const person = people.get(id)
    const own = state.memberships.get(id) ?? nowhere
    switch (kind) {
      case 'department.create':
        return same(department, after, departmentFields) ?? (reassigned.has(id) ? 'changed_since' : undefined)
      case 'department.remove':
        return department || deptIds.has(before?.deptId ?? null) ? 'taken' : undefined
      case 'department.rename':
      case 'department.move':
      case 'department.reorder':
      case 'mark.department':
        return same(department, after, departmentFields)
      case 'account.create':
        return used.has(id)
          ? 'in_use'
          : (same(person, notChosen(after), [...accountFields, 'role', 'userid', 'unionid', 'mainDepartmentId', 'mainDepartmentChosen'])
            ?? standing(person, 'active')
            ?? isIn(own, after, true)
            ?? (reassigned.has(id) ? 'changed_since' : undefined))
      case 'account.update':
        return same(person, after, accountFields)
      case 'account.move':
        return same(person, before?.mainDepartmentId === after?.mainDepartmentId ? after : notChosen(after), ['mainDepartmentId', 'mainDepartmentChosen']) ?? moved(own, before, after)
      case 'leadership':
        return isIn(own, after, false)
      case 'account.disable':
        return person?.disabledBy === 'sync' ? standing(person, 'disabled') : 'changed_since'
      case 'account.reenable':
        return standing(person, 'active')
      case 'binding.create':
      case 'binding.change':
        return after === null ? (person && person.userid === undefined ? undefined : 'changed_since') : same(person, after, ['userid', 'unionid'])
      case 'mark.binding':
        return same(person, after, markFields)
      default:
        return 'changed_since'
    }
  }
}

/** The fields that the change speaks of have the recorded values. */
function same(held: HeldDepartment | Person | undefined, after: Values | null, names: ReadonlyArray<keyof Values>): UndoReason | undefined {
  const values = held as Partial<Record<keyof Values, unknown>> | undefined
  const fits
    = values !== undefined && after !== null && names.every(name => !Object.hasOwn(after, name) || (values[name] ?? null) === (after[name] ?? null))
  return fits ? undefined : 'changed_since'
}

/** Another main department was the sync's choice; an administrator may have chosen the same one since. */
function notChosen(after: Values | null): Values | null {
  return after && { ...after, mainDepartmentChosen: false }
}

function standing(person: Person | undefined, status: Person['status']): UndoReason | undefined {
  return person?.status === status ? undefined : 'changed_since'
}

function isIn(own: ReadonlyMap<string, boolean>, after: Values | null, onlyThere: boolean): UndoReason | undefined {
  const wanted = after?.departments ?? []
  const fits = wanted.every(({ departmentId, leader }) => own.get(departmentId) === leader) && (!onlyThere || own.size === wanted.length)
  return fits ? undefined : 'changed_since'
}

/** Still in the departments joined, and not back in those left. */
function moved(own: ReadonlyMap<string, boolean>, before: Values | null, after: Values | null): UndoReason | undefined {
  const old = new Set(before?.departments?.map(({ departmentId }) => departmentId))
  const current = new Set(after?.departments?.map(({ departmentId }) => departmentId))
  const joined = [...current].filter(id => !old.has(id))
  const left = [...old].filter(id => !current.has(id))
  return joined.every(id => own.has(id)) && !left.some(id => own.has(id)) ? undefined : 'changed_since'
}
