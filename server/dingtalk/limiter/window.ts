/** Length of the window in which calls are counted, in milliseconds. */
const windowMs = 1000

/**
 * What the network may take from the distance between two calls. At DingTalk's own limit (20 calls a second,
 * dingtalk-server-api §9.1) there is nothing to spare, so calls leave over a slightly longer second there.
 */
const marginMs = 60
const documentedLimit = 20

/**
 * Counts the starts of the last second exactly (a sliding window, not fixed slots), so that no second, wherever
 * it begins, sees more starts than the rate. Between two starts half of the mean distance is kept: a burst
 * that reaches DingTalk late (new connections) would otherwise meet the punctual burst of the next second.
 */
export class SlidingWindow {
  #starts: number[] = []
  #head = 0
  /** The fullest second that ended lately, and when. */
  #peak = { count: 0, at: Number.NEGATIVE_INFINITY }

  /** Earliest time, in milliseconds, at which one more start keeps the rate (calls per second). */
  readyAt(now: number, rate: number): number {
    const last = this.#starts.at(-1)
    if (last === undefined)
      return now
    const spaced = last + windowMs / (2 * rate)
    const oldest = this.#starts[this.#starts.length - rate]
    return Math.max(
      spaced,
      oldest !== undefined && oldest > now - windowMs - marginMs ? oldest + windowMs + (rate === documentedLimit ? marginMs : 0) : now,
    )
  }

  /** Starts in the second that ends now. */
  count(now: number): number {
    while (this.#head < this.#starts.length && (this.#starts[this.#head] ?? 0) <= now - windowMs) this.#head++
    // forget old starts now and then, so that the array stays short and each start costs O(1)
    if (this.#head > 256) {
      this.#starts = this.#starts.slice(this.#head)
      this.#head = 0
    }
    return this.#starts.length - this.#head
  }

  /** Most starts of any second that ended within the last `ms` milliseconds. */
  recentPeak(now: number, ms: number): number {
    return Math.max(this.count(now), this.#peak.at > now - ms ? this.#peak.count : 0)
  }

  record(now: number): void {
    this.#starts.push(now)
    const count = this.count(now)
    if (count >= this.#peak.count || this.#peak.at <= now - windowMs)
      this.#peak = { count, at: now }
  }
}
