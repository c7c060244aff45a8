import type { AppCaller } from '../calls/app-caller.ts'
import type { Clock } from '../clock.ts'
import type { DingTalkCredentials, DingTalkLogger } from '../options.ts'
import type { SignInput } from './sign.ts'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { perCredentials } from '../cache/per-credentials.ts'
import { createRenewing } from '../cache/renewing.ts'
import { abortable } from '../clock.ts'
import { notConfigured } from '../errors/dingtalk-error.ts'
import { sign } from './sign.ts'

const api = '/v1.0/oauth2/jsapiTickets'

/** A ticket is renewed by asking again, but never lives longer than this after its first issue (dingtalk-server-api §6). */
const maxAgeMs = 24 * 3600 * 1000

const answer = z.object({ jsapiTicket: z.string().min(1), expireIn: z.coerce.number().positive() })

/** What dd.config needs, all values as text. */
export interface JsapiConfig {
  agentId: string
  corpId: string
  timeStamp: string
  nonceStr: string
  signature: string
}

export interface Tickets {
  jsapiTicket: (signal?: AbortSignal) => Promise<string>
  /** Drops the cached ticket, e.g. after a client reported 52011. */
  invalidate: () => void
  sign: (input: SignInput) => string
  /** Signs one page. Throws `not_configured`, or `agent_id_missing`. The caller checks that the URL is ours. */
  config: (url: string, signal?: AbortSignal) => Promise<JsapiConfig>
}

export interface TicketParts {
  call: AppCaller
  credentials: () => Promise<DingTalkCredentials | undefined>
  clock: Clock
  logger: DingTalkLogger
}

/** JSAPI tickets, cached per app, and the signature made with them. */
export function createTickets({ call, credentials, clock, logger }: TicketParts): Tickets {
  const cache = perCredentials(() => {
    let seen: { value: string, firstAt: number } | undefined
    return createRenewing({
      clock,
      fetch: async () => {
        const got = await call({ family: 'api', method: 'POST', api, policy: 'read', priority: 'interactive', schema: answer })
        const now = clock.now()
        if (seen?.value !== got.jsapiTicket)
          seen = { value: got.jsapiTicket, firstAt: now }
        return { value: got.jsapiTicket, lifetimeMs: Math.max(1000, Math.min(got.expireIn * 1000, seen.firstAt + maxAgeMs - now)) }
      },
      onRenewalFailed: err => logger.warn({ err }, 'early renewal of the jsapi ticket failed, the old one is still valid'),
    })
  })

  async function configured(): Promise<DingTalkCredentials> {
    const app = await credentials()
    if (!app)
      throw notConfigured(api)
    return app
  }

  async function jsapiTicket(signal?: AbortSignal): Promise<string> {
    return abortable(cache.for(await configured()).get(), signal)
  }

  return {
    jsapiTicket,
    invalidate: () => cache.current()?.drop(),
    sign,
    config: async (url, signal) => {
      const { agentId, corpId } = await configured()
      if (!agentId)
        throw notConfigured(api, 'agent_id_missing')
      const ticket = await jsapiTicket(signal)
      const timeStamp = String(Math.floor(clock.now()))
      const nonceStr = randomBytes(12).toString('hex')
      return { agentId, corpId, timeStamp, nonceStr, signature: sign({ ticket, nonceStr, timeStamp, url }) }
    },
  }
}
