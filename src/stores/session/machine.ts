import type { SessionDeps } from './types.ts'
import { wipeAccounts } from '../../support/storage.ts'
import { createEntrance } from './enter.ts'
import { loggedOut, oauthGuard } from './marks.ts'
import { createState } from './state.ts'
import { createWatch } from './watch.ts'

/**
 * Who is in, and every way in and out ("The right person", "The user is never stuck" in
 * docs/architecture.md). Plain refs and injected effects; `stores/session` makes it a Pinia store.
 */
export function createSession(deps: SessionDeps) {
  const state = createState(deps.page, failure => deps.api.report({ way: deps.container.inContainer ? 'dingtalk' : 'oauth', ...failure }))
  const { restore, enter, ...ways } = createEntrance(deps, state)
  const watch = createWatch(deps, state, { restore, enter, ...ways })

  /** Ends the session on the server, then here. @throws ApiError when the server could not be told: still in */
  async function logOut(): Promise<void> {
    await deps.api.end()
    loggedOut.set()
    state.session.value = null
    wipeAccounts()
    deps.page.show('logged-out')
  }

  /** The person asked to be logged in again after a logout. */
  function allowLogin(): void {
    loggedOut.clear()
    oauthGuard.clear()
  }

  return { ...state, ...watch, restore, enter, logOut, allowLogin }
}
