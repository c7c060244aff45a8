import type { Snapshot, SnapshotDepartment } from '../snapshot.ts'
import type { HeldDepartment, State } from '../state.ts'
import type { DepartmentFields, DepartmentUpdate, Findings, Plan, Reason } from './types.ts'
import { rootDeptId } from '../snapshot.ts'
import { cutCycles } from './tree.ts'

export interface DepartmentPlan {
  changes: Plan['departments']
  /** Our id of every department that exists after the plan, by dept_id. */
  idOf: Map<number, string>
  /** Those of them that the snapshot shows; all of them when it is partial. */
  seen: Set<number>
  /** Those of whose leaders DingTalk told nothing. */
  leadersUnknown: ReadonlySet<number>
  /** Our ids of those that only the CRM knows. */
  own: Set<string>
  /** Our ids of those that vanish. */
  removed: ReadonlySet<string>
}

/**
 * Departments follow DingTalk; those it does not show stay unless it says that they are gone. A department
 * whose parent cannot be read is marked and stays under that parent if we know it from before, so that
 * narrowing the app's scope moves nothing; otherwise it hangs under the root.
 */
export function planDepartments(snapshot: Snapshot, state: State, findings: Findings, newId: () => string): DepartmentPlan {
  const shown = new Map(snapshot.departments.map(entry => [entry.deptId, entry]))
  const remove = state.departments.filter(({ deptId }) => deptId !== null && !shown.has(deptId) && findings.departments.get(deptId) === 'gone')
  const removed = new Map(remove.map(entry => [entry.id, entry]))
  const kept = state.departments.filter(({ id, deptId }) => !removed.has(id) && (deptId === null || !shown.has(deptId)))
  const held = new Map(state.departments.flatMap(entry => (entry.deptId === null || removed.has(entry.id) ? [] : [[entry.deptId, entry] as const])))
  const idOf = new Map([...held].map(([deptId, { id }]) => [deptId, id]))
  for (const deptId of shown.keys()) {
    if (!idOf.has(deptId))
      idOf.set(deptId, newId())
  }
  const rootId = idOf.get(rootDeptId) ?? null

  const parents = cutCycles(
    [
      ...Array.from(shown.values(), entry => ({ id: idOf.get(entry.deptId)!, parentId: parentOf(entry), movable: true, rank: entry.deptId })),
      ...kept.map(entry => ({ id: entry.id, parentId: survivingAncestor(entry), movable: false, rank: entry.deptId ?? 0 })),
    ],
    rootId,
  )

  const changes: Plan['departments'] = { create: [], update: [], remove: remove.map(held => ({ held, reason: { key: 'gone' } })) }
  for (const entry of shown.values()) {
    const id = idOf.get(entry.deptId)!
    const before = held.get(entry.deptId)
    const after: DepartmentFields = {
      parentId: parents.get(id) ?? null,
      // An absent name never overwrites one.
      name: entry.name || before?.name || `#${entry.deptId}`,
      order: entry.order ?? before?.order ?? 0,
      parentOutOfScope: isParentOutOfScope(entry, before),
    }
    const reason: Reason = { key: after.parentId === parentOf(entry) ? 'follows' : 'cycle' }
    if (before)
      update(before, after, reason)
    else changes.create.push({ id, deptId: entry.deptId, after, reason })
  }
  for (const entry of kept) {
    const parentId = parents.get(entry.id) ?? null
    update(entry, { ...fieldsOf(entry), parentId }, { key: parentId === survivingAncestor(entry) ? 'parent_removed' : 'cycle' })
  }
  return {
    changes,
    idOf,
    seen: new Set(snapshot.partial ? idOf.keys() : shown.keys()),
    leadersUnknown: new Set(snapshot.departments.flatMap(({ deptId, leadersUnknown }) => (leadersUnknown ? deptId : []))),
    own: new Set(kept.filter(({ deptId }) => deptId === null).map(({ id }) => id)),
    removed: new Set(removed.keys()),
  }

  function parentOf({ deptId, parentId }: SnapshotDepartment): string | null {
    if (deptId === rootDeptId)
      return null
    return (parentId === undefined ? undefined : idOf.get(parentId)) ?? rootId
  }

  /** An event tells of one department; whether we can read the one above it is known from the last full run. */
  function isParentOutOfScope({ deptId, parentId }: SnapshotDepartment, before: HeldDepartment | undefined): boolean {
    if (deptId === rootDeptId || parentId === undefined || shown.has(parentId))
      return false
    const above = idOf.get(parentId)
    return !snapshot.partial || above === undefined || (before?.parentId === above && before.parentOutOfScope)
  }

  /** Where a department stays whose parent is removed: under the nearest ancestor that is not. */
  function survivingAncestor({ parentId }: HeldDepartment): string | null {
    const passed = new Set<string>()
    let current = parentId
    for (let gone = removed.get(current ?? ''); gone && !passed.has(gone.id); gone = removed.get(current ?? '')) {
      passed.add(gone.id)
      current = gone.parentId
    }
    return removed.has(current ?? '') ? null : current
  }

  function update(before: HeldDepartment, after: DepartmentFields, reason: Reason): void {
    const what: DepartmentUpdate['what'] = []
    if (before.name !== after.name)
      what.push('rename')
    if (before.parentId !== after.parentId)
      what.push('move')
    if (before.order !== after.order)
      what.push('reorder')
    if (before.parentOutOfScope !== after.parentOutOfScope)
      what.push('mark')
    if (what.length > 0)
      changes.update.push({ id: before.id, before: fieldsOf(before), after, what, reason })
  }
}

function fieldsOf({ parentId, name, order, parentOutOfScope }: HeldDepartment): DepartmentFields {
  return { parentId, name, order, parentOutOfScope }
}
