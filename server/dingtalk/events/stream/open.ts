import type { Caller } from '../../calls/caller.ts'
import type { DingTalkCredentials, DingTalkHosts } from '../../options.ts'
import { z } from 'zod'
import { DingTalkError, notConfigured } from '../../errors/dingtalk-error.ts'

const api = '/v1.0/gateway/connections/open'

const answer = z.object({ endpoint: z.url({ protocol: /^wss?$/ }), ticket: z.string().min(1) })

/** Asks where to connect. The URL holds the ticket (90 s, one connection): it is a secret. Rejects with DingTalkError. */
export type OpenGateway = (signal: AbortSignal) => Promise<URL>

export interface OpenParts {
  call: Caller
  credentials: () => Promise<DingTalkCredentials | undefined>
  hosts: Pick<DingTalkHosts, 'api'>
  /** Milliseconds. */
  timeoutMs: number
}

/** The first step of dingtalk-server-api §7.2; it takes no access token. */
export function createOpenGateway({ call, credentials, hosts, timeoutMs }: OpenParts): OpenGateway {
  return async (signal) => {
    const app = await credentials()
    if (!app)
      throw notConfigured(api)
    const { endpoint, ticket } = await call({
      family: 'api',
      method: 'POST',
      api,
      body: { clientId: app.clientId, clientSecret: app.clientSecret, ua: 'cordys-crm-dingtalk', subscriptions: [{ type: 'EVENT', topic: '*' }] },
      secrets: [app.clientSecret],
      clientId: app.clientId,
      // the stream has its own, longer patience
      policy: 'once',
      priority: 'background',
      timeoutMs,
      signal,
      schema: answer,
    })
    const url = new URL(endpoint)
    if (hosts.api.startsWith('https:') && url.protocol !== 'wss:')
      throw new DingTalkError({ reason: 'unexpected_shape', api, httpStatus: 200, outcome: 'rejected', text: 'the endpoint is not encrypted' })
    url.hash = ''
    url.searchParams.set('ticket', ticket)
    return url
  }
}
