import type { Clock } from '../world/clock.ts'
import { opaque } from '../world/ids.ts'

const TICKET_LIFE_MS = 7200_000
const TICKET_MAX_AGE_MS = 86_400_000

/** The app's one JSAPI ticket: 2 h, renewed by each call, never older than 24 h (dingtalk-server-api §6). */
export interface JsapiTickets {
  issue: () => { ticket: string, expiresInS: number }
  /** The ticket signatures are checked against, undefined when none is alive. */
  current: () => string | undefined
  expire: () => void
}

export function createJsapiTickets(clock: Clock): JsapiTickets {
  let held: { ticket: string, firstIssuedAt: number, expiresAt: number } | undefined
  return {
    issue() {
      const now = clock.now()
      if (held === undefined || held.expiresAt <= now)
        held = { ticket: opaque() + opaque(), firstIssuedAt: now, expiresAt: 0 }
      held.expiresAt = Math.min(now + TICKET_LIFE_MS, held.firstIssuedAt + TICKET_MAX_AGE_MS)
      return { ticket: held.ticket, expiresInS: Math.floor((held.expiresAt - now) / 1000) }
    },
    current: () => (held !== undefined && held.expiresAt > clock.now() ? held.ticket : undefined),
    expire: () => {
      held = undefined
    },
  }
}
