import type { Endpoint } from '../gateway/endpoint.ts'
import { z } from 'zod'
import { httpError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'
import { departmentInScope, memberInScope } from './range.ts'

const SEARCH = { family: 'new', method: 'POST', auth: 'app', permission: 'qyapi_addresslist_search', metered: true } as const
const input = z.object({
  queryWord: z.string().min(1),
  offset: z.number().int().min(0),
  size: z.number().int().min(1),
  fullMatchField: z.literal(1).optional(),
})
const invalid = (): ReturnType<typeof httpError> => httpError(400, 'parameter.error', '参数错误')

function pageOf<T>(all: T[], offset: number, size: number): object {
  return { hasMore: offset + size < all.length, totalCount: all.length, list: all.slice(offset, offset + size) }
}

/** Search by name, or by pinyin as far as userids spell it; answers ids only (dingtalk-server-api §4.3). */
export const searchEndpoints: Endpoint[] = [
  endpoint({
    ...SEARCH,
    path: '/v1.0/contact/users/search',
    input,
    invalid,
    handle({ queryWord, offset, size, fullMatchField }, { world }) {
      const found = [...world.directory.members.values()].filter(
        member =>
          member.external !== true
          && (fullMatchField === 1 ? member.name === queryWord : member.name.includes(queryWord) || member.userid.includes(queryWord))
          && memberInScope(world, member),
      )
      return pageOf(
        found.map(member => member.userid),
        offset,
        size,
      )
    },
  }),
  endpoint({
    ...SEARCH,
    path: '/v1.0/contact/departments/search',
    input,
    invalid,
    handle({ queryWord, offset, size }, { world }) {
      const found = [...world.directory.departments.values()].filter(
        ({ name, deptId }) => name.includes(queryWord) && departmentInScope(world, deptId),
      )
      return pageOf(
        found.map(department => department.deptId),
        offset,
        size,
      )
    },
  }),
]
