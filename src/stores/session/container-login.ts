import type { Session } from '#contract/session.ts'
import type { Progress, SessionDeps } from './types.ts'
import { ApiError, isApiError } from '../../api/errors.ts'

/** Queued this often (minutes of waiting), a person is better told than kept. */
const mostWaits = 20

interface LoginOptions {
  /** The company the page was opened from, as far as it still matters. */
  corpId: string | null
  report?: (progress: Progress) => void
  /** Turns in the queue before giving up. */
  waitsAllowed?: number
}

/**
 * Logs in with a fresh code from the client. A code goes to the server once: a stale one is replaced
 * once, and each turn in the queue (`login_busy`) starts with a new one.
 * @throws ApiError or ContainerError; what it says is for the problem page
 */
export async function containerLogin(deps: SessionDeps, { corpId, report = () => {}, waitsAllowed = mostWaits }: LoginOptions): Promise<Session> {
  const { api, container, page } = deps
  report({ step: 'sdk' })
  const [app] = await Promise.all([api.bootstrap(), container.warmUp()])
  if (!app.configured || !app.corpId)
    throw new ApiError({ code: 'not_configured', status: 409 })
  if (!app.logins.dingtalk)
    throw new ApiError({ code: 'login_dingtalk_off', status: 403 })
  if (corpId && corpId !== app.corpId)
    throw new ApiError({ code: 'wrong_corp', status: 403 })

  let stale = 0
  for (let waits = 0; ;) {
    report({ step: 'code' })
    const code = await container.requestLoginCode({ corpId: app.corpId, clientId: app.clientId })
    report({ step: 'exchange' })
    try {
      return await api.exchange(code, corpId)
    }
    catch (error) {
      if (!isApiError(error))
        throw error
      if (error.code === 'login_code_invalid' && stale++ === 0)
        continue
      if (!isQueue(error) || waits++ >= waitsAllowed)
        throw error
      await waitInQueue(page, error.retryAfter ?? 5, report)
    }
  }
}

/** Longer than this (seconds), people are told why instead of watching a clock: an IP ban lasts five minutes. */
const longestPause = 60

function isQueue({ code, retryAfter }: ApiError): boolean {
  return code === 'login_busy' || (code === 'dingtalk_throttled' && retryAfter !== undefined && retryAfter <= longestPause)
}

/** Counts down honestly; up to a quarter more than asked, so that a crowd does not return at once. */
async function waitInQueue(page: SessionDeps['page'], retryAfter: number, report: (progress: Progress) => void): Promise<void> {
  const seconds = Math.ceil(Math.max(1, retryAfter) * (1 + page.random() / 4))
  for (let left = seconds; left > 0; left--) {
    report({ step: 'waiting', seconds: left })
    await page.sleep(1000)
  }
}
