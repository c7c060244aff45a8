import { setTimeout as wait } from 'node:timers/promises'

/** Asks again until there is an answer, or a condition holds. @throws {Error} after `timeoutMs` without one */
export async function until<T>(ask: () => Promise<T | undefined | false> | T | undefined | false, timeoutMs = 20_000, everyMs = 20): Promise<T> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false)
      return answer
    if (Date.now() > end)
      throw new Error(`still nothing after ${timeoutMs} ms`)
    await wait(everyMs)
  }
}
