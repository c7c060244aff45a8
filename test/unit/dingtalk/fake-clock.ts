import type { Clock } from '../../../server/dingtalk/clock.ts'

interface Timer {
  at: number
  sequence: number
  wake: () => void
}

/** A clock that moves only when told, running due timers in order. */
export class FakeClock implements Clock {
  #now: number
  #sequence = 0
  #timers: Timer[] = []

  constructor(now = 1_800_000_000_000) {
    this.#now = now
  }

  now = (): number => this.#now

  after = (ms: number, wake: () => void): (() => void) => {
    const timer = { at: this.#now + ms, sequence: this.#sequence++, wake }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer)
    }
  }

  /** Time of the next timer, if any. */
  get next(): number | undefined {
    return this.#earliest()?.at
  }

  /** Moves on by `ms`, letting promises settle after every timer. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await settle()
    for (let timer = this.#earliest(); timer && timer.at <= end; timer = this.#earliest()) {
      this.#now = Math.max(this.#now, timer.at)
      const due = timer
      this.#timers = this.#timers.filter(other => other !== due)
      due.wake()
      await settle()
    }
    this.#now = end
  }

  #earliest(): Timer | undefined {
    return this.#timers.reduce<Timer | undefined>(
      (best, timer) => (!best || timer.at < best.at || (timer.at === best.at && timer.sequence < best.sequence) ? timer : best),
      undefined,
    )
  }
}

/** Lets everything that waits for resolved promises run. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 8; i++) await Promise.resolve()
}
