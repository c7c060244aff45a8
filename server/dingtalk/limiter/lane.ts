import { AdaptiveRate } from './rate.ts'
import { WaitingLine } from './waiting.ts'
import { SlidingWindow } from './window.ts'

/**
 * Calls of one API that arrive a little closer together than they left are refused once in a while when the rate is
 * DingTalk's limit itself; that alone must not cost more than a few seconds, so the rate comes back quickly.
 */
const riseMs = 1000

/** What a call too many at DingTalk's very limit costs: its window has room again within a few call distances. */
const gentleShare = 0.95
const gentleRestSeconds = 0.15

/** Everything the limiter knows about one API. */
export class Lane {
  readonly line = new WaitingLine()
  readonly window = new SlidingWindow()
  readonly rate: AdaptiveRate
  #pausedUntil = 0
  /** Global throttles in a row. */
  #globalStreak = 0

  constructor(ceiling: number) {
    this.rate = new AdaptiveRate(ceiling, riseMs)
  }

  readyAt(now: number): number {
    return Math.max(this.#pausedUntil, this.window.readyAt(now, this.rate.current(now)))
  }

  /** Milliseconds the API still rests. */
  pausedMs(now: number): number {
    return Math.max(0, this.#pausedUntil - now)
  }

  wentWell(): void {
    this.#globalStreak = 0
  }

  /**
   * DingTalk complained (dingtalk-server-api §9.1). `app`: this app is too fast on this API, so it rests a second
   * and becomes slower. `atLimit`: the same at the very rate that DingTalk allows, so it was a matter of milliseconds. `global`: everybody is; resting 1, 2, 4 seconds is what DingTalk asks for.
   */
  complain(kind: 'app' | 'atLimit' | 'global', now: number, retryAfter = 1): void {
    if (kind === 'atLimit') {
      this.rate.lower(now, undefined, gentleShare)
      this.#pause(now, gentleRestSeconds)
      return
    }
    if (kind === 'app') {
      this.rate.lower(now)
      this.#pause(now, Math.max(1, retryAfter))
      return
    }
    this.#pause(now, Math.max(retryAfter, 2 ** Math.min(2, this.#globalStreak)))
    this.#globalStreak++
  }

  #pause(now: number, seconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, now + seconds * 1000)
  }
}
