import type { Endpoint } from '../gateway/endpoint.ts'
import { z } from 'zod'
import { businessError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'
import { flag, numeric, text } from '../gateway/input.ts'
import { gone, knownDepartment, readableDepartment, readableMember } from './lookup.ts'
import { pageInput, pageOf } from './paging.ts'
import { memberDetail, memberInList } from './views.ts'

const LIST = { family: 'old', method: 'POST', auth: 'app', permission: 'qyapi_get_department_member' } as const
const MEMBER = { family: 'old', method: 'POST', auth: 'app', permission: 'qyapi_get_member' } as const

/** dingtalk-server-api §4.4: lists show direct members only; look-ups that answer mere ids ignore the scope. */
export const userEndpoints: Endpoint[] = [
  endpoint({
    ...LIST,
    path: '/topapi/v2/user/list',
    input: pageInput,
    handle(input, { world }) {
      readableDepartment(world, input.dept_id)
      const page = pageOf(world, input, 40035)
      return { result: { ...page, list: page.list.map(member => memberInList(world, member, input.dept_id)) } }
    },
  }),
  endpoint({
    ...LIST,
    path: '/topapi/user/listsimple',
    input: pageInput,
    handle(input, { world }) {
      readableDepartment(world, input.dept_id)
      const page = pageOf(world, input, 40069)
      return { result: { ...page, list: page.list.map(({ userid, name }) => ({ userid, name })) } }
    },
  }),
  endpoint({
    ...MEMBER,
    path: '/topapi/user/listid',
    input: z.object({ dept_id: numeric }),
    handle({ dept_id }, { world }) {
      knownDepartment(world, dept_id)
      return { result: { userid_list: world.directory.staffOf(dept_id).map(member => member.userid) } }
    },
  }),
  endpoint({
    ...MEMBER,
    path: '/topapi/v2/user/get',
    input: z.object({ userid: text }),
    handle: ({ userid }, { world }) => ({ result: memberDetail(world, readableMember(world, userid)) }),
  }),
  endpoint({
    ...MEMBER,
    path: '/topapi/v2/user/getbymobile',
    permission: 'qyapi_get_member_by_mobile',
    input: z.object({ mobile: text }),
    handle({ mobile }, { world }) {
      if (!/^\+?[\d-]{5,20}$/.test(mobile))
        throw businessError(40104, '电话号码无效')
      const member = world.directory.byMobile.get(mobile)
      if (member === undefined || member.external === true)
        throw gone(world)
      return { result: { userid: member.userid } }
    },
  }),
  endpoint({
    ...MEMBER,
    path: '/topapi/user/getbyunionid',
    input: z.object({ unionid: text }),
    handle({ unionid }, { world }) {
      const member = world.directory.byUnionid.get(unionid)
      if (member === undefined)
        throw businessError(60121, '找不到该用户')
      return { result: { contact_type: member.external === true ? 1 : 0, userid: member.userid } }
    },
  }),
  endpoint({
    ...MEMBER,
    path: '/topapi/user/count',
    input: z.object({ only_active: flag }),
    handle({ only_active }, { world }) {
      let count = 0
      for (const member of world.directory.members.values()) {
        if (member.external !== true && (member.active || !only_active))
          count++
      }
      return { result: { count } }
    },
  }),
]
