import type { Contacts } from './index.ts'
import type { ContactCaller } from './read.ts'
import { z } from 'zod'
import { DingTalkError } from '../errors/dingtalk-error.ts'
import { list, number, optionalFlag, optionalNumber, result, userid } from '../shapes.ts'
import { listedMember, memberDetail } from './member.ts'

/** An answer without the list is none: "nobody else" is an empty one. */
const page = result(z.object({ has_more: optionalFlag, next_cursor: optionalNumber, list: z.array(listedMember) }))
/** Only 0 is an employee; an answer that does not say is not taken for one (§3.5). */
const byUnionid = result(z.object({ userid, contact_type: optionalNumber }))
const admins = result(list(z.object({ userid, sys_level: number })))
const count = result(z.object({ count: number }))

/** Both mean "no such person in this company" (dingtalk-server-api §4.4). */
const gone = new Set(['60121', '33012'])

/** The user calls of dingtalk-server-api §4.4. */
export function memberReads(read: ContactCaller): Omit<Contacts, 'authScopes' | 'listSubDepartments' | 'getDepartment'> {
  return {
    listUsers: async (deptId, cursor = 0, size = 100, options) => {
      const api = '/topapi/v2/user/list'
      const { result: got } = await read(
        api,
        {
          dept_id: deptId,
          cursor,
          size,
          // People whose details are hidden from others are employees, too.
          contain_access_limit: true,
        },
        page,
        'sync',
        options,
      )
      // where it does not say, a full page or a cursor means more
      const more = got.has_more ?? (got.next_cursor !== undefined || got.list.length >= size)
      // a page that promises more without saying where would end the walk early, and people would be missed
      if (more && (got.next_cursor === undefined || got.next_cursor === cursor)) {
        throw new DingTalkError({
          reason: 'unexpected_shape',
          api,
          httpStatus: 200,
          outcome: 'unknown',
          text: 'has_more without a usable next_cursor',
        })
      }
      return { members: got.list, nextCursor: more ? got.next_cursor : undefined }
    },

    getUser: async (id, options) => {
      try {
        const answer = await read('/topapi/v2/user/get', { userid: id }, result(memberDetail), 'sync', options)
        return { status: 'found', member: answer.result }
      }
      catch (error) {
        if (error instanceof DingTalkError && gone.has(error.reason))
          return { status: 'gone' }
        if (error instanceof DingTalkError && error.reason === '50002')
          return { status: 'outOfScope' }
        throw error
      }
    },

    getByUnionid: async (unionid, options) => {
      try {
        const { result: got } = await read('/topapi/user/getbyunionid', { unionid }, byUnionid, 'login', options)
        return { status: 'found', userid: got.userid, contactType: got.contact_type === 0 ? 'internal' : 'external' }
      }
      catch (error) {
        if (error instanceof DingTalkError && gone.has(error.reason))
          return { status: 'gone' }
        throw error
      }
    },

    listAdmins: async (options) => {
      const answer = await read('/topapi/user/listadmin', {}, admins, 'interactive', options)
      return answer.result.map(admin => ({ userid: admin.userid, sysLevel: admin.sys_level }))
    },

    countUsers: async (onlyActive, options) => {
      const answer = await read('/topapi/user/count', { only_active: onlyActive }, count, 'interactive', options)
      return answer.result.count
    },
  }
}
