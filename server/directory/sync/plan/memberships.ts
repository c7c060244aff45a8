import type { SnapshotMember } from '../snapshot.ts'
import type { DepartmentPlan } from './departments.ts'
import type { Membership } from './types.ts'

/** Where somebody is after the plan: departmentId → leads it. */
export type Placement = ReadonlyMap<string, boolean>

export const nowhere: Placement = new Map()

/**
 * All departments DingTalk names for a member that exist here, in DingTalk's order, and those only the CRM knows.
 * Where DingTalk does not say who leads a department (it cannot be read, or the answer left it out), what we know stays; an
 * answered list without somebody says that they do not. A member without
 * any department keeps theirs. The answer is `current` itself when nothing differs.
 */
export function placement(member: SnapshotMember, departments: DepartmentPlan, current: Placement): Placement {
  if (isPlaced(member, departments, current))
    return current
  const after = new Map<string, boolean>()
  if (member.deptIds.length === 0) {
    for (const [id, leader] of current) {
      if (!departments.removed.has(id))
        after.set(id, leader)
    }
    return after
  }
  for (const deptId of member.deptIds) {
    const id = departments.idOf.get(deptId)
    if (id !== undefined)
      after.set(id, leads(member, deptId, id, departments, current))
  }
  for (const [id, leader] of current) {
    if (departments.own.has(id))
      after.set(id, leader)
  }
  return after
}

/** Nearly everybody is where they were; saying so must not cost memory for each of 50,000 people. */
function isPlaced(member: SnapshotMember, departments: DepartmentPlan, current: Placement): boolean {
  if (current.size === 0 || current.size !== member.deptIds.length)
    return false
  for (const deptId of member.deptIds) {
    const id = departments.idOf.get(deptId)
    if (id === undefined || current.get(id) !== leads(member, deptId, id, departments, current))
      return false
  }
  return new Set(member.deptIds).size === member.deptIds.length
}

function leads(member: SnapshotMember, deptId: number, id: string, departments: DepartmentPlan, current: Placement): boolean {
  const untold = member.leadsUnknown === true || !departments.seen.has(deptId) || departments.leadersUnknown.has(deptId)
  return (untold && current.get(id) === true) || member.leaderIn.includes(deptId)
}

/** The difference between two placements. */
export function compare(before: Placement, after: Placement): { join: Membership[], leave: Membership[], lead: Membership[] } {
  const difference = { join: [] as Membership[], leave: [] as Membership[], lead: [] as Membership[] }
  if (before === after)
    return difference
  for (const [departmentId, leader] of after) {
    const was = before.get(departmentId)
    if (was === undefined)
      difference.join.push({ departmentId, leader })
    else if (was !== leader)
      difference.lead.push({ departmentId, leader })
  }
  for (const [departmentId, leader] of before) {
    if (!after.has(departmentId))
      difference.leave.push({ departmentId, leader })
  }
  return difference
}

/**
 * DingTalk knows no main department (dingtalk-server-api §4.3): the current one while the person is in it, also where an
 * administrator chose it; else the first one the app can read. So it never flips between runs.
 */
export function mainDepartment(current: string | null, after: Placement, member: SnapshotMember, departments: DepartmentPlan): string | null {
  if (current !== null && after.has(current))
    return current
  const first = member.deptIds.find(deptId => departments.seen.has(deptId))
  return (first === undefined ? undefined : departments.idOf.get(first)) ?? after.keys().next().value ?? null
}

/** Where somebody is who was nowhere: the same as `placement` and `mainDepartment`, without a map for each of 50,000. */
export function firstPlacement(member: SnapshotMember, departments: DepartmentPlan): { memberships: Membership[], mainDepartmentId: string | null } {
  const memberships: Membership[] = []
  let main: string | null = null
  for (const [at, deptId] of member.deptIds.entries()) {
    const departmentId = departments.idOf.get(deptId)
    if (departmentId === undefined || member.deptIds.indexOf(deptId) !== at)
      continue
    memberships.push({ departmentId, leader: member.leaderIn.includes(deptId) })
    if (main === null && departments.seen.has(deptId))
      main = departmentId
  }
  return { memberships, mainDepartmentId: main ?? memberships[0]?.departmentId ?? null }
}
