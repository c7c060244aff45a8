import type { CordysUser } from '../organization/company.ts'
import type { World } from '../world.ts'
import type { Session } from './sessions.ts'
import { organizationId } from '../organization/company.ts'
import { permissionsOf, rolesOf } from './permissions.ts'

/** The SessionUser of cordys-api §2.1, with a fresh CSRF token each time it is asked for. */
export function sessionUser(world: World, user: CordysUser, session: Session) {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    phone: user.phone,
    avatar: null,
    language: 'zh_CN',
    source: 'LOCAL',
    enable: user.enable,
    lastOrganizationId: organizationId,
    organizationIds: [organizationId],
    departmentId: user.departmentId || null,
    departmentName: world.departments.get(user.departmentId)?.name ?? null,
    roles: rolesOf(world, user).map(({ id, name, dataScope }) => ({ id, name, dataScope, organizationId })),
    permissionIds: permissionsOf(world, user),
    defaultPwd: true,
    createTime: world.bornAt,
    updateTime: world.bornAt,
    createUser: 'admin',
    updateUser: 'admin',
    platformInfo: null,
    password: null,
    csrfToken: world.csrf.issue(user.id, session.id),
    sessionId: session.id,
  }
}
