import type { Clock } from '../../clock.ts'

export interface MissedParts {
  clock: Clock
  /** Milliseconds an event has to come again and be stored. DingTalk pushes again after 10 s and 30 s (dingtalk-server-api §7). */
  patienceMs: number
  /** Some events did not; `since` = when the first of them arrived, on the clock. */
  report: (since: number) => void
}

/** Remembers the events that could not be stored, until they are or are given up. */
export interface Missed {
  failed: (id: string) => void
  stored: (id: string) => void
  /** Reports what is still open, and ends. */
  stop: () => void
}

export function createMissed({ clock, patienceMs, report }: MissedParts): Missed {
  /** id → when it failed first; in this order. */
  const open = new Map<string, number>()
  let cancel: (() => void) | undefined

  function wait(): void {
    const [first] = open.values()
    cancel = first === undefined ? undefined : clock.after(Math.max(0, first + patienceMs - clock.now()), giveUp)
  }

  function giveUp(): void {
    const overdue = [...open].filter(([, at]) => at + patienceMs <= clock.now())
    overdue.forEach(([id]) => open.delete(id))
    const first = overdue[0]
    if (first)
      report(first[1])
    wait()
  }

  return {
    failed: (id) => {
      if (!open.has(id))
        open.set(id, clock.now())
      if (!cancel)
        wait()
    },
    stored: id => void open.delete(id),
    stop: () => {
      cancel?.()
      const [first] = open.values()
      open.clear()
      if (first !== undefined)
        report(first)
    },
  }
}
