import type { Change, UndoReason } from '../changes/types.ts'
import type { State } from '../state.ts'

/**
 * What all the inverse changes together would leave: which departments there are and under which, how many people each
 * has, and who holds which userid. A change that does not fit into that is refused, which may make others not fit.
 */
export function createOutcome(state: State, inverses: Change[]) {
  const parents = new Map(state.departments.map(({ id, parentId }) => [id, parentId]))
  const people = new Map<string, number>()
  const holders = new Map<string, Set<string>>()
  const gone = new Set<string>()
  const hold = (userid: string, id: string) => holders.set(userid, (holders.get(userid) ?? new Set()).add(id))
  const count = (departmentId: string, by: number) => people.set(departmentId, (people.get(departmentId) ?? 0) + by)

  // Who holds a userid only matters where one is claimed back.
  const claimed = new Set(inverses.flatMap(({ kind, after }) => (kind.startsWith('binding.') && after?.userid !== undefined ? after.userid : [])))
  for (const { userid, id } of claimed.size === 0 ? [] : state.accounts) {
    if (claimed.has(userid))
      hold(userid, id)
  }
  for (const { kind, targetId, before, after } of inverses) {
    const id = targetId ?? ''
    if (kind === 'department.create' || kind === 'department.move')
      parents.set(id, after?.parentId ?? null)
    if (kind === 'department.remove')
      parents.delete(id)
    if (kind === 'account.remove')
      gone.add(id)
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
  for (const [accountId, own] of state.memberships) {
    if (!gone.has(accountId))
      own.forEach((_, departmentId) => count(departmentId, 1))
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
