import type { Company } from '../../company/index.ts'
import type { SandboxDepartment, SandboxMember } from '../../types.ts'

export const ROOT_ID = 1

/**
 * The company's departments and members with the indexes the APIs need, so that one page of a big
 * department costs the same in a company of 160 and of 100,000. Callers change it through the methods only.
 */
export class Directory {
  readonly departments = new Map<number, SandboxDepartment>()
  readonly members = new Map<string, SandboxMember>()
  readonly byUnionid = new Map<string, SandboxMember>()
  readonly byMobile = new Map<string, SandboxMember>()
  private readonly children = new Map<number, SandboxDepartment[]>()
  private readonly staff = new Map<number, SandboxMember[]>()
  private headcounts = new Map<number, number>()
  /** Grows with every change; caches compare it. */
  version = 0

  constructor(company: Company) {
    company.departments.forEach(department => this.putDepartment(department))
    company.members.forEach(member => this.putMember(member))
  }

  childrenOf(deptId: number): readonly SandboxDepartment[] {
    return this.children.get(deptId) ?? []
  }

  /** Direct members, in the order of entry. */
  staffOf(deptId: number): readonly SandboxMember[] {
    return this.staff.get(deptId) ?? []
  }

  /** The department itself, its parent, … , the root. Empty when unknown. */
  pathToRoot(deptId: number): number[] {
    const path: number[] = []
    let current = this.departments.get(deptId)
    while (current !== undefined && !path.includes(current.deptId)) {
      path.push(current.deptId)
      current = current.parentId === undefined ? undefined : this.departments.get(current.parentId)
    }
    return path
  }

  /** Ids of the departments below and including these; unknown ids are left out. */
  subtree(deptIds: Iterable<number>): Set<number> {
    const found = new Set<number>()
    const queue = [...deptIds]
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (!this.departments.has(id) || found.has(id))
        continue
      found.add(id)
      queue.push(...this.childrenOf(id).map(child => child.deptId))
    }
    return found
  }

  /** People in the department and everything below it, each counted once. */
  headcount(deptId: number): number {
    let count = this.headcounts.get(deptId)
    if (count === undefined) {
      const people = new Set<string>()
      for (const id of this.subtree([deptId])) this.staffOf(id).forEach(member => people.add(member.userid))
      count = people.size
      this.headcounts.set(deptId, count)
    }
    return count
  }

  /** Adds or replaces a department. */
  putDepartment(department: SandboxDepartment): void {
    this.unlinkDepartment(department.deptId)
    this.departments.set(department.deptId, department)
    if (department.parentId !== undefined)
      push(this.children, department.parentId, department)
    this.changed()
  }

  removeDepartment(deptId: number): void {
    this.unlinkDepartment(deptId)
    this.departments.delete(deptId)
    this.changed()
  }

  /** Adds or replaces a member; a replaced one keeps their place in departments they stay in. */
  putMember(member: SandboxMember): void {
    const before = this.members.get(member.userid)
    if (before !== undefined)
      this.unindex(before)
    for (const deptId of before?.deptIds ?? []) replace(this.staff.get(deptId), before, member.deptIds.includes(deptId) ? member : undefined)
    for (const deptId of member.deptIds) {
      if (!before?.deptIds.includes(deptId))
        push(this.staff, deptId, member)
    }
    this.members.set(member.userid, member)
    this.byUnionid.set(member.unionid, member)
    if (member.mobile !== undefined)
      this.byMobile.set(member.mobile, member)
    this.changed()
  }

  removeMember(userid: string): void {
    const member = this.members.get(userid)
    if (member === undefined)
      return
    this.unindex(member)
    member.deptIds.forEach(deptId => replace(this.staff.get(deptId), member, undefined))
    this.members.delete(userid)
    this.changed()
  }

  private unlinkDepartment(deptId: number): void {
    const department = this.departments.get(deptId)
    if (department?.parentId !== undefined)
      replace(this.children.get(department.parentId), department, undefined)
  }

  private unindex(member: SandboxMember): void {
    this.byUnionid.delete(member.unionid)
    if (member.mobile !== undefined && this.byMobile.get(member.mobile) === member)
      this.byMobile.delete(member.mobile)
  }

  private changed(): void {
    this.version++
    if (this.headcounts.size > 0)
      this.headcounts = new Map()
  }
}

function push<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key)
  if (list === undefined)
    index.set(key, [value])
  else list.push(value)
}

/** Puts `after` in the place of `before`, or closes the gap when there is no `after`. */
function replace<V>(list: V[] | undefined, before: V | undefined, after: V | undefined): void {
  const position = list === undefined || before === undefined ? -1 : list.indexOf(before)
  if (position >= 0)
    list?.splice(position, 1, ...(after === undefined ? [] : [after]))
}
