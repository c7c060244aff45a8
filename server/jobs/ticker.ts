import type { Logger } from 'pino'

export interface Ticker {
  /** There is work now; also while work is under way. */
  wake: () => void
  /** Tells the work under way to end, and waits for it. */
  stop: () => Promise<void>
}

interface TickerOptions {
  /** For the log. */
  name: string
  /** One round of work. @returns whether to go on at once, because there may be more */
  work: (signal: AbortSignal) => Promise<boolean>
  /** Milliseconds between two rounds, unless woken. */
  everyMs: number
  log: Logger
}

/** Does one kind of work again and again, never twice at a time. A round that fails is logged; the next one tries again. */
export function startTicker({ name, work, everyMs, log }: TickerOptions): Ticker {
  const stopping = new AbortController()
  let woken = false
  let interrupt = () => {}

  function pause(): Promise<void> {
    if (woken)
      return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, everyMs)
      interrupt = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function keepWorking(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = false
      const more = await work(stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted)
          log.warn({ err: error }, `${name} failed, trying again`)
        return false
      })
      if (!more && !stopping.signal.aborted)
        await pause()
    }
  }

  const ended = keepWorking()
  const wake = () => {
    woken = true
    interrupt()
  }
  return {
    wake,
    stop: () => {
      stopping.abort(new Error('the server is stopping'))
      wake()
      return ended
    },
  }
}
