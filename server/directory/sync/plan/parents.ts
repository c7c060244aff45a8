import type { Snapshot } from '../snapshot.ts'
import type { HeldDepartment, State } from '../state.ts'
import type { Findings } from './types.ts'

/**
 * dept_id → dept_id above it, as DingTalk shows it; where an event names only a part, the rest is as we hold it,
 * without what is gone. It may contain cycles.
 */
export function parentIds(snapshot: Snapshot, state: Pick<State, 'departments'>, findings: Findings): Map<number, number | undefined> {
  const parents = new Map<number, number | undefined>()
  if (snapshot.partial) {
    const held = new Map(state.departments.map(entry => [entry.id, entry]))
    const shown = new Set(snapshot.departments.map(({ deptId }) => deptId))
    const isGone = ({ deptId }: HeldDepartment) => deptId !== null && !shown.has(deptId) && findings.departments.get(deptId) === 'gone'
    const above = ({ parentId }: HeldDepartment) => (parentId === null ? undefined : held.get(parentId))
    for (const entry of state.departments) {
      if (entry.deptId === null || isGone(entry))
        continue
      let parent = above(entry)
      for (const passed = new Set<HeldDepartment>(); parent && isGone(parent) && !passed.has(parent); parent = above(parent)) passed.add(parent)
      parents.set(entry.deptId, parent && !isGone(parent) ? (parent.deptId ?? undefined) : undefined)
    }
  }
  for (const { deptId, parentId } of snapshot.departments) parents.set(deptId, parentId)
  return parents
}
