import type { Session } from '#contract/session.ts'
import type { Problem } from './problem.ts'
import type { Outcome, Progress, SessionPage } from './types.ts'
import { shallowRef } from 'vue'
import { wipeAccounts } from '../../support/storage.ts'
import { lastAccount, loggedOut, oauthGuard } from './marks.ts'
import { reportOf } from './problem.ts'

/** How a session became ours: DingTalk has just confirmed the person, or the server remembered them. */
export type Origin = 'login' | 'stored'

/** Who is in, and the two ways that changes. */
export function createState(page: Pick<SessionPage, 'reload' | 'corpId'>, report: (failure: NonNullable<ReturnType<typeof reportOf>>) => Promise<string>) {
  const session = shallowRef<Session | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const progress = shallowRef<Progress | null>(null)
  let epoch = 0
  let proven = false
  let confirmed = false
  let corpId = page.corpId

  /** Takes a session as the current one. False: it is somebody else's, and the page starts anew. */
  function adopt(next: Session, origin: Origin): boolean {
    if (next.kind === 'account') {
      const before = session.value
      if (lastAccount.get() !== next.account.id)
        wipeAccounts(next.account.id)
      lastAccount.set(next.account.id)
      if (before?.kind === 'account' && before.account.id !== next.account.id) {
        page.reload()
        return false
      }
    }
    epoch++
    // Whoever is in belongs here, whatever an address passed around says.
    corpId = null
    proven ||= origin === 'stored'
    confirmed ||= origin === 'login'
    session.value = next
    problem.value = null
    progress.value = null
    loggedOut.clear()
    oauthGuard.clear()
    return true
  }

  /** The server's word on who is in. Unlike `adopt` it starts no new epoch when nothing has changed. */
  function recognise(found: Session): boolean {
    const shown = session.value
    const same = shown?.kind === 'account' && found.kind === 'account' && shown.account.id === found.account.id
    if (!same)
      return adopt(found, 'stored')
    proven = true
    session.value = found
    return true
  }

  /** Nobody is in, for this reason. */
  function fail(reason: Problem): Outcome {
    session.value = null
    progress.value = null
    problem.value = reason
    const unseen = reportOf(reason)
    if (unseen)
      void report(unseen).then(loginCode => addCode(reason, loginCode), () => {})
    return 'problem'
  }

  /** The short code comes later than the problem, which may be another one by then. */
  function addCode(reason: Problem, loginCode: string): void {
    if (problem.value === reason)
      problem.value = { ...reason, loginCode }
  }

  return {
    session,
    problem,
    progress,
    adopt,
    recognise,
    fail,
    /** Counts sessions taken on this page; see SessionLink. */
    epoch: () => epoch,
    /** A request was accepted since the page was loaded: the browser does send our cookie. */
    proven: () => proven,
    prove: (requestEpoch: number): void => {
      proven ||= requestEpoch === epoch
    },
    /** The company the page was opened from; null when it does not matter (any more). */
    openedFrom: () => corpId,
    forgetCorp: (): void => {
      corpId = null
    },
    /** DingTalk confirmed the person since the page was loaded. */
    confirmed: () => confirmed,
  }
}

export type SessionState = ReturnType<typeof createState>
