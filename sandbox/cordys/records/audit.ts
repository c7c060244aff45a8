import type { World } from '../world.ts'

interface Audited { createUser: string, updateUser: string, createTime: number, updateTime: number }

/** The audit fields every record is shown with. */
export function audit(world: World, { createUser, updateUser, createTime, updateTime }: Audited) {
  return {
    createUser,
    updateUser,
    createTime,
    updateTime,
    createUserName: world.users.get(createUser)?.name ?? null,
    updateUserName: world.users.get(updateUser)?.name ?? null,
  }
}

export function written(world: World, userId: string): Audited {
  const at = world.now()
  return { createUser: userId, updateUser: userId, createTime: at, updateTime: at }
}

/** Who owns a record, and where that person works. */
export function ownership(world: World, ownerId: unknown) {
  const owner = world.users.get(String(ownerId))
  const department = world.departments.get(owner?.departmentId ?? '')
  return { owner: ownerId ?? null, ownerName: owner?.name ?? null, departmentId: department?.id ?? null, departmentName: department?.name ?? null }
}
