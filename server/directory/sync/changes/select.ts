import type { RecordedChange } from './types.ts'

/** Department → the one above it, as we hold it. */
export type Parents = ReadonlyMap<string, string | null>

/**
 * The chosen changes with all that they need: a new account needs the new departments it is in, a department that
 * moves needs its new parents to be there and not to come below itself, a removed one needs its sub-departments to
 * leave first, a userid that passes on must be given up, and what DingTalk says of a person is only written to an
 * account that becomes theirs, and a department that vanishes needs people to move on. Book-keeping goes along; that
 * somebody has left is only noted with what shuts them out, or their grace would begin, and end, without an approval.
 * Pure. @returns the ids to apply
 */
export function withNeeded(changes: RecordedChange[], chosen: ReadonlySet<string>, parents: Parents): Set<string> {
  const known = indexOf(changes)
  const needed = new Set<string>()
  const pending = changes.filter(({ id, kind, targetId }) => chosen.has(id) || (kind.startsWith('mark.') && !(targetId && known.shutOut.has(targetId))))
  while (pending.length > 0) {
    for (let change = pending.pop(); change; change = pending.pop()) {
      if (needed.has(change.id))
        continue
      needed.add(change.id)
      pending.push(...needs(change, known))
    }
    pending.push(...breakingCircles(known, needed, parents))
  }
  return needed
}

/**
 * Moves that were not chosen, without which chosen ones would put a department below itself: those of the departments on
 * the way round. All moves together leave a tree, so every circle has one.
 */
function breakingCircles({ made, moved }: Known, needed: ReadonlySet<string>, parents: Parents): RecordedChange[] {
  const isNeeded = (change: RecordedChange | undefined) => change !== undefined && needed.has(change.id)
  const above = (id: string) => (isNeeded(moved.get(id)) ? moved.get(id)?.after?.parentId : (parents.get(id) ?? made.get(id)?.after?.parentId))
  const missing = new Set<RecordedChange>()
  /** Departments from which the way up is known. */
  const walked = new Set<string>()
  for (const start of moved.keys()) {
    const way: string[] = []
    const onWay = new Set<string>()
    let id: string | null | undefined = start
    for (; id && !walked.has(id) && !onWay.has(id); id = above(id)) {
      way.push(id)
      onWay.add(id)
    }
    for (const entry of id && onWay.has(id) ? way.slice(way.indexOf(id)) : []) {
      const move = moved.get(entry)
      if (move && !needed.has(move.id))
        missing.add(move)
    }
    way.forEach(entry => walked.add(entry))
  }
  return [...missing]
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
  /** By the account that gets a member, or another one, or loses theirs. */
  bound: Map<string, RecordedChange>
  /** Accounts that are disabled. */
  shutOut: Set<string>
  /** By the account whose member has left. */
  marked: Map<string, RecordedChange>
  /** By the department that people leave. */
  moving: Map<string, RecordedChange[]>
}

function indexOf(changes: RecordedChange[]): Known {
  const known: Known = { made: new Map(), moved: new Map(), leaving: new Map(), released: new Map(), bound: new Map(), shutOut: new Set(), marked: new Map(), moving: new Map() }
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
    if (targetId && (kind === 'binding.create' || kind === 'binding.change'))
      known.bound.set(targetId, change)
    if (targetId && kind === 'account.disable')
      known.shutOut.add(targetId)
    if (targetId && kind.startsWith('mark.'))
      known.marked.set(targetId, change)
    for (const { departmentId } of kind === 'account.move' ? (before?.departments ?? []) : []) {
      const others = known.moving.get(departmentId)
      if (others)
        others.push(change)
      else known.moving.set(departmentId, [change])
    }
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
    found.push(known.made.get(after.managerId), known.bound.get(after.managerId))
  if (targetId && (kind.startsWith('account.') || kind === 'leadership'))
    found.push(known.bound.get(targetId))
  for (const { departmentId } of after?.departments ?? []) found.push(known.made.get(departmentId))
  if (after?.userid)
    found.push(known.released.get(after.userid))
  if (kind === 'department.remove' && targetId)
    found.push(...(known.leaving.get(targetId) ?? []), ...(known.moving.get(targetId) ?? []))
  if (kind === 'account.disable' && targetId)
    found.push(known.marked.get(targetId))
  return found.filter(change => change !== undefined)
}
