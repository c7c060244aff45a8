import type { Caller } from './calls/caller.ts'
import type { Clock } from './clock.ts'
import type { DingTalkCredentials, DingTalkLogger } from './options.ts'
import { z } from 'zod'
import { perCredentials } from './cache/per-credentials.ts'
import { createRenewing } from './cache/renewing.ts'
import { abortable } from './clock.ts'
import { DingTalkError, notConfigured } from './errors/dingtalk-error.ts'

/**
 * Of the three token endpoints (dingtalk-server-api §1.3-1.5) this one: it documents that repeating the call
 * returns the same token, so several processes can share it; the secret travels in the body, not in a URL that
 * proxies log (gettoken); and a wrong CorpId does not turn into an unexplained HTTP 500 (unified endpoint).
 */
const api = '/v1.0/oauth2/accessToken'

const answer = z.object({ accessToken: z.string().min(1), expireIn: z.coerce.number().positive() })

/** The endpoint that names the company (§1.5); its token is not used, only whether there is one. */
const corpApi = '/v1.0/oauth2/:corpId/token'
const corpAnswer = z.object({ access_token: z.string().min(1) })

/** The app's access token, valid on both hosts. */
export interface AppToken {
  get: (signal?: AbortSignal) => Promise<string>
  /** Whether the app lives in the company of the credentials. Throws `corp_not_of_app` where DingTalk does not know it there. */
  checkCorp: (signal?: AbortSignal) => Promise<void>
  /** Drops the cached token; with `refused`, only when that one is still cached, and once a second at most. */
  invalidate: (refused?: string) => void
}

export interface TokenParts {
  call: Caller
  credentials: () => Promise<DingTalkCredentials | undefined>
  clock: Clock
  logger: DingTalkLogger
  timeoutMs: number
}

/** Caches the token in memory, single-flight, renewed ten minutes early, forgotten when the credentials change. */
export function createToken({ call, credentials, clock, logger, timeoutMs }: TokenParts): AppToken {
  const cache = perCredentials(app =>
    createRenewing({
      clock,
      fetch: async () => {
        const { accessToken, expireIn } = await call({
          family: 'api',
          method: 'POST',
          api,
          body: { appKey: app.clientId, appSecret: app.clientSecret },
          secrets: [app.clientSecret],
          clientId: app.clientId,
          priority: 'login',
          policy: 'read',
          timeoutMs,
          schema: answer,
        })
        return { value: accessToken, lifetimeMs: expireIn * 1000 }
      },
      onRenewalFailed: err => logger.warn({ err }, 'early renewal of the app token failed, the old one is still valid'),
    }),
  )

  return {
    get: async (signal) => {
      const app = await credentials()
      if (!app)
        throw notConfigured(api)
      return abortable(cache.for(app).get(), signal)
    },
    checkCorp: async (signal) => {
      const app = await credentials()
      if (!app)
        throw notConfigured(corpApi)
      await call({
        family: 'api',
        method: 'POST',
        api: corpApi.replace(':corpId', encodeURIComponent(app.corpId)),
        body: { client_id: app.clientId, client_secret: app.clientSecret, grant_type: 'client_credentials' },
        secrets: [app.clientSecret],
        clientId: app.clientId,
        priority: 'interactive',
        policy: 'once',
        timeoutMs,
        signal,
        schema: corpAnswer,
      }).catch((error: unknown) => {
        // A CorpId DingTalk does not know is answered with a bare 500 (§1.5).
        if (error instanceof DingTalkError && ['unauthorized.client', 'unknownError'].includes(error.reason)) {
          const { httpStatus, requestId, clientId, text } = error
          throw new DingTalkError({ reason: 'corp_not_of_app', api: corpApi, httpStatus, outcome: 'rejected', requestId, clientId, text })
        }
        throw error
      })
    },
    invalidate: refused => cache.current()?.drop(refused),
  }
}
