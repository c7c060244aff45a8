import type { Snapshot } from '../snapshot.ts'
import type { State } from '../state.ts'

/** dept_id → dept_id above it, as DingTalk shows it, else as we hold it. It may contain cycles. */
export function parentIds(snapshot: Snapshot, state: State): Map<number, number | undefined> {
  const deptIds = new Map(state.departments.map(({ id, deptId }) => [id, deptId]))
  const parents = new Map<number, number | undefined>()
  for (const { deptId, parentId } of state.departments) {
    if (deptId !== null)
      parents.set(deptId, (parentId === null ? undefined : deptIds.get(parentId)) ?? undefined)
  }
  for (const { deptId, parentId } of snapshot.departments)
    parents.set(deptId, parentId)
  return parents
}
