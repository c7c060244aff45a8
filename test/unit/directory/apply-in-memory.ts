import type { Plan } from '../../../server/directory/sync/plan/index.ts'
import type { State } from '../../../server/directory/sync/state.ts'

/** What the database does with a plan, on a copy of the state. */
export function applyInMemory(state: State, plan: Plan): State {
  const next = structuredClone(state)
  const { create, update, remove } = plan.departments
  next.departments.push(...create.map(({ id, deptId, after }) => ({ id, deptId, ...after })))
  for (const { id, after } of update)
    Object.assign(next.departments.find(entry => entry.id === id)!, after)

  for (const { id, userid, unionid, activated, fields } of plan.accounts.create) {
    next.accounts.push({ id, userid, unionid, activated, ...fields, state: 'present', role: 'member', status: 'active', disabledBy: null, mainDepartmentId: null, lastLoginAt: null })
    next.memberships.set(id, new Map())
  }
  const account = (id: string) => next.accounts.find(entry => entry.id === id)!
  for (const { id, after } of plan.accounts.update)
    Object.assign(account(id), after)
  for (const { id } of plan.accounts.disable)
    Object.assign(account(id), { status: 'disabled', disabledBy: 'sync' })
  for (const { id } of plan.accounts.reenable)
    Object.assign(account(id), { status: 'active', disabledBy: null })
  for (const { userid, after } of plan.bindings)
    Object.assign(next.accounts.find(entry => entry.userid === userid)!, after)
  for (const { accountId, departmentId } of plan.mainDepartments)
    account(accountId).mainDepartmentId = departmentId
  for (const { accountId, put, remove } of plan.memberships) {
    const own = next.memberships.get(accountId)!
    put.forEach(({ departmentId, leader }) => own.set(departmentId, leader))
    remove.forEach(departmentId => own.delete(departmentId))
  }

  // Foreign keys: memberships go with a department, main departments become empty.
  const removed = new Set(remove.map(({ id }) => id))
  next.departments = next.departments.filter(({ id }) => !removed.has(id))
  for (const own of next.memberships.values())
    removed.forEach(id => own.delete(id))
  for (const entry of next.accounts) {
    if (entry.mainDepartmentId !== null && removed.has(entry.mainDepartmentId))
      entry.mainDepartmentId = null
  }
  return next
}
