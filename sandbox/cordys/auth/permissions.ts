import type { CordysUser, Role } from '../organization/company.ts'
import type { World } from '../world.ts'

const crud = (area: string, ...actions: string[]) => actions.map(action => `${area}:${action}`)

const staff = [
  ...crud('CLUE_MANAGEMENT', 'READ', 'ADD', 'UPDATE', 'EXPORT', 'RECYCLE'),
  ...crud('CUSTOMER_MANAGEMENT', 'READ', 'ADD', 'UPDATE', 'EXPORT', 'RECYCLE'),
  ...crud('CUSTOMER_MANAGEMENT_CONTACT', 'READ', 'ADD', 'UPDATE', 'EXPORT'),
  ...crud('OPPORTUNITY_MANAGEMENT', 'READ', 'ADD', 'UPDATE', 'EXPORT'),
  ...crud('CLUE_MANAGEMENT_POOL', 'READ', 'PICK', 'EXPORT'),
  ...crud('CUSTOMER_MANAGEMENT_POOL', 'READ', 'PICK', 'EXPORT'),
]
const manager = [...staff, 'CLUE_MANAGEMENT:TRANSFER', 'CUSTOMER_MANAGEMENT:TRANSFER', 'OPPORTUNITY_MANAGEMENT:TRANSFER']
const organizationAdmin = [
  ...manager,
  ...crud('CUSTOMER_MANAGEMENT', 'DELETE', 'IMPORT', 'MERGE'),
  ...crud('CUSTOMER_MANAGEMENT_CONTACT', 'DELETE', 'IMPORT'),
  ...crud('OPPORTUNITY_MANAGEMENT', 'DELETE', 'IMPORT', 'RESIGN'),
  ...crud('CLUE_MANAGEMENT', 'DELETE', 'IMPORT'),
  ...crud('SYS_ORGANIZATION', 'READ', 'ADD', 'UPDATE', 'DELETE', 'IMPORT', 'SYNC'),
  ...crud('SYSTEM_SETTING', 'READ', 'UPDATE'),
  ...crud('MODULE_SETTING', 'READ', 'UPDATE'),
]

/** The internal roles with their defaults (cordys-api §4.3). */
export const internalRoles: Role[] = [
  { id: 'org_admin', name: '组织管理员', dataScope: 'ALL', permissions: organizationAdmin },
  { id: 'sales_manager', name: '销售经理', dataScope: 'DEPT_AND_CHILD', permissions: manager },
  { id: 'sales_staff', name: '销售专员', dataScope: 'SELF', permissions: staff },
]

export function rolesOf(world: World, user: CordysUser): Role[] {
  return user.roleIds.flatMap(id => world.roles.get(id) ?? [])
}

export function permissionsOf(world: World, user: CordysUser): string[] {
  return [...new Set(rolesOf(world, user).flatMap(role => role.permissions))]
}

/** `admin`, the user with literally this id, passes every check (cordys-api §7.2). */
export function may(world: World, user: CordysUser, permission: string): boolean {
  return user.id === 'admin' || permissionsOf(world, user).includes(permission)
}
