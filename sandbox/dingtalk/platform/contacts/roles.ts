import type { SandboxMember } from '../../types.ts'
import type { ApiError } from '../gateway/answer.ts'
import type { Endpoint } from '../gateway/endpoint.ts'
import { z } from 'zod'
import { businessError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'
import { numeric } from '../gateway/input.ts'

interface Role {
  id: number
  name: string
  holds: (member: SandboxMember) => boolean
}

const GROUP = { groupId: 2000, name: '默认' }

/** The default roles every company has. */
const ROLES: Role[] = [
  { id: 2001, name: '主管理员', holds: member => member.sysLevel === 1 },
  { id: 2002, name: '子管理员', holds: member => member.sysLevel === 2 },
  { id: 2003, name: '主管', holds: member => member.leaderIn.length > 0 },
]

/** `role_list` of user/get; undefined without any role. */
export function rolesOf(member: SandboxMember): object[] | undefined {
  const held = ROLES.filter(role => role.holds(member)).map(({ id, name }) => ({ id, name, group_name: GROUP.name }))
  return held.length > 0 ? held : undefined
}

function refusal(issue: z.core.$ZodIssue): ApiError {
  if (issue.path[0] === 'size')
    return businessError(40069, '不合法的分页大小')
  return issue.path[0] === 'offset' ? businessError(40068, '不合法的偏移量') : businessError(33011, '无效的roleId')
}

const offset = numeric.pipe(z.number().min(0)).default(0)

/** dingtalk-server-api §4.4, last two rows. */
export const roleEndpoints: Endpoint[] = [
  endpoint({
    family: 'old',
    method: 'POST',
    path: '/topapi/role/list',
    auth: 'app',
    permission: 'qyapi_get_department_list',
    input: z.object({ size: numeric.pipe(z.number().min(1).max(200)).default(20), offset }),
    invalid: refusal,
    handle: ({ size, offset: from }) => ({
      result: {
        hasMore: from + size < ROLES.length,
        list: [{ ...GROUP, roles: ROLES.slice(from, from + size).map(({ id, name }) => ({ id, name })) }],
      },
    }),
  }),
  endpoint({
    family: 'old',
    method: 'POST',
    path: '/topapi/role/simplelist',
    auth: 'app',
    permission: 'qyapi_get_department_member',
    input: z.object({ role_id: numeric, size: numeric.pipe(z.number().min(1).max(100)).default(20), offset }),
    invalid: refusal,
    handle({ role_id, size, offset: from }, { world }) {
      const role = ROLES.find(candidate => candidate.id === role_id)
      if (role === undefined)
        throw businessError(33011, '无效的roleId')
      const holders = [...world.directory.members.values()].filter(role.holds)
      return {
        result: {
          hasMore: from + size < holders.length,
          list: holders.slice(from, from + size).map(({ userid, name }) => ({ userid, name, manageScopes: [] })),
        },
      }
    },
  }),
]
