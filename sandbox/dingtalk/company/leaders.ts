import type { SandboxDepartment, SandboxMember } from '../types.ts'
import type { Random } from './random.ts'

/** Names leaders (usually one, sometimes two, sometimes none) and fills in direct managers, where known. */
export function appointLeaders(random: Random, departments: SandboxDepartment[], members: SandboxMember[]): void {
  const staff = new Map<number, SandboxMember[]>(departments.map(department => [department.deptId, []]))
  for (const member of members) {
    for (const deptId of member.deptIds) staff.get(deptId)?.push(member)
  }
  for (const department of departments) {
    const people = staff.get(department.deptId) ?? []
    const leaders = people.filter(member => member.leaderIn.includes(department.deptId))
    const wanted = department.parentId === undefined || random.chance(0.1) ? 0 : random.chance(0.15) ? 2 : 1
    for (const candidate of people.filter(member => member.active)) {
      if (leaders.length >= wanted)
        break
      if (!leaders.includes(candidate)) {
        candidate.leaderIn.push(department.deptId)
        leaders.push(candidate)
      }
    }
    department.managerUserids = leaders.map(leader => leader.userid)
    const manager = leaders[0]
    for (const member of people) {
      if (manager !== undefined && manager !== member && member.managerUserid === undefined && random.chance(0.7))
        member.managerUserid = manager.userid
    }
  }
}
