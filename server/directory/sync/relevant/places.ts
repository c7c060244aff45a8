import type { Findings } from '../plan/index.ts'
import type { Snapshot, SnapshotMember } from '../snapshot.ts'
import type { HeldDepartment } from '../state.ts'
import { placeLength } from './lines.ts'

export type Places = ReturnType<typeof createPlaces>

/**
 * Whether people are in the departments the snapshot says, and lead those they should. `selected`: of the snapshot, what
 * the settings let in.
 */
export function createPlaces(held: HeldDepartment[], { snapshot, findings, selected }: { snapshot: Snapshot, findings: Findings, selected: Snapshot }) {
  const shown = new Set(snapshot.departments.map(({ deptId }) => deptId))
  const ours = new Map<number, string>()
  const theirs = new Map<string, number>()
  for (const { id, deptId } of held) {
    // Nobody who is in one that vanishes stays as they are.
    if (deptId === null || (!shown.has(deptId) && findings.departments.get(deptId) === 'gone'))
      continue
    ours.set(deptId, id)
    theirs.set(id, deptId)
  }
  const coming = new Set(selected.departments.flatMap(({ deptId }) => (ours.has(deptId) ? [] : deptId)))

  /** One place of a list: the department, and whether the member leads it as they should. */
  function fits({ deptIds, leaderIn }: SnapshotMember, list: string, at: number): boolean {
    const deptId = theirs.get(list.slice(at, at + placeLength - 1))
    return deptId !== undefined && deptIds.includes(deptId) && leaderIn.includes(deptId) === (list[at + placeLength - 1] === '1')
  }

  return {
    /** `main`: begins with the main department's place; `further`: the places beside it. */
    fit(member: SnapshotMember, main: string, further: string | undefined): boolean {
      const { deptIds } = member
      let number = 0
      for (const [at, deptId] of deptIds.entries()) {
        if (coming.has(deptId))
          return false
        if (ours.has(deptId) && (at === 0 || deptIds.indexOf(deptId) === at))
          number++
      }
      if (number !== 1 + (further?.length ?? 0) / placeLength || !fits(member, main, 0))
        return false
      for (let at = 0; at < (further?.length ?? 0); at += placeLength) {
        if (!fits(member, further!, at))
          return false
      }
      return true
    },
  }
}
