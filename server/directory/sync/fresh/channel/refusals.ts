import type { FreshParts } from '../parts.ts'
import { remember } from '../memory.ts'

/** The same refusal is written down at most this often (milliseconds): anybody can send us pushes. */
const noteEveryMs = 10_000

/** Remembers the last push that was not believed, so that an administrator learns why nothing arrives. */
export function createRefusals(db: FreshParts['db'], log: FreshParts['log']) {
  const noted = new Map<number, number>()
  return {
    /** In the background: the answer does not wait for it. */
    note(code: number): void {
      const now = Date.now()
      if (now - (noted.get(code) ?? 0) < noteEveryMs)
        return
      noted.set(code, now)
      remember(db, { refusedAt: now, refusedCode: code }).catch((error: unknown) => log.warn({ err: error }, 'a refused push could not be noted'))
    },
    /** A push was believed: the next refusal is news again. */
    worked: (): void => noted.clear(),
  }
}
