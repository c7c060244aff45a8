import type { Endpoint } from '../gateway/endpoint.ts'
import { z } from 'zod'
import { memberSeesApp } from '../contacts/range.ts'
import { businessError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'
import { text } from '../gateway/input.ts'

/** Silent login in the container (dingtalk-server-api §2.2); the code is used up whatever the outcome. */
export const getUserInfo: Endpoint = endpoint({
  family: 'old',
  method: 'POST',
  path: '/topapi/v2/user/getuserinfo',
  auth: 'app',
  permission: 'qyapi_base',
  input: z.object({ code: text }),
  handle({ code }, { world }) {
    const userid = world.codes.takeLogin(code)
    if (userid === undefined)
      throw businessError(40078, '不存在的临时授权码')
    const member = world.directory.members.get(userid)
    if (member === undefined)
      throw businessError(60121, '找不到该用户')
    if (!world.settings.appEnabled || !memberSeesApp(world, member))
      throw businessError(40079, '不存在的授权信息')
    return {
      result: {
        userid,
        unionid: member.unionid,
        name: member.name,
        sys: member.sysLevel === 1 || member.sysLevel === 2,
        sys_level: member.sysLevel,
        device_id: `device-${userid}`,
        associated_unionid: member.unionid.split('').reverse().join(''),
      },
    }
  },
})
