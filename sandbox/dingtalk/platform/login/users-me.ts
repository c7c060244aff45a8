import type { Endpoint } from '../gateway/endpoint.ts'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { httpError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'
import { accountHolderByUnionid } from './people.ts'

/** The same person has another openId in each app. */
function openIdOf(clientId: string, unionid: string): string {
  return createHash('sha256').update(`${clientId}:${unionid}`).digest('base64url').slice(0, 22)
}

/** The profile of the person behind a *user* token; it names no userid (dingtalk-server-api §3.4). */
export const usersMe: Endpoint = endpoint({
  family: 'new',
  method: 'GET',
  path: '/v1.0/contact/users/:unionId',
  auth: 'user',
  permission: 'Contact.User.Read',
  input: z.unknown(),
  handle(_input, { world, params, grant }) {
    const unionid = params.unionId === 'me' ? grant?.unionid : params.unionId
    const person = unionid === undefined ? undefined : accountHolderByUnionid(world, unionid)
    if (person === undefined || unionid !== grant?.unionid)
      throw httpError(404, 'invalidParameter.user.notFound', '找不到该用户')
    const mobile = world.settings.permissions.includes('Contact.User.mobile') ? person.mobile : undefined
    return {
      nick: person.name,
      avatarUrl: person.avatar,
      mobile,
      openId: openIdOf(world.app.clientId, person.unionid),
      unionId: person.unionid,
      email: person.email,
      stateCode: person.stateCode,
    }
  },
})
