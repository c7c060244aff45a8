import type { Session } from '#contract/session.ts'
import type { Problem } from './problem.ts'
import type { Outcome, Progress, SessionDeps } from './types.ts'
import { shallowRef } from 'vue'
import { isApiError } from '../../api/errors.ts'
import { wipeAccounts } from '../../support/storage.ts'
import { containerLogin } from './container-login.ts'
import { lastAccount, loggedOut, oauthGuard, returnAddress } from './marks.ts'
import { endsSession, problemFrom } from './problem.ts'

/**
 * Who is in, and every way in and out (design: "The right person", "The user is never stuck").
 * Plain refs and injected effects; `stores/session` makes it a Pinia store.
 */
export function createSession(deps: SessionDeps) {
  const { api, container, page } = deps
  const session = shallowRef<Session | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const progress = shallowRef<Progress | null>(null)

  /** Logins on this page; see SessionLink. */
  let epoch = 0
  let proven = false
  let entering: Promise<Outcome> | undefined
  let recovering: Promise<boolean> | undefined
  let verifying: Promise<void> | undefined

  /** Takes a session as the current one. False: it is somebody else's, and the page starts anew. */
  function adopt(next: Session): boolean {
    const before = session.value
    if (next.kind === 'account') {
      if (lastAccount.get() !== next.account.id)
        wipeAccounts(next.account.id)
      lastAccount.set(next.account.id)
      if (before?.kind === 'account' && before.account.id !== next.account.id) {
        page.reload()
        return false
      }
    }
    epoch++
    session.value = next
    problem.value = null
    progress.value = null
    loggedOut.clear()
    oauthGuard.clear()
    return true
  }

  function fail(reason: Problem): Outcome {
    session.value = null
    progress.value = null
    problem.value = reason
    return 'problem'
  }

  /** The session this device already has: 'in', 'out', or 'problem' when the server could not be asked. */
  async function restore(): Promise<'in' | 'out' | 'problem'> {
    if (session.value)
      return 'in'
    try {
      if (!adopt(await api.current()))
        return 'out'
      proven = true
      return 'in'
    }
    catch (error) {
      if (isApiError(error) && error.status === 401)
        return 'out'
      fail(problemFrom(error))
      return 'problem'
    }
  }

  /** In through the DingTalk client. */
  async function enterFromContainer(): Promise<Outcome> {
    try {
      const next = await containerLogin(deps, (now) => { progress.value = now })
      proven = false
      return adopt(next)
        ? 'in'
        : 'leaving'
    }
    catch (error) {
      return fail(problemFrom(error))
    }
  }

  /** In through DingTalk's login page; leaves this page. Only a tap may do that twice in two minutes. */
  async function enterFromBrowser(returnTo: string, asked: boolean): Promise<Outcome> {
    if (!page.cookiesEnabled())
      return fail({ code: 'cookies_blocked' })
    if (!asked && !oauthGuard.mayStart(page.now()))
      return fail({ code: 'login_unfinished' })
    try {
      if (!(await api.bootstrap()).configured)
        return fail({ code: 'not_configured' })
    }
    catch (error) {
      return fail(problemFrom(error))
    }
    progress.value = { step: 'redirecting' }
    oauthGuard.note(page.now())
    returnAddress.set(returnTo)
    page.startOAuth(returnTo)
    return 'leaving'
  }

  async function tryToEnter({ returnTo, asked, browser }: EnterOptions): Promise<Outcome> {
    problem.value = null
    if (asked)
      loggedOut.clear()
    progress.value = { step: 'session' }
    const found = await restore()
    if (found !== 'out')
      return found
    if (loggedOut.isSet()) {
      progress.value = null
      return 'logged-out'
    }
    return container.inContainer && !browser
      ? enterFromContainer()
      : enterFromBrowser(returnTo, asked ?? false)
  }

  /** Gets somebody in, or says why not; calls made meanwhile share the attempt. */
  function enter(options: EnterOptions): Promise<Outcome> {
    entering ??= tryToEnter(options).finally(() => { entering = undefined })
    return entering
  }

  async function checkPerson(): Promise<void> {
    try {
      const next = await containerLogin(deps, () => {}, 0)
      if (session.value && !loggedOut.isSet())
        adopt(next)
    }
    catch (error) {
      const found = problemFrom(error)
      if (!session.value || !endsSession(found))
        return
      wipeAccounts()
      await api.end().catch(() => {})
      fail(found)
      page.show('entry')
    }
  }

  /** Asks DingTalk in the background whether the person shown is the person holding the device. */
  function verify(): Promise<void> {
    if (!container.inContainer || session.value?.kind !== 'account')
      return Promise.resolve()
    verifying ??= checkPerson().finally(() => { verifying = undefined })
    return verifying
  }

  async function regain(): Promise<boolean> {
    const before = session.value
    if (loggedOut.isSet() || before?.kind === 'operator' || !container.inContainer) {
      session.value = null
      page.show(loggedOut.isSet()
        ? 'logged-out'
        : 'entry')
      return false
    }
    if (before && !proven) {
      // Logged in, and not one request was accepted since: the cookie does not stick.
      fail({ code: 'cookies_blocked' })
      page.show('entry')
      return false
    }
    const outcome = await enterFromContainer()
    if (outcome === 'problem')
      page.show('entry')
    return outcome === 'in'
  }

  /** A request got 401: the session ended elsewhere. True when repeating the request makes sense. */
  function recover(requestEpoch: number): Promise<boolean> {
    if (requestEpoch !== epoch)
      return Promise.resolve(session.value !== null)
    recovering ??= regain().finally(() => { recovering = undefined })
    return recovering
  }

  /** Asks again who is in, for a page that may be older than the session. */
  async function revalidate(): Promise<void> {
    if (!session.value)
      return
    const asked = epoch
    try {
      adopt(await api.current())
      await verify()
    }
    catch (error) {
      if (isApiError(error) && error.status === 401)
        await recover(asked)
    }
  }

  /** Ends the session on the server, then here. @throws ApiError when the server could not be told: still in */
  async function logOut(): Promise<void> {
    await api.end()
    loggedOut.set()
    session.value = null
    wipeAccounts()
    page.show('logged-out')
  }

  return {
    session,
    problem,
    progress,
    adopt,
    restore,
    enter,
    verify,
    revalidate,
    recover,
    logOut,
    /** The person asked to be logged in again after a logout. */
    allowLogin: () => {
      loggedOut.clear()
      oauthGuard.clear()
    },
    epoch: () => epoch,
    prove: (requestEpoch: number) => { proven ||= requestEpoch === epoch },
  }
}

export interface EnterOptions {
  /** A path of ours, below the base. */
  returnTo: string
  /** The person tapped for it: overrides the logged-out mark and the redirect guard. */
  asked?: boolean
  /** Use the browser login even inside the client. */
  browser?: boolean
}
