import type { DingTalk } from '../dingtalk/index.ts'

/** Departments looked at; more would take long, fewer would say little. */
export const departmentsRead = 12

type Call = Parameters<DingTalk['contacts']['listSubDepartments']>[1]

/** The roots and what lies below them, breadth first, until there are enough to look at. */
export async function walkDepartments<T extends { deptId: number }>(
  { contacts }: Pick<DingTalk, 'contacts'>,
  roots: readonly T[],
  call: Call,
): Promise<(T | { deptId: number, name: string, parentId?: number | undefined })[]> {
  const found: (T | { deptId: number, name: string, parentId?: number | undefined })[] = [...roots]
  for (const queue = roots.map(({ deptId }) => deptId); queue.length > 0 && found.length < departmentsRead;) {
    const children = await contacts.listSubDepartments(queue.shift()!, call)
    const known = new Set(found.map(({ deptId }) => deptId))
    const fresh = children.filter(child => !known.has(child.deptId))
    found.push(...fresh)
    queue.push(...fresh.map(child => child.deptId))
  }
  return found.slice(0, departmentsRead)
}
