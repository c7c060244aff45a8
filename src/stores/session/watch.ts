import type { Entrance } from './enter.ts'
import type { SessionState } from './state.ts'
import type { SessionDeps } from './types.ts'
import { isApiError } from '../../api/errors.ts'
import { wipeAccounts } from '../../support/storage.ts'
import { containerLogin } from './container-login.ts'
import { loggedOut } from './marks.ts'
import { shared } from './once.ts'
import { endsSession, problemFrom } from './problem.ts'

/** Milliseconds a check stays good for: moving about must not double the requests. */
const checkEvery = 30_000

/** What keeps the session true while it is used: the right person, and still welcome. */
export function createWatch(deps: SessionDeps, state: SessionState, entrance: Entrance) {
  const { api, container, page } = deps

  /** The page has just been loaded, with its session. */
  let checkedAt = page.now()
  let personCheckedAt = -Infinity

  const checkPerson = shared(async () => {
    personCheckedAt = page.now()
    const asked = state.epoch()
    try {
      // No queueing: a check in the background gives way to people waiting to get in.
      const next = await containerLogin(deps, { corpId: state.openedFrom(), waitsAllowed: 0 })
      if (state.session.value && !loggedOut.isSet())
        state.adopt(next, 'login')
    }
    catch (error) {
      const found = problemFrom(error)
      if (!state.session.value || state.epoch() !== asked || !endsSession(found))
        return
      wipeAccounts()
      await api.end().catch(() => {})
      state.fail(found)
      page.show('entry')
    }
  })

  /** Asks DingTalk in the background whether the person shown is the person holding the device. */
  async function verify(): Promise<void> {
    if (container.inContainer && state.session.value?.kind === 'account')
      await checkPerson()
  }

  /** Shows the way in again, with the problem if there is one. */
  function leave(): false {
    page.show(loggedOut.isSet() ? 'logged-out' : 'entry')
    return false
  }

  const regain = shared(async () => {
    const before = state.session.value
    // An earlier request has already ended it; the reason is on screen.
    if (!before)
      return false
    if (!state.proven()) {
      // Logged in, and not one request was accepted since: the browser drops our cookie.
      state.fail({ code: 'cookies_blocked' })
      return leave()
    }
    if (loggedOut.isSet() || before.kind === 'operator' || !container.inContainer) {
      state.session.value = null
      return leave()
    }
    const outcome = await entrance.fromContainer()
    if (outcome === 'problem' && state.problem.value && endsSession(state.problem.value))
      wipeAccounts()
    return outcome === 'problem' ? leave() : outcome === 'in'
  })

  /**
   * A request sent in that epoch got 401: the session ended elsewhere. Logs in again silently in
   * the client, keeping the page; else shows the entry. True: repeating the request makes sense.
   */
  function recover(requestEpoch: number): Promise<boolean> {
    if (requestEpoch !== state.epoch())
      return Promise.resolve(state.session.value !== null)
    return regain()
  }

  /** Asks the server whether the session shown is still the one it knows; without an answer it is. */
  const stillIn = shared(async (): Promise<boolean> => {
    if (!state.session.value)
      return false
    checkedAt = page.now()
    const asked = state.epoch()
    try {
      const found = await api.current()
      // Meanwhile somebody logged in or out: this answer is about the session before.
      return state.epoch() === asked && state.session.value !== null && state.recognise(found)
    }
    catch (error) {
      if (!isApiError(error) || error.status !== 401)
        return true
      await recover(asked)
      return false
    }
  })

  /** Asks again who is in, for a page that may be older than the session (back/forward cache, long sleep). */
  async function revalidate(): Promise<void> {
    if (await stillIn())
      await verify()
  }

  /** Somebody moves about in the app, much of which needs no request: is the session still there? */
  async function onMove(): Promise<void> {
    if (page.now() - checkedAt >= checkEvery)
      await stillIn()
  }

  /** The page is looked at again: by the same person? */
  async function onReturn(): Promise<void> {
    if (page.now() - checkedAt >= checkEvery && !(await stillIn()))
      return
    if (page.now() - personCheckedAt >= checkEvery)
      await verify()
  }

  return { verify, recover, revalidate, onMove, onReturn }
}
