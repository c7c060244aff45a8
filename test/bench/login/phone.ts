import type { ApiOutput } from '#contract/index.ts'
import type { SessionDeps } from '../../../src/stores/session/types.ts'
import type { Product } from '../product.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { errorFromAnswer } from '../../../src/api/answer.ts'
import { isApiError } from '../../../src/api/errors.ts'
import { containerLogin } from '../../../src/stores/session/container-login.ts'
import { createClient } from '../../support/client.ts'

export interface PhoneLogin {
  ok: boolean
  /** Milliseconds from the first request to the session, waiting included. */
  totalMs: number
  /** Milliseconds of the exchange that brought the session. */
  exchangeMs: number
  /** Milliseconds of each exchange answered with login_busy. */
  busyMs: number[]
  /** Requests of ours between the last code and the session. */
  requests: number
}

/** One person's phone: the H5's own login, queueing and all, over plain HTTP instead of a web view. */
export async function loginOf({ url, code }: Product, userid: string): Promise<PhoneLogin> {
  const client = createClient(url)
  const busyMs: number[] = []
  let exchangeMs = Number.NaN
  let requests = 0
  const deps: SessionDeps = {
    api: {
      current: () => Promise.reject(new Error('not part of a login')),
      report: async () => {
        throw new Error('nothing fails here')
      },
      end: () => Promise.resolve(),
      async bootstrap() {
        requests++
        return (await client.get<ApiOutput<'GET /api/bootstrap'>>('/api/bootstrap')).body
      },
      async exchange(code) {
        requests++
        const start = performance.now()
        const answer = await client.post<ApiOutput<'POST /api/session/dingtalk'>>('/api/session/dingtalk', { code })
        const took = performance.now() - start
        if (answer.status === 200) {
          exchangeMs = took
          return answer.body
        }
        if (answer.error.code === 'login_busy')
          busyMs.push(took)
        throw errorFromAnswer(answer.status, answer.body, { retryAfter: answer.headers.get('retry-after') })
      },
    },
    container: {
      inContainer: true,
      warmUp: () => Promise.resolve(),
      requestLoginCode() {
        requests = 0
        return Promise.resolve(code(userid))
      },
    },
    page: {
      corpId: null,
      reload: () => {},
      startOAuth: () => {},
      show: () => {},
      cookiesEnabled: () => true,
      now: Date.now,
      sleep: ms => wait(ms),
      random: Math.random,
    },
  }
  const start = performance.now()
  const ok = await containerLogin(deps, { corpId: null }).then(
    () => true,
    (error: unknown) => {
      if (isApiError(error))
        return false
      throw error
    },
  )
  return { ok, totalMs: performance.now() - start, exchangeMs, busyMs, requests }
}
