import type { RecordedChange } from './types.ts'

/**
 * The chosen changes with all that they need: a new account needs the new departments it is in, a department that
 * moves needs its new parents to be there, a removed one needs its sub-departments to leave first, and a userid that
 * passes on must be given up. Book-keeping goes along.
 * Pure. @returns the ids to apply
 */
export function withNeeded(changes: RecordedChange[], chosen: ReadonlySet<string>): Set<string> {
  const known = indexOf(changes)
  const needed = new Set<string>()
  const pending = changes.filter(({ id, kind }) => chosen.has(id) || kind.startsWith('mark.'))
  for (let change = pending.pop(); change; change = pending.pop()) {
    if (needed.has(change.id))
      continue
    needed.add(change.id)
    pending.push(...needs(change, known))
  }
  return needed
}

interface Known {
  /** By the department or account they make. */
  made: Map<string, RecordedChange>
  /** By the department that moves. */
  moved: Map<string, RecordedChange>
  /** By the parent that departments leave or vanish from. */
  leaving: Map<string, RecordedChange[]>
  /** By the userid a binding gives up. */
  released: Map<string, RecordedChange>
}

function indexOf(changes: RecordedChange[]): Known {
  const known: Known = { made: new Map(), moved: new Map(), leaving: new Map(), released: new Map() }
  for (const change of changes) {
    const { kind, targetId, before, after } = change
    if (targetId && (kind === 'department.create' || kind === 'account.create'))
      known.made.set(targetId, change)
    if (targetId && kind === 'department.move')
      known.moved.set(targetId, change)
    if (before?.parentId && (kind === 'department.move' || kind === 'department.remove'))
      known.leaving.set(before.parentId, [...(known.leaving.get(before.parentId) ?? []), change])
    if (kind === 'binding.change' && before?.userid && before.userid !== after?.userid)
      known.released.set(before.userid, change)
  }
  return known
}

function needs({ kind, targetId, after }: RecordedChange, known: Known): RecordedChange[] {
  const found: Array<RecordedChange | undefined> = []
  if (after?.parentId)
    found.push(known.made.get(after.parentId), known.moved.get(after.parentId))
  if (after?.mainDepartmentId)
    found.push(known.made.get(after.mainDepartmentId))
  if (after?.managerId)
    found.push(known.made.get(after.managerId))
  for (const { departmentId } of after?.departments ?? []) found.push(known.made.get(departmentId))
  if (after?.userid)
    found.push(known.released.get(after.userid))
  if (kind === 'department.remove' && targetId)
    found.push(...(known.leaving.get(targetId) ?? []))
  return found.filter(change => change !== undefined)
}
