import type { ApiInput } from '#contract/index.ts'
import type { Bootstrap, Session } from '#contract/session.ts'

/** What is happening while somebody waits to get in. */
export type LoginStep = 'session' | 'sdk' | 'code' | 'exchange' | 'waiting' | 'redirecting'

export interface Progress {
  step: LoginStep
  /** Seconds left until the next try, in the queue. */
  seconds?: number
}

/** The session routes of the API. */
export interface SessionApi {
  current: () => Promise<Session>
  bootstrap: () => Promise<Bootstrap>
  /** `corpId`: the company the page was opened from, for the server's wrong-corp answer. */
  exchange: (code: string, corpId: string | null) => Promise<Session>
  end: () => Promise<void>
  /** Has a failure that only this page saw written down. @returns its short code */
  report: (failure: ApiInput<'POST /api/session/failure'>['body']) => Promise<string>
}

export interface SessionContainer {
  inContainer: boolean
  warmUp: () => Promise<void>
  requestLoginCode: (app: { corpId: string, clientId: string | null }) => Promise<string>
}

/** What the session does to the page it runs in; faked in tests. */
export interface SessionPage {
  /** The company named in the URL the page was opened with. */
  corpId: string | null
  /** Starts again from nothing, at the same address. */
  reload: () => void
  /** Leaves for the browser login, to come back at `returnTo`. */
  startOAuth: (returnTo: string) => void
  /** Shows the entry or logged-out page instead of the current one. */
  show: (page: 'entry' | 'logged-out') => void
  cookiesEnabled: () => boolean
  /** Milliseconds since the epoch. */
  now: () => number
  /** Resolves after so many milliseconds. */
  sleep: (ms: number) => Promise<void>
  /** 0 ≤ x < 1. */
  random: () => number
}

export interface SessionDeps {
  api: SessionApi
  container: SessionContainer
  page: SessionPage
}

/** How an attempt to get in ended. */
export type Outcome = 'in' | 'problem' | 'leaving' | 'logged-out'
