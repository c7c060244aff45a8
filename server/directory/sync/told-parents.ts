import type { SnapshotDepartment } from './snapshot.ts'

/**
 * Puts every department under the one its own detail names (`told`, dept_id → dept_id), whoever listed it first. Where
 * that was not read, or would make a circle, the one that listed it stays its parent: those make a tree.
 */
export function placeAsTold(departments: ReadonlyMap<number, SnapshotDepartment>, told: ReadonlyMap<number, number>): void {
  const listed = new Map<number, number | undefined>()
  for (const [deptId, parentId] of told) {
    const entry = departments.get(deptId)
    if (!entry || entry.parentId === undefined || entry.parentId === parentId || !departments.has(parentId))
      continue
    listed.set(deptId, entry.parentId)
    entry.parentId = parentId
  }
  const placed = new Set<number>()
  for (const start of listed.keys()) {
    for (let circle = circleFrom(start); circle; circle = circleFrom(start)) {
      const moved = circle.find(deptId => listed.has(deptId))
      if (moved === undefined)
        break
      departments.get(moved)!.parentId = listed.get(moved)
      listed.delete(moved)
    }
  }

  /** The circle that the way up from here ends in; undefined when it ends at the top. */
  function circleFrom(start: number): number[] | undefined {
    const path = new Set<number>()
    for (let current: number | undefined = start; current !== undefined && departments.has(current) && !placed.has(current); current = departments.get(current)!.parentId) {
      if (path.has(current))
        return [...path].slice([...path].indexOf(current))
      path.add(current)
    }
    path.forEach(deptId => placed.add(deptId))
    return undefined
  }
}
