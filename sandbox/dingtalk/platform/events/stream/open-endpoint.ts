import type { Endpoint } from '../../gateway/endpoint.ts'
import { z } from 'zod'
import { ApiError, httpError } from '../../gateway/answer.ts'
import { endpoint } from '../../gateway/endpoint.ts'
import { isApp } from '../../tokens/endpoints.ts'

const CALLBACKS = ['/v1.0/im/bot/messages/get', '/v1.0/card/instances/callback', '/v1.0/card/dynamicData/get', '/v1.0/graph/api/invoke'] as const

const subscription = z.discriminatedUnion('type', [
  z.object({ type: z.literal('EVENT'), topic: z.literal('*') }),
  z.object({ type: z.literal('CALLBACK'), topic: z.enum(CALLBACKS) }),
  z.object({ type: z.literal('SYSTEM'), topic: z.string() }),
])

function asXml(body: { endpoint: string, ticket: string }): ApiError {
  return new ApiError({
    status: 200,
    contentType: 'application/xml',
    body: `<?xml version="1.0" encoding="UTF-8"?><OpenConnectionResponse><endpoint>${body.endpoint}</endpoint><ticket>${body.ticket}</ticket></OpenConnectionResponse>`,
    outcome: 'xml',
  })
}

/** Opens a Stream connection: no app token, a ticket for one WebSocket on this same server (dingtalk-server-api §7.2). */
export const openConnection: Endpoint = endpoint({
  family: 'new',
  method: 'POST',
  path: '/v1.0/gateway/connections/open',
  auth: 'none',
  input: z.object({
    clientId: z.string(),
    clientSecret: z.string(),
    subscriptions: z.array(subscription).min(1),
    ua: z.string().optional(),
    localIp: z.string().optional(),
  }),
  handle({ clientId, clientSecret, subscriptions }, { world, request }) {
    if (!isApp(world, clientId, clientSecret))
      throw httpError(401, 'authFailed', '鉴权失败')
    const body = { endpoint: `ws://${request.get('host')}/connect`, ticket: world.events.gateway.issueTicket(subscriptions) }
    if (request.get('accept')?.includes('application/json') !== true)
      throw asXml(body)
    return body
  },
})
