import type { Today } from '#contract/crm/overview.ts'
import { sessionLink } from '../../api/session-link.ts'
import { basePath } from '../../support/base.ts'

let ahead: { epoch: number, answer: Promise<Response | undefined> } | undefined

/**
 * Asks for what is due on the way to the workbench, or takes what index.html asked for: a slow phone
 * needs as long to render the page as the server to answer. Plain fetch, because axios sends only
 * after that rendering.
 */
export function askTodayAhead(): void {
  const asked
    = window.__early?.today ?? fetch(`${basePath()}api/crm/today`, { credentials: 'same-origin', headers: { Accept: 'application/json' } })
  delete window.__early?.today
  ahead = { epoch: sessionLink.epoch(), answer: asked.catch(() => undefined) }
}

/** What was asked ahead, once, and only within the login that asked; undefined when it is to be asked for as usual. */
export async function takeToday(): Promise<Today | undefined> {
  const taken = ahead
  ahead = undefined
  const answer = taken?.epoch === sessionLink.epoch() ? await taken.answer : undefined
  return answer?.ok ? ((await answer.json().catch(() => undefined)) as Today | undefined) : undefined
}
