import type { Change, UndoReason } from '../changes/types.ts'

/** What we hold, as far as it matters to many changes at once. */
export interface Whole {
  /** Department → the one above it. */
  parents: ReadonlyMap<string, string | null>
  /** Department → how many people it has, without those who are taken back. */
  people: ReadonlyMap<string, number>
  /** Account that is taken back → those whose manager it is now. */
  reports: ReadonlyMap<string, readonly string[]>
  /** Who holds each userid that is claimed back, without those who are taken back. */
  holders: ReadonlyMap<string, string>
}

/**
 * What all the inverse changes together would leave: which departments there are and under which, how many people each
 * has, and who holds which userid. A change that does not fit into that is refused, which may make others not fit.
 */
export function createOutcome(whole: Whole, inverses: Change[]) {
  const parents = new Map(whole.parents)
  const people = new Map(whole.people)
  const holders = new Map(Array.from(whole.holders, ([userid, id]) => [userid, new Set([id])]))
  const hold = (userid: string, id: string) => holders.set(userid, (holders.get(userid) ?? new Set()).add(id))
  const count = (departmentId: string, by: number) => people.set(departmentId, (people.get(departmentId) ?? 0) + by)

  for (const { kind, targetId, before, after } of inverses) {
    const id = targetId ?? ''
    if (kind === 'department.create' || kind === 'department.move')
      parents.set(id, after?.parentId ?? null)
    if (kind === 'department.remove')
      parents.delete(id)
    if (before?.userid !== undefined)
      holders.get(before.userid)?.delete(id)
    if (kind === 'account.move') {
      const old = new Set(before?.departments?.map(({ departmentId }) => departmentId))
      const wanted = new Set(after?.departments?.map(({ departmentId }) => departmentId))
      old.forEach(departmentId => !wanted.has(departmentId) && count(departmentId, -1))
      wanted.forEach(departmentId => !old.has(departmentId) && count(departmentId, 1))
    }
  }
  for (const { kind, targetId, after } of inverses) {
    if (after?.userid !== undefined && kind.startsWith('binding.'))
      hold(after.userid, targetId ?? '')
  }
  const occupied = new Set(parents.values())

  /** Whether the way up from a department comes back to it. */
  function inCircle(id: string): boolean {
    const passed = new Set<string>()
    for (let parent = parents.get(id); parent; parent = parents.get(parent)) {
      if (parent === id)
        return true
      if (passed.has(parent))
        return false
      passed.add(parent)
    }
    return false
  }

  return (change: Change): UndoReason | undefined => {
    const { kind, targetId, before, after } = change
    const id = targetId ?? ''
    if (kind === 'department.remove')
      return occupied.has(id) || (people.get(id) ?? 0) > 0 ? 'not_empty' : undefined
    if ((kind === 'department.create' || kind === 'department.move') && after?.parentId && !parents.has(after.parentId))
      return 'reference_gone'
    if (kind === 'department.move' && inCircle(id))
      return 'circle'
    if (kind === 'account.move') {
      const old = new Set(before?.departments?.map(({ departmentId }) => departmentId))
      const back = (after?.departments ?? []).filter(({ departmentId }) => !old.has(departmentId))
      const main = after?.mainDepartmentId
      return back.some(({ departmentId }) => !parents.has(departmentId)) || (main && !parents.has(main)) ? 'reference_gone' : undefined
    }
    if (kind.startsWith('binding.') && after?.userid !== undefined)
      return (holders.get(after.userid)?.size ?? 0) > 1 ? 'taken' : undefined
    return undefined
  }
}
