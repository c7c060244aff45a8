/** A common rate rises again by one call per second after this many quiet milliseconds. */
const recoverEveryMs = 5000

/** A second complaint within this many milliseconds shows that the limit is really lower: then the rise is slower. */
const recurringMs = 15_000

/** Several answers that report the same overload lower a rate only once within this many milliseconds. */
const oneStepMs = 1000

/** Calls per second that fall at once when DingTalk complains and recover step by step up to the ceiling. */
export class AdaptiveRate {
  readonly ceiling: number
  readonly #firstRiseMs: number
  #riseMs: number
  #base: number
  #loweredAt = Number.NEGATIVE_INFINITY

  /** `riseMs`: how long one more call per second takes to come back after a complaint that stays alone. */
  constructor(ceiling: number, riseMs = recoverEveryMs) {
    this.ceiling = ceiling
    this.#base = ceiling
    this.#firstRiseMs = riseMs
    this.#riseMs = riseMs
  }

  /** Whole calls per second allowed now, at least 1. */
  current(now: number): number {
    if (this.#base === this.ceiling)
      return this.ceiling
    return Math.min(this.ceiling, this.#base + Math.floor((now - this.#loweredAt) / this.#riseMs))
  }

  /** Lowers the rate to 70 % or the given share, of `from` when given, otherwise of the current rate. */
  lower(now: number, from = this.current(now), share = 0.7): void {
    if (now - this.#loweredAt < oneStepMs)
      return
    this.#riseMs = now - this.#loweredAt < recurringMs ? Math.max(this.#riseMs, recoverEveryMs) : this.#firstRiseMs
    this.#base = Math.max(1, Math.min(this.ceiling, Math.floor(from * share)))
    this.#loweredAt = now
  }
}
