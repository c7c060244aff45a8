import type { BridgeError } from '../../types.ts'
import type { World } from '../world/world.ts'

/** A JSAPI code for a member, or what the client would say (dingtalk-jsapi §2.8, §4). `clientId` is absent in the classic API. */
export function issueLoginCode(world: World, request: { userid: string, corpId: string, clientId?: string }): { code: string } | BridgeError {
  if (request.corpId !== world.app.corpId)
    return { errorCode: '3', errorMessage: 'invalid corpId' }
  if (request.clientId !== undefined && request.clientId !== world.app.clientId)
    return { errorCode: '3', errorMessage: 'invalid clientId' }
  const member = world.directory.members.get(request.userid)
  if (member === undefined || member.external === true)
    return { errorCode: '7', errorMessage: '没有权限，当前用户不在该企业中' }
  return { code: world.codes.issueLogin(request.userid) }
}
