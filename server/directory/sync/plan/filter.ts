import type { SyncSettings } from '#contract/sync/index.ts'
import type { Snapshot, SnapshotMember } from '../snapshot.ts'

type Filters = Pick<SyncSettings, 'includeDepartments' | 'excludeDepartments'>

export interface Selected {
  /** What the settings let in, as if the app could read nothing else. */
  snapshot: Snapshot
  /** userids DingTalk shows and the settings leave out. */
  excluded: ReadonlySet<string>
}

/**
 * Leaves out what the settings leave out. A department belongs to the nearest of it and its ancestors that is
 * named; a person is in when one of their departments is. A department the snapshot does not show counts as
 * itself alone.
 */
export function selectDepartments(
  snapshot: Snapshot,
  { includeDepartments, excludeDepartments }: Filters,
  parents: ReadonlyMap<number, number | undefined>,
): Selected {
  if (includeDepartments.length + excludeDepartments.length === 0)
    return { snapshot, excluded: new Set() }
  const named = new Map<number, boolean>([
    ...includeDepartments.map(id => [id, true] as const),
    ...excludeDepartments.map(id => [id, false] as const),
  ])
  const byDefault = includeDepartments.length === 0
  const decided = new Map<number, boolean>()

  const excluded = new Set<string>()
  const isIn = ({ deptIds }: SnapshotMember) => (deptIds.length === 0 ? byDefault : deptIds.some(selects))
  const members = snapshot.members.filter((member) => {
    const inside = isIn(member)
    if (!inside)
      excluded.add(member.userid)
    return inside
  })
  return { snapshot: { ...snapshot, departments: snapshot.departments.filter(({ deptId }) => selects(deptId)), members }, excluded }

  function selects(deptId: number): boolean {
    const path = new Set<number>()
    let answer: boolean | undefined
    for (
      let current: number | undefined = deptId;
      answer === undefined && current !== undefined && !path.has(current);
      current = parents.get(current)
    ) {
      answer = named.get(current) ?? decided.get(current)
      path.add(current)
    }
    for (const passed of path) decided.set(passed, answer ?? byDefault)
    return answer ?? byDefault
  }
}
