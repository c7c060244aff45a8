import { setTimeout as wait } from 'node:timers/promises'

const pollMs = 150

/** Waits until `url` answers 2xx. @returns false when `ended` settles first, as when the process behind it stopped */
export async function untilReady(url: string, ended: Promise<unknown>): Promise<boolean> {
  const over = new AbortController()
  void ended.then(() => over.abort())
  while (!over.signal.aborted) {
    if (
      await fetch(url).then(
        response => response.ok,
        () => false,
      )
    ) {
      return true
    }
    await wait(pollMs)
  }
  return false
}
