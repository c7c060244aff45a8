import type { World } from '../world.ts'
import type { CordysUser } from './company.ts'
import { rolesOf } from '../auth/permissions.ts'

/** A department and all below it. */
export function subtree(world: World, departmentId: string): Set<string> {
  const found = new Set([departmentId])
  for (let grew = true; grew;) {
    grew = false
    for (const { id, parentId } of world.departments.values()) {
      if (found.has(parentId) && !found.has(id)) {
        found.add(id)
        grew = true
      }
    }
  }
  return found
}

/** Whether somebody's records are in the caller's data scope (cordys-api §1.8). */
export function inScope(world: World, caller: CordysUser, ownerId: string | null): boolean {
  if (caller.id === 'admin' || ownerId === caller.id)
    return true
  const scopes = rolesOf(world, caller).map(role => role.dataScope)
  if (scopes.includes('ALL'))
    return true
  const owner = world.users.get(ownerId ?? '')
  return scopes.includes('DEPT_AND_CHILD') && owner !== undefined && subtree(world, caller.departmentId).has(owner.departmentId)
}

/** Which of the tabs "all" and "department" the caller gets (cordys-api §1.7). */
export function tabs(world: World, caller: CordysUser): { all: boolean, dept: boolean } {
  const scopes = rolesOf(world, caller).map(role => role.dataScope)
  const all = caller.id === 'admin' || scopes.includes('ALL')
  return { all, dept: all || scopes.some(scope => scope.startsWith('DEPT')) }
}
