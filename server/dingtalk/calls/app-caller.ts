import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { DingTalkCredentials, DingTalkLogger } from '../options.ts'
import type { AppToken } from '../token.ts'
import type { Call, Caller } from './caller.ts'
import { sleep } from '../clock.ts'
import { isTokenError } from '../errors/classify.ts'
import { DingTalkError, notConfigured } from '../errors/dingtalk-error.ts'

/** A call that needs the app token; family, host and token are filled in here. */
export type AppCall<Schema extends z.ZodType> = Omit<Call<Schema>, 'token' | 'clientId' | 'timeoutMs'> & { timeoutMs?: number }

export type AppCaller = <Schema extends z.ZodType>(call: AppCall<Schema>) => Promise<z.output<Schema>>

export interface AppCallerParts {
  call: Caller
  token: AppToken
  credentials: () => Promise<DingTalkCredentials | undefined>
  logger: DingTalkLogger
  defaultTimeoutMs: number
  clock: Clock
}

/** Pauses before a call whose token was refused is repeated with a fresh one, in milliseconds; then it is final. */
const pausesMs = [0, 1000, 3000]

/**
 * Calls in the name of the app: with the cached token, and when DingTalk refuses the token, a few times more with a
 * fresh one, because a new token may not be known everywhere at once. Never a loop (dingtalk-server-api §1.6).
 */
export function createAppCaller(parts: AppCallerParts): AppCaller {
  return async (call) => {
    const credentials = await parts.credentials()
    if (!credentials)
      throw notConfigured(call.api)
    // asked for before queueing too, so that wrong credentials fail at once
    let used = await parts.token.get(call.signal)
    const token = async (): Promise<string> => (used = await parts.token.get(call.signal))
    const complete = { timeoutMs: parts.defaultTimeoutMs, ...call, clientId: credentials.clientId, token }
    for (const pauseMs of pausesMs) {
      try {
        return await parts.call(complete)
      }
      catch (error) {
        if (!(error instanceof DingTalkError) || !isTokenError(error))
          throw error
        parts.logger.info({ api: call.api, reason: error.reason, pauseMs }, 'app token refused, fetching a new one')
        parts.token.invalidate(used)
        await sleep(parts.clock, pauseMs, call.signal)
      }
    }
    return parts.call(complete)
  }
}
