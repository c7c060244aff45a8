import type { Bootstrap, Session } from '#contract/session.ts'
import { errorFromAnswer } from '../../api/answer.ts'

interface EarlyAnswers {
  session: Session
  bootstrap: Bootstrap
}

/**
 * The answer index.html asked for before the bundle was there; each is used once, later calls and
 * a request that got no answer at all go to `ask`.
 * @throws ApiError for an error answer
 */
export async function early<K extends keyof EarlyAnswers>(name: K, ask: () => Promise<EarlyAnswers[K]>): Promise<EarlyAnswers[K]> {
  const pending = window.__early?.[name]
  if (!pending)
    return ask()
  delete window.__early?.[name]
  const answer = await pending.catch(() => undefined)
  if (!answer)
    return ask()
  const body: unknown = await answer.json().catch(() => undefined)
  if (!answer.ok || body === undefined) {
    throw errorFromAnswer(answer.status, body, {
      requestId: answer.headers.get('x-request-id'),
    })
  }
  return body as EarlyAnswers[K]
}
