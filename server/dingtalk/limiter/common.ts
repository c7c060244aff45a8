import { AdaptiveRate } from './rate.ts'
import { SlidingWindow } from './window.ts'

/** A learned common rate may rise to this multiple of the rate per API. */
const learnedCeiling = 4

/**
 * The limit over all APIs. Whether DingTalk counts an account per API or as a whole is not known beforehand
 * (dingtalk-server-api §9.1, §13), so without a configured rate there is none until a complaint suggests one.
 */
export class CommonLimit {
  readonly #window = new SlidingWindow()
  readonly #perApi: number
  #rate: AdaptiveRate | undefined

  constructor(perApi: number, perApp: number | undefined) {
    this.#perApi = perApi
    this.#rate = perApp === undefined ? undefined : new AdaptiveRate(perApp)
  }

  readyAt(now: number): number {
    return this.#rate ? this.#window.readyAt(now, this.#rate.current(now)) : now
  }

  record(now: number): void {
    this.#window.record(now)
  }

  /** Calls per second over all APIs; undefined = not limited. */
  current(now: number): number | undefined {
    return this.#rate?.current(now)
  }

  /** DingTalk complained while several APIs were in use: perhaps it counts them together. */
  complain(now: number): void {
    this.#rate ??= new AdaptiveRate(this.#perApi * learnedCeiling)
    this.#rate.lower(now, Math.min(this.#rate.current(now), Math.max(this.#perApi, this.#window.count(now))))
  }
}
