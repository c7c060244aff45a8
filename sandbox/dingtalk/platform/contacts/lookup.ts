import type { SandboxDepartment, SandboxMember } from '../../types.ts'
import type { World } from '../world/world.ts'
import { businessError } from '../gateway/answer.ts'
import { departmentInScope, memberInScope } from './range.ts'

const GONE_TEXT = { 60121: '找不到该用户', 33012: '无效的USERID' } as const

/** The error for unknown, departed and external people alike (dingtalk-server-api §4.4). */
export function gone(world: World): Error {
  return businessError(world.settings.goneCode, GONE_TEXT[world.settings.goneCode])
}

/** An employee, whatever the scope; throws `gone`. */
export function knownMember(world: World, userid: string): SandboxMember {
  const member = world.directory.members.get(userid)
  if (member === undefined || member.external === true)
    throw gone(world)
  return member
}

/** An employee the app may read; throws `gone` or 50002. */
export function readableMember(world: World, userid: string): SandboxMember {
  const member = knownMember(world, userid)
  if (!memberInScope(world, member))
    throw businessError(50002, '请求的员工userid不在授权范围内')
  return member
}

/** A department, whatever the scope; throws 40009 or 60003. */
export function knownDepartment(world: World, deptId: number): SandboxDepartment {
  // -7 is the home-school tree, which these APIs do not serve (§4.1).
  if (deptId <= 0)
    throw businessError(40009, '不合法的部门id')
  const department = world.directory.departments.get(deptId)
  if (department === undefined)
    throw businessError(60003, '部门不存在')
  return department
}

/** A department the app may read; throws 40009, 60003 or 50004. */
export function readableDepartment(world: World, deptId: number): SandboxDepartment {
  const department = knownDepartment(world, deptId)
  if (!departmentInScope(world, deptId))
    throw businessError(50004, '请求的部门id不在授权范围内')
  return department
}
