import type { Plan } from '../../../server/directory/sync/plan/index.ts'
import type { State, UnboundAccount } from '../../../server/directory/sync/state.ts'

/** What the database does with a plan, on a copy of the state. */
export function applyInMemory(state: State, plan: Plan, now = 0): State {
  const next = structuredClone(state)
  const { create, update, remove } = plan.departments
  next.departments.push(...create.map(({ id, deptId, after }) => ({ id, deptId, ...after })))
  for (const { id, after } of update) {
    Object.assign(
      next.departments.find(entry => entry.id === id)!,
      after,
    )
  }

  const account = (id: string): UnboundAccount => [...next.accounts, ...next.unbound].find(entry => entry.id === id)!
  const own = (id: string) => {
    const found = next.memberships.get(id) ?? new Map<string, boolean>()
    next.memberships.set(id, found)
    return found
  }
  const free = (id: string): UnboundAccount => {
    const found = account(id)
    next.accounts = next.accounts.filter(entry => entry !== found)
    next.unbound = next.unbound.filter(entry => entry !== found)
    return found
  }

  const unbound = plan.bindings.change.map(({ accountId }) => free(accountId))
  plan.bindings.change.forEach(({ after }, index) => {
    if (after)
      next.accounts.push({ ...unbound[index]!, ...after })
    else next.unbound.push(unbound[index]!)
  })
  for (const { accountId, userid, after } of plan.bindings.create) {
    const found = free(accountId)
    next.accounts.push({ ...found, userid, ...after })
  }
  for (const { id, userid, unionid, activated, role, fields, memberships, mainDepartmentId } of plan.accounts.create) {
    next.accounts.push({
      id,
      userid,
      unionid,
      activated,
      role: role === 'admin' ? role : 'member',
      ...fields,
      mainDepartmentId,
      state: 'present',
      status: 'active',
      disabledBy: null,
      disabledAt: null,
      mainDepartmentChosen: false,
      lastLoginAt: null,
      missingSince: null,
      missingRuns: 0,
    })
    memberships.forEach(({ departmentId, leader }) => own(id).set(departmentId, leader))
  }
  for (const { userid, after } of plan.bindings.mark) {
    Object.assign(
      next.accounts.find(entry => entry.userid === userid)!,
      after,
    )
  }

  for (const { id, after } of plan.accounts.update) Object.assign(account(id), after)
  for (const { held } of plan.accounts.disable) Object.assign(account(held.id), { status: 'disabled', disabledBy: 'sync', disabledAt: now })
  for (const { held } of plan.accounts.reenable) Object.assign(account(held.id), { status: 'active', disabledBy: null, disabledAt: null })
  for (const { accountId, join, leave, main, chosen } of plan.moves) {
    join.forEach(({ departmentId, leader }) => own(accountId).set(departmentId, leader))
    leave.forEach(({ departmentId }) => own(accountId).delete(departmentId))
    account(accountId).mainDepartmentId = main.after
    if (chosen && main.before !== main.after)
      account(accountId).mainDepartmentChosen = false
  }
  for (const { accountId, departments } of plan.leadership)
    departments.forEach(({ departmentId, leader }) => own(accountId).set(departmentId, leader))

  // Foreign keys: memberships go with a department, main departments become empty.
  const removed = new Set(remove.map(({ held }) => held.id))
  next.departments = next.departments.filter(({ id }) => !removed.has(id))
  for (const departments of next.memberships.values()) removed.forEach(id => departments.delete(id))
  for (const entry of [...next.accounts, ...next.unbound]) {
    if (entry.mainDepartmentId !== null && removed.has(entry.mainDepartmentId))
      entry.mainDepartmentId = null
  }
  if (new Set(next.accounts.map(({ userid }) => userid)).size !== next.accounts.length)
    throw new Error('two accounts have one userid')
  return next
}
