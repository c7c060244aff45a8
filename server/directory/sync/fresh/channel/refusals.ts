import type { FreshParts } from '../parts.ts'
import type { Refusal } from '../push-route.ts'
import { remember } from '../memory.ts'

/** The same refusal is written down at most this often (milliseconds): anybody can send us pushes. */
const noteEveryMs = 10_000

/**
 * Remembers the last push that was not believed, so that an administrator learns why nothing arrives. What anybody may
 * have sent is kept apart: it hides no refusal that says something, and is no failure of the channel.
 */
export function createRefusals(db: FreshParts['db'], log: FreshParts['log']) {
  const noted = new Map<string, number>()
  return {
    /** In the background: the answer does not wait for it. */
    note({ code, proven }: Refusal): void {
      const now = Date.now()
      const key = `${code} ${proven}`
      if (now - (noted.get(key) ?? 0) < noteEveryMs)
        return
      noted.set(key, now)
      remember(db, proven ? { refusedAt: now, refusedCode: code } : { doubtedAt: now, doubtedCode: code }).catch((error: unknown) => log.warn({ err: error }, 'a refused push could not be noted'))
    },
    /** A push was believed: the next refusal is news again. */
    worked: (): void => noted.clear(),
  }
}
