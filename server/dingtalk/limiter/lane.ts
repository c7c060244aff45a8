import { AdaptiveRate } from './rate.ts'
import { WaitingLine } from './waiting.ts'
import { SlidingWindow } from './window.ts'

/** Everything the limiter knows about one API. */
export class Lane {
  readonly line = new WaitingLine()
  readonly window = new SlidingWindow()
  readonly rate: AdaptiveRate
  pausedUntil = 0
  /** Global throttles in a row; the pause doubles with each (dingtalk-server-api §9.1: 1, 2, 4 s). */
  globalStreak = 0

  constructor(ceiling: number) {
    this.rate = new AdaptiveRate(ceiling)
  }

  readyAt(now: number): number {
    return Math.max(this.pausedUntil, this.window.readyAt(now, this.rate.current(now)))
  }

  pause(now: number, seconds: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, now + seconds * 1000)
  }
}
