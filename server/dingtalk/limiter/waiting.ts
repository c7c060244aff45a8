import type { Priority } from '../options.ts'

/** Best first. */
export const priorities: readonly Priority[] = [
  'login',
  'interactive',
  'sync',
  'background',
]

/** One call in the queue. */
export interface Waiter {
  start: () => void
  reject: (reason: unknown) => void
  enqueuedAt: number
  cancelled: boolean
  /** Stops listening to the caller's signal. */
  unwatch?: () => void
}

/** After this many starts that passed over someone of lower priority, one of those goes first. */
const patience = 10

/** First in, first out; taking and adding cost O(1) also with 50,000 waiting. Cancelled ones are skipped when met. */
class Fifo {
  #items: Waiter[] = []
  #head = 0
  /** Waiting and not cancelled. */
  size = 0

  push(waiter: Waiter): void {
    this.#items.push(waiter)
    this.size++
  }

  peek(): Waiter | undefined {
    while (this.#items[this.#head]?.cancelled)
      this.#advance()
    return this.#items[this.#head]
  }

  shift(): Waiter | undefined {
    const waiter = this.peek()
    if (waiter) {
      this.#advance()
      this.size--
    }
    return waiter
  }

  #advance(): void {
    this.#head++
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
  }
}

/** The queue of one API: by priority, but nobody waits for ever. */
export class WaitingLine {
  readonly #byPriority = priorities.map(() => new Fifo())
  #passedOver = 0

  add(priority: Priority, waiter: Waiter): void {
    this.#fifo(priority).push(waiter)
  }

  /** The waiter gave up; it stays in the array until it is met. */
  cancel(priority: Priority, waiter: Waiter): void {
    if (waiter.cancelled)
      return
    waiter.cancelled = true
    this.#fifo(priority).size--
  }

  /** Rank of the one who goes next (0 = login) and since when it waits; undefined when nobody waits. */
  next(): { rank: number, enqueuedAt: number } | undefined {
    const rank = this.#nextRank()
    const waiter = rank === undefined
      ? undefined
      : this.#byPriority[rank]?.peek()
    return rank === undefined || !waiter
      ? undefined
      : { rank, enqueuedAt: waiter.enqueuedAt }
  }

  take(): Waiter | undefined {
    const rank = this.#nextRank()
    if (rank === undefined)
      return undefined
    const passes = this.#byPriority.some((fifo, other) => other > rank && fifo.size > 0)
    const overdue = this.#passedOver >= patience
    this.#passedOver = passes && !overdue
      ? this.#passedOver + 1
      : 0
    return this.#byPriority[rank]?.shift()
  }

  /** How many wait, in all or with at least this priority. */
  size(downTo: Priority = 'background'): number {
    return this.#byPriority.slice(0, priorities.indexOf(downTo) + 1).reduce((sum, fifo) => sum + fifo.size, 0)
  }

  #fifo(priority: Priority): Fifo {
    return this.#byPriority[priorities.indexOf(priority)] as Fifo
  }

  #nextRank(): number | undefined {
    const waiting = this.#byPriority.flatMap((fifo, rank) => fifo.size > 0
      ? [rank]
      : [])
    const first = waiting[0]
    if (this.#passedOver < patience || waiting.length < 2)
      return first
    // the turn of those below: whoever of them waits longest
    return waiting.slice(1).reduce((best, rank) => this.#since(rank) < this.#since(best)
      ? rank
      : best)
  }

  #since(rank: number): number {
    return this.#byPriority[rank]?.peek()?.enqueuedAt ?? Number.POSITIVE_INFINITY
  }
}
