import type { Endpoint } from '../gateway/endpoint.ts'
import type { World } from '../world/world.ts'
import { z } from 'zod'
import { businessError, httpError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'
import { text } from '../gateway/input.ts'

const BAD_CREDENTIALS = 'invalidClientIdOrSecret'
const badCredentials = (): Error => httpError(400, BAD_CREDENTIALS, '无效的clientId或者clientSecret')

export function isApp(world: World, clientId: string, clientSecret: string): boolean {
  return clientId === world.app.clientId && clientSecret === world.app.clientSecret
}

const accessToken = endpoint({
  family: 'new',
  method: 'POST',
  path: '/v1.0/oauth2/accessToken',
  auth: 'none',
  permission: 'qyapi_base',
  input: z.object({ appKey: z.string(), appSecret: z.string() }),
  invalid: () => httpError(400, BAD_CREDENTIALS, '无效的clientId或者clientSecret'),
  handle({ appKey, appSecret }, { world }) {
    if (!isApp(world, appKey, appSecret))
      throw badCredentials()
    const { token, expiresInS } = world.appTokens.issue()
    return { accessToken: token, expireIn: expiresInS }
  },
})

const getToken = endpoint({
  family: 'old',
  method: 'GET',
  path: '/gettoken',
  auth: 'none',
  permission: 'qyapi_base',
  input: z.object({ appkey: text, appsecret: text }),
  invalid: () => businessError(40035, '缺少参数 corpid or appkey'),
  handle({ appkey, appsecret }, { world }) {
    if (!isApp(world, appkey, appsecret))
      throw businessError(40096, '不合法的appKey或appSecret')
    const { token, expiresInS } = world.appTokens.issue()
    return { access_token: token, expires_in: expiresInS }
  },
})

/** The unified endpoint; repeat calls behave like the others (undocumented, dingtalk-server-api §1.5). */
const corpToken = endpoint({
  family: 'new',
  method: 'POST',
  path: '/v1.0/oauth2/:corpId/token',
  auth: 'none',
  permission: 'qyapi_base',
  input: z.object({ client_id: z.string(), client_secret: z.string(), grant_type: z.string() }),
  invalid: () => httpError(400, 'invalid.client', '无效的client'),
  handle({ client_id, client_secret, grant_type }, { world, params }) {
    if (grant_type !== 'client_credentials')
      throw httpError(400, 'unsupported.grant.type', '不支持的grant_type')
    if (!isApp(world, client_id, client_secret))
      throw httpError(400, 'invalid.client', '无效的client')
    if (params.corpId !== world.app.corpId)
      throw httpError(500, 'unknownError', '未知错误')
    const { token, expiresInS } = world.appTokens.issue()
    return { access_token: token, expires_in: expiresInS }
  },
})

const jsapiTickets = endpoint({
  family: 'new',
  method: 'POST',
  path: '/v1.0/oauth2/jsapiTickets',
  auth: 'app',
  permission: 'qyapi_base',
  input: z.unknown(),
  handle(_input, { world }) {
    const { ticket, expiresInS } = world.tickets.issue()
    return { jsapiTicket: ticket, expireIn: expiresInS }
  },
})

const getJsapiTicket = endpoint({
  family: 'old',
  method: 'GET',
  path: '/get_jsapi_ticket',
  auth: 'app',
  permission: 'qyapi_base',
  input: z.unknown(),
  handle(_input, { world }) {
    const { ticket, expiresInS } = world.tickets.issue()
    return { ticket, expires_in: expiresInS }
  },
})

export const tokenEndpoints: Endpoint[] = [accessToken, getToken, corpToken, jsapiTickets, getJsapiTicket]
