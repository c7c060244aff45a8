import type { Timeline } from './timeline.ts'

export interface WatchdogParts {
  time: Timeline
  /** Milliseconds between two pings. */
  keepaliveMs: number
  /** Milliseconds without any sign of life after which the connection counts as dead. */
  silenceMs: number
  ping: () => void
  onSilence: () => void
}

export interface Watchdog {
  /** Something arrived. */
  heard: () => void
  stop: () => void
}

/**
 * Notices connections that died without saying so, as behind a NAT or after the machine slept: a living one answers our
 * pings (dingtalk-server-api §7.2).
 */
export function startWatchdog({ time, keepaliveMs, silenceMs, ping, onSilence }: WatchdogParts): Watchdog {
  let heardAt = time.mark()
  let cancel = time.clock.after(keepaliveMs, check)

  function check(): void {
    const left = silenceMs - time.since(heardAt)
    if (left <= 0) {
      onSilence()
      return
    }
    ping()
    cancel = time.clock.after(Math.min(keepaliveMs, left), check)
  }

  return {
    heard: () => {
      heardAt = time.mark()
    },
    stop: () => cancel(),
  }
}
