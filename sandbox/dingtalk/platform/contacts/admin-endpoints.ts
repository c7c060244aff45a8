import type { Endpoint } from '../gateway/endpoint.ts'
import { z } from 'zod'
import { businessError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'
import { text } from '../gateway/input.ts'
import { ROOT_ID } from '../world/directory.ts'

const MEMBER = { family: 'old', method: 'POST', auth: 'app', permission: 'qyapi_get_member' } as const

/** Who may administer the company, and what the app may read of it. */
export const adminEndpoints: Endpoint[] = [
  endpoint({
    ...MEMBER,
    path: '/topapi/user/listadmin',
    input: z.unknown(),
    handle(_input, { world }) {
      const admins = [...world.directory.members.values()].filter(member => member.sysLevel === 1 || member.sysLevel === 2)
      return { result: admins.map(member => ({ userid: member.userid, sys_level: member.sysLevel })) }
    },
  }),
  endpoint({
    ...MEMBER,
    path: '/topapi/user/get_admin_scope',
    input: z.object({ userid: text }),
    invalid: () => businessError(40036, '参数为空'),
    handle({ userid }, { world }) {
      const member = world.directory.members.get(userid)
      if (member === undefined)
        throw businessError(60121, '找不到该用户')
      if (member.sysLevel === 1) {
        return { dept_ids: [ROOT_ID] }
      }
      return { dept_ids: member.sysLevel === 2 ? member.deptIds : [] }
    },
  }),
  endpoint({
    family: 'old',
    method: 'GET',
    path: '/auth/scopes',
    auth: 'app',
    permission: 'qyapi_base',
    metered: true,
    input: z.unknown(),
    handle: (_input, { world }) => ({
      // The old names of the fields, as they are on the wire (dingtalk-server-api §4.2).
      auth_user_field: ['name', 'userid', 'avatar', 'department', 'position', 'jobnumber', 'isAdmin', 'isLeader', 'isHide', 'deviceId'],
      condition_field: [],
      auth_org_scopes: { authed_dept: world.settings.scope.deptIds, authed_user: world.settings.scope.userids },
    }),
  }),
]
