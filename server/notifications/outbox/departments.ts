import type { DepartmentReceivers } from './types.ts'

/** Departments of one call, and people one call may reach (dingtalk-server-api §5.1). */
const departmentsACall = 20
export const peopleACall = 5000

export interface DepartmentCall {
  deptIds: number[]
  receivers: number
}

/**
 * As few calls as fit: none with more departments than DingTalk takes, none with more people than may be sent to in a minute. A
 * department that alone is larger has a call to itself.
 */
export function packDepartments(departments: readonly DepartmentReceivers[], receiversPerMinute: number): DepartmentCall[] {
  const atMost = Math.min(peopleACall, receiversPerMinute)
  const calls: DepartmentCall[] = []
  for (const { id, people } of departments.toSorted((a, b) => b.people - a.people)) {
    const call = calls.find(({ deptIds, receivers }) => deptIds.length < departmentsACall && receivers + people <= atMost)
    if (call) {
      call.deptIds.push(id)
      call.receivers += people
    }
    else {
      calls.push({ deptIds: [id], receivers: people })
    }
  }
  return calls
}
