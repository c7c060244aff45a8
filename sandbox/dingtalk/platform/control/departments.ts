import type { SandboxDepartment } from '../../types.ts'
import type { World } from '../world/world.ts'
import { ROOT_ID } from '../world/directory.ts'
import { ControlError } from './respond.ts'

function existing(world: World, deptId: number): SandboxDepartment {
  const department = world.directory.departments.get(deptId)
  if (department === undefined)
    throw new ControlError(`no such department: ${deptId}`)
  return department
}

export function addDepartment(
  world: World,
  input: { name: string, parentId: number, deptId?: number | undefined, order: number },
): SandboxDepartment {
  existing(world, input.parentId)
  const deptId = input.deptId ?? Math.max(...world.directory.departments.keys()) + 97
  if (world.directory.departments.has(deptId))
    throw new ControlError(`department exists: ${deptId}`)
  const department: SandboxDepartment = { deptId, name: input.name, parentId: input.parentId, order: input.order, managerUserids: [] }
  world.directory.putDepartment(department)
  return department
}

export function updateDepartment(world: World, deptId: number, changes: Partial<Pick<SandboxDepartment, 'name' | 'order'>>): SandboxDepartment {
  const department = { ...existing(world, deptId), ...changes }
  world.directory.putDepartment(department)
  return department
}

/** Hangs a department elsewhere; not below itself, and never the root. */
export function moveDepartment(world: World, deptId: number, parentId: number): SandboxDepartment {
  const department = existing(world, deptId)
  existing(world, parentId)
  if (deptId === ROOT_ID || world.directory.pathToRoot(parentId).includes(deptId))
    throw new ControlError('a department cannot hang below itself')
  const moved = { ...department, parentId }
  world.directory.putDepartment(moved)
  return moved
}

/** Dissolves a department; as in DingTalk, only an empty one. */
export function removeDepartment(world: World, deptId: number): void {
  existing(world, deptId)
  if (deptId === ROOT_ID || world.directory.childrenOf(deptId).length > 0 || world.directory.staffOf(deptId).length > 0)
    throw new ControlError('only an empty department can be removed: move its people and sub-departments first')
  world.directory.removeDepartment(deptId)
}
