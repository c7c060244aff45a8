import type { SessionApi, SessionPage } from './types.ts'
import { request } from '../../api/index.ts'
import { basePath } from '../../support/base.ts'
import { early, earlySession } from './early.ts'

/** The session's page effects in a real browser; `show` is the router's. */
export function browserPage(show: SessionPage['show']): SessionPage {
  return {
    corpId: window.__early?.corpId ?? null,
    reload: () => location.reload(),
    startOAuth: (returnTo) => {
      location.assign(`${basePath()}api/session/oauth/start?returnTo=${encodeURIComponent(returnTo)}`)
    },
    show,
    cookiesEnabled: () => navigator.cookieEnabled,
    now: () => Date.now(),
    sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
    random: () => Math.random(),
  }
}

/** The session routes, the first two answered from what index.html asked for already. */
export function browserApi(): SessionApi {
  let bootstrap: ReturnType<SessionApi['bootstrap']> | undefined
  // Before the router changes it; a code of somebody's has been taken out of it (index.html).
  const openedAt = location.pathname + (window.__early?.foreignCode ? '?state=dingtalk' : location.search)
  return {
    current: async () => (await earlySession()) ?? request('GET /api/session', { recover: false }),
    bootstrap: () => {
      bootstrap ??= early('bootstrap').then(answer => answer ?? request('GET /api/bootstrap', { recover: false }))
      bootstrap.catch(() => {
        bootstrap = undefined
      })
      return bootstrap
    },
    exchange: (code, corpId) => request('POST /api/session/dingtalk', { body: { code, openedAt, ...(corpId && { corpId }) }, recover: false }),
    report: async body => (await request('POST /api/session/failure', { body, recover: false, timeout: 10_000 })).loginCode,
    end: () => request('DELETE /api/session', { recover: false }),
  }
}
