/**
 * How the HTTP client tells the session store what it sees, without importing it.
 * `epoch` counts logins on this page, so that a late 401 of an older session is not mistaken for
 * the loss of the current one.
 */
export interface SessionLink {
  epoch: () => number
  /** A 401 to a request sent in that epoch; resolves to true when repeating it makes sense. */
  recover: (epoch: number) => Promise<boolean>
  /** A request sent in that epoch was accepted as logged in. */
  proven: (epoch: number) => void
}

export const sessionLink: SessionLink = { epoch: () => 0, recover: async () => false, proven: () => {} }
