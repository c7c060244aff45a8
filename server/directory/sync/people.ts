import type { SnapshotMember } from './snapshot.ts'

/** Collects members by userid: somebody in several departments is listed by each of them. */
export function createPeople() {
  const people = new Map<string, SnapshotMember>()
  const listedIn = new Map<string, number[]>()
  const leaders = new Map<string, number[]>()

  return {
    size: () => people.size,
    /** `deptId` is the department that listed the member; absent for one read alone. */
    add(member: SnapshotMember, deptId?: number): void {
      people.set(member.userid, member)
      if (deptId !== undefined)
        append(listedIn, member.userid, deptId)
      for (const led of member.leaderIn) append(leaders, member.userid, led)
    },
    leads(deptId: number, userids: string[]): void {
      for (const userid of userids) append(leaders, userid, deptId)
    },
    /** A member without departments is in those that listed it; only a member of a department leads it. */
    list: (): SnapshotMember[] =>
      Array.from(people.values(), (member) => {
        const deptIds = member.deptIds.length > 0 ? member.deptIds : [...new Set(listedIn.get(member.userid))]
        const leaderIn = [...new Set(leaders.get(member.userid))].filter(deptId => deptIds.includes(deptId))
        return { ...member, deptIds, leaderIn }
      }),
  }
}

function append(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key)
  if (list)
    list.push(value)
  else lists.set(key, [value])
}
