import type { Department } from '#contract/directory.ts'

/** What a department needs to have a place in a tree. */
export type Branch = Pick<Department, 'id' | 'name' | 'parentId' | 'order'>

export interface Tree<Entry extends Branch = Department> {
  byId: ReadonlyMap<string, Entry>
  /** Departments without a parent (one, the company, unless the scope has several tops). */
  roots: readonly Entry[]
  childrenOf: (id: string) => readonly Entry[]
  /** From the top down to the department itself; empty for an unknown id. */
  pathTo: (id: string) => readonly Entry[]
}

/** Departments as a tree, brothers in DingTalk's order; a parent that is not there makes a top of its child. */
export function buildTree<Entry extends Branch>(departments: readonly Entry[]): Tree<Entry> {
  const byId = new Map(departments.map(department => [department.id, department]))
  const children = new Map<string | null, Entry[]>()
  for (const department of departments) {
    const parent = department.parentId !== null && byId.has(department.parentId) ? department.parentId : null
    children.set(parent, [...(children.get(parent) ?? []), department])
  }
  for (const brothers of children.values()) brothers.sort((a, b) => a.order - b.order || a.name.localeCompare(b.name))

  function pathTo(id: string): Entry[] {
    const path: Entry[] = []
    // A cycle cannot come from DingTalk, but must not hang the page either.
    for (let at = byId.get(id); at && !path.includes(at); at = at.parentId === null ? undefined : byId.get(at.parentId)) path.unshift(at)
    return path
  }

  return { byId, roots: children.get(null) ?? [], childrenOf: id => children.get(id) ?? [], pathTo }
}
