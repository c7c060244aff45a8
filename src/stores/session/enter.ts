import type { SessionState } from './state.ts'
import type { Outcome, SessionDeps } from './types.ts'
import { isApiError } from '../../api/errors.ts'
import { containerLogin } from './container-login.ts'
import { loggedOut, oauthGuard, returnAddress } from './marks.ts'
import { shared } from './once.ts'
import { problemFrom } from './problem.ts'

export interface EnterOptions {
  /** A path of ours, below the base. */
  returnTo: string
  /** The person tapped for it: overrides the logged-out mark and the redirect guard. */
  asked?: boolean
  /** Use the browser login even inside the client. */
  browser?: boolean
  /** Do not hold the company named in the address against them. */
  anyCorp?: boolean
}

/** The ways in: the session this device has, a code from the client, DingTalk's login page. */
export function createEntrance(deps: SessionDeps, state: SessionState) {
  const { api, container, page } = deps
  /** The server has just said that nobody is logged in: the entry page need not ask again. */
  let knownOut = false

  /** The session this device already has: 'in', 'out', or 'problem' when the server could not be asked. */
  async function restore(): Promise<'in' | 'out' | 'problem'> {
    if (state.session.value)
      return 'in'
    try {
      return state.adopt(await api.current(), 'stored') ? 'in' : 'out'
    }
    catch (error) {
      if (isApiError(error) && error.status === 401) {
        knownOut = true
        return 'out'
      }
      state.fail(problemFrom(error))
      return 'problem'
    }
  }

  async function fromContainer(): Promise<Outcome> {
    try {
      const next = await containerLogin(deps, {
        corpId: state.openedFrom(),
        report: (now) => {
          state.progress.value = now
        },
      })
      return state.adopt(next, 'login') ? 'in' : 'leaving'
    }
    catch (error) {
      return state.fail(problemFrom(error))
    }
  }

  /** Leaves this page for DingTalk's. Only a tap may do that twice within two minutes. */
  async function fromBrowser(returnTo: string, asked: boolean): Promise<Outcome> {
    if (!page.cookiesEnabled())
      return state.fail({ code: 'cookies_blocked' })
    if (!asked && !oauthGuard.mayStart(page.now()))
      return state.fail({ code: 'login_unfinished' })
    try {
      const { configured, logins } = await api.bootstrap()
      if (!configured)
        return state.fail({ code: 'not_configured' })
      if (!logins.browser)
        return state.fail({ code: 'login_browser_off' })
    }
    catch (error) {
      return state.fail(problemFrom(error))
    }
    state.progress.value = { step: 'redirecting' }
    oauthGuard.note(page.now())
    returnAddress.set(returnTo)
    page.startOAuth(returnTo)
    return 'leaving'
  }

  async function tryToEnter({ returnTo, asked = false, browser = false, anyCorp = false }: EnterOptions): Promise<Outcome> {
    state.problem.value = null
    if (anyCorp)
      state.forgetCorp()
    if (asked)
      loggedOut.clear()
    state.progress.value = { step: 'session' }
    const found = knownOut && !asked ? 'out' : await restore()
    knownOut = false
    if (found !== 'out')
      return found
    if (loggedOut.isSet()) {
      state.progress.value = null
      return 'logged-out'
    }
    return container.inContainer && !browser ? fromContainer() : fromBrowser(returnTo, asked)
  }

  return {
    restore: shared(restore),
    fromContainer,
    /** Gets somebody in, or says why not; calls made meanwhile share the attempt. */
    enter: shared(tryToEnter),
  }
}

export type Entrance = ReturnType<typeof createEntrance>
