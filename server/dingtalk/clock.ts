import { performance } from 'node:perf_hooks'

/** Time as the DingTalk client sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970, never going backwards. */
  now: () => number
  /** Runs `wake` once after `ms` milliseconds; the returned function cancels it. */
  after: (ms: number, wake: () => void) => () => void
}

/** The real time. Monotonic: a corrected system clock must neither freeze the limiter nor revive a token. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after: (ms, wake) => {
    const timer = setTimeout(wake, Math.ceil(ms))
    return () => clearTimeout(timer)
  },
}

/** Resolves after `ms` milliseconds; rejects with the signal's reason when aborted before. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    const settled = new AbortController()
    const cancel = clock.after(ms, () => {
      settled.abort()
      resolve()
    })
    signal?.addEventListener(
      'abort',
      () => {
        cancel()
        reject(signal.reason)
      },
      { once: true, signal: settled.signal },
    )
  })
}

/** Waits for `promise`, but no longer than `signal` allows. The promise itself goes on. */
export function abortable<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal)
    return promise
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason)
    if (signal.aborted)
      onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
