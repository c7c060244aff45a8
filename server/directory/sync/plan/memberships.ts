import type { SnapshotMember } from '../snapshot.ts'
import type { DepartmentPlan } from './departments.ts'
import type { MembershipChange } from './types.ts'

/** Where somebody is after the plan: departmentId → leads it. */
export type Placement = Map<string, boolean>

const nowhere: ReadonlyMap<string, boolean> = new Map()

/**
 * All departments DingTalk names for a member that exist here, in DingTalk's order, and those only the CRM knows.
 * Of departments the app cannot read, DingTalk does not say who leads them: what we know stays. A member without
 * any department keeps theirs.
 */
export function placement(member: SnapshotMember, departments: DepartmentPlan, current: ReadonlyMap<string, boolean> = nowhere): Placement {
  if (member.deptIds.length === 0)
    return new Map([...current].filter(([id]) => !departments.removed.has(id)))
  const named = member.deptIds.flatMap((deptId) => {
    const id = departments.idOf.get(deptId)
    const known = !departments.seen.has(deptId) && id !== undefined && current.get(id)
    return id === undefined ? [] : [[id, known || member.leaderIn.includes(deptId)] as const]
  })
  return new Map([...named, ...[...current].filter(([id]) => departments.own.has(id))])
}

/** The difference between two placements; undefined when there is none. */
export function membershipChange(accountId: string, before: ReadonlyMap<string, boolean>, after: Placement): MembershipChange | undefined {
  const put = Array.from(after, ([departmentId, leader]) => ({ departmentId, leader })).filter(({ departmentId, leader }) => before.get(departmentId) !== leader)
  const remove = [...before.keys()].filter(departmentId => !after.has(departmentId))
  return put.length + remove.length > 0 ? { accountId, put, remove } : undefined
}

/**
 * DingTalk knows no main department (dingtalk-server-api §4.3): the current one while the person is in it, else
 * the first one the app can read, so that it never flips between runs.
 */
export function mainDepartment(current: string | null, after: Placement, member: SnapshotMember, departments: DepartmentPlan): string | null {
  if (current !== null && after.has(current))
    return current
  const first = member.deptIds.find(deptId => departments.seen.has(deptId))
  return (first === undefined ? undefined : departments.idOf.get(first)) ?? after.keys().next().value ?? null
}
