/** A rate rises again by one call per second after this many quiet milliseconds. */
const recoverEveryMs = 5000

/** Several answers that report the same overload lower a rate only once within this many milliseconds. */
const oneStepMs = 1000

/** Calls per second that fall at once when DingTalk complains and recover step by step up to the ceiling. */
export class AdaptiveRate {
  readonly ceiling: number
  #base: number
  #loweredAt = Number.NEGATIVE_INFINITY

  constructor(ceiling: number) {
    this.ceiling = ceiling
    this.#base = ceiling
  }

  /** Whole calls per second allowed now, at least 1. */
  current(now: number): number {
    if (this.#base === this.ceiling)
      return this.ceiling
    return Math.min(this.ceiling, this.#base + Math.floor((now - this.#loweredAt) / recoverEveryMs))
  }

  /** Lowers the rate to 70 %, of `from` when given, otherwise of the current rate. */
  lower(now: number, from = this.current(now)): void {
    if (now - this.#loweredAt < oneStepMs)
      return
    this.#base = Math.max(1, Math.min(this.ceiling, Math.floor(from * 0.7)))
    this.#loweredAt = now
  }
}
