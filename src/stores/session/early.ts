import type { Bootstrap, Session } from '#contract/session.ts'
import { errorFromAnswer } from '../../api/answer.ts'

interface EarlyAnswers {
  session: Session
  bootstrap: Bootstrap
}

/**
 * The answer index.html asked for before the bundle was there; each is used once. Undefined when it
 * was not asked for, is used up, or never came.
 * @throws ApiError for an error answer
 */
export async function early<K extends keyof EarlyAnswers>(name: K): Promise<EarlyAnswers[K] | undefined> {
  const pending = window.__early?.[name]
  delete window.__early?.[name]
  const answer = await pending?.catch(() => undefined)
  if (!answer)
    return undefined
  const body: unknown = await answer.json().catch(() => undefined)
  if (!answer.ok || body === undefined) {
    throw errorFromAnswer(answer.status, body, { requestId: answer.headers.get('x-request-id') })
  }
  return body as EarlyAnswers[K]
}

/**
 * The early session. The early workbench (`today`) was asked with the same cookie: it stays only beside the
 * session of an account, so that nobody ever sees somebody else's.
 * @throws ApiError for an error answer
 */
export async function earlySession(): Promise<Session | undefined> {
  let session: Session | undefined
  try {
    session = await early('session')
    return session
  }
  finally {
    if (session?.kind !== 'account')
      delete window.__early?.today
  }
}
