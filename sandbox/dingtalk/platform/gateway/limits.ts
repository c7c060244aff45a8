import type { Clock } from '../world/clock.ts'
import type { Settings } from '../world/settings.ts'
import type { ClosingWindow, SlidingWindow } from './rate.ts'
import { createClosingWindow, createSlidingWindow } from './rate.ts'

export interface Closed {
  from: number
  to: number
  until: number
}

/** All counters of dingtalk-server-api §9.1; built anew when the rate settings change. */
export interface Limits {
  ipBan: (ip: string) => Closed | undefined
  burst: (path: string) => Closed | undefined
  /** Takes one call of this API; false when it comes too fast. */
  rate: (path: string) => boolean
  /** Counts one call of the month; false when the quota is used up. */
  quota: () => boolean
  /** Counted calls of the current month. */
  used: () => number
}

function lazily<V>(create: () => V): (key: string) => V {
  const known = new Map<string, V>()
  return (key) => {
    let value = known.get(key)
    if (value === undefined) {
      value = create()
      known.set(key, value)
    }
    return value
  }
}

/** `YYYY-MM` in China. */
function monthOf(epochMs: number): string {
  return new Date(epochMs + 8 * 3600_000).toISOString().slice(0, 7)
}

/** `spent` carries the month's counter over a change of settings. */
export function createLimits(clock: Clock, rates: Settings['rates'], spent = 0): Limits {
  const { perApi, overall, burst, ipBan, monthly } = rates
  const rateOf = perApi === null ? undefined : lazily<SlidingWindow>(() => createSlidingWindow(perApi, 1000))
  const all = overall === null ? undefined : createSlidingWindow(overall, 1000)
  const burstOf = burst === null ? undefined : lazily<ClosingWindow>(() => createClosingWindow(burst.limit, burst.windowMs, burst.closedMs))
  const banOf = ipBan === null ? undefined : lazily<ClosingWindow>(() => createClosingWindow(ipBan.limit, ipBan.windowMs, ipBan.bannedMs))
  let month = monthOf(clock.now())
  let used = spent

  function countedThisMonth(): number {
    const current = monthOf(clock.now())
    if (current !== month) {
      month = current
      used = 0
    }
    return used
  }
  return {
    ipBan: ip => banOf?.(ip).enter(clock.now()),
    burst: path => burstOf?.(path).enter(clock.now()),
    // Calls per second follow the real clock: shifting the sandbox clock must not open or close the gate.
    rate: path => (all?.take(performance.now()) ?? true) && (rateOf?.(path).take(performance.now()) ?? true),
    quota() {
      if (monthly !== null && countedThisMonth() >= monthly)
        return false
      used = countedThisMonth() + 1
      return true
    },
    used: countedThisMonth,
  }
}
