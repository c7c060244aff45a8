import type { AppCaller } from './calls/app-caller.ts'
import type { Clock } from './clock.ts'
import type { Limiter } from './limiter/limiter.ts'
import { z } from 'zod'
import { DingTalkError } from './errors/dingtalk-error.ts'
import { flag, number, optionalText, result, userid } from './shapes.ts'

const api = '/topapi/v2/user/getuserinfo'

/** Nobody is sent away for longer than this many seconds, however many come. */
const longestAdvice = 120

/** The person behind a JSAPI code (dingtalk-server-api §2.2). */
export interface LoginIdentity {
  userid: string
  unionid?: string
  name?: string
  /** Is an administrator. */
  sys: boolean
  /** 1 main administrator, 2 sub-administrator, 100 boss, 0 other. */
  sysLevel: number
  deviceId?: string
  associatedUnionid?: string
}

/** How busy the login path is. */
export interface LoginPressure {
  /** Seconds a code handed in now would wait. */
  waitSeconds: number
  /** No more logins are accepted until the queue is shorter. */
  full: boolean
}

export interface Login {
  /**
   * Exchanges a JSAPI code; exactly one HTTP call when the app token is warm. A code is consumed by the first
   * exchange, so it is sent again only when DingTalk certainly did not look at it.
   * Throws DingTalkError: `busy` (with retryAfter, before queueing), 40078 (stale or wrong code), 40079, …
   */
  exchangeCode: (code: string, signal?: AbortSignal) => Promise<LoginIdentity>
  pressure: () => LoginPressure
}

export interface LoginParts {
  call: AppCaller
  limiter: Limiter
  clock: Clock
  timeoutMs: number
  maxQueueSeconds: number
}

const identity = result(
  z
    .object({
      userid,
      unionid: optionalText,
      name: optionalText,
      sys: flag.nullish(),
      sys_level: number.nullish(),
      device_id: optionalText,
      associated_unionid: optionalText,
    })
    .transform((raw): LoginIdentity => ({
      userid: raw.userid,
      unionid: raw.unionid,
      name: raw.name,
      sys: raw.sys ?? false,
      sysLevel: raw.sys_level ?? 0,
      deviceId: raw.device_id,
      associatedUnionid: raw.associated_unionid,
    })),
)

/** The in-container login: admission, then getuserinfo before everything else. */
export function createLogin({ call, limiter, clock, timeoutMs, maxQueueSeconds }: LoginParts): Login {
  /** Admitted, but not sent yet; more than the queue knows while they still wait for the token. */
  const coming = new Set<symbol>()

  /** Where the next person turned away should come back: spread, so that they do not all return at once. */
  let roomAt = 0

  function pressure(): LoginPressure {
    const waitSeconds = limiter.estimateWait(api, 'login', coming.size) / 1000
    return { waitSeconds, full: waitSeconds >= maxQueueSeconds }
  }

  function turnAway(waitSeconds: number): DingTalkError {
    const now = clock.now()
    const rate = limiter.stats().find(lane => lane.api === api)?.rate ?? 1
    roomAt = Math.min(Math.max(roomAt + 1000 / rate, now + waitSeconds * 1000), now + longestAdvice * 1000)
    const retryAfter = Math.max(1, Math.ceil((roomAt - now) / 1000))
    return new DingTalkError({ reason: 'busy', api, httpStatus: 0, outcome: 'rejected', retryAfter })
  }

  return {
    pressure,
    exchangeCode: async (code, signal) => {
      const { full, waitSeconds } = pressure()
      if (full)
        throw turnAway(waitSeconds)
      const ticket = Symbol('login')
      coming.add(ticket)
      try {
        const answer = await call({
          family: 'oapi',
          method: 'POST',
          api,
          body: { code },
          secrets: [code],
          priority: 'login',
          policy: 'once',
          timeoutMs,
          schema: identity,
          signal,
          onStart: () => coming.delete(ticket),
        })
        return answer.result
      }
      finally {
        coming.delete(ticket)
      }
    },
  }
}
