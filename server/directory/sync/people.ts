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
    /**
     * Who was somewhere else by the time another department was read: the departments they named, as far as they were
     * read (`read`), are not those that listed them.
     */
    moved: (read: ReadonlyMap<number, unknown>): string[] =>
      [...people.values()].flatMap(({ userid, deptIds }) => {
        const listed = new Set(listedIn.get(userid))
        if (listed.size === 0 || deptIds.length === 0)
          return []
        const named = deptIds.filter(deptId => read.has(deptId))
        return named.length === listed.size && named.every(deptId => listed.has(deptId)) ? [] : [userid]
      }),
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
