import type { Priority } from '../options.ts'
import type { Head } from './fair-order.ts'
import { FairOrder } from './fair-order.ts'

/** Best first. */
export const priorities: readonly Priority[] = ['login', 'interactive', 'sync', 'background']

/** One call in the queue. */
export interface Waiter {
  start: () => void
  reject: (reason: unknown) => void
  enqueuedAt: number
  cancelled: boolean
  /** Stops listening to the caller's signal. */
  unwatch?: () => void
}

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
    while (this.#items[this.#head]?.cancelled) this.#advance()
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
  readonly #order = new FairOrder()

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

  /** Who goes next; undefined when nobody waits. */
  next(): Head | undefined {
    return this.#order.pick(this.#heads())
  }

  take(): Waiter | undefined {
    const heads = this.#heads()
    const picked = this.#order.pick(heads)
    if (!picked)
      return undefined
    this.#order.taken(picked, heads)
    return this.#byPriority[picked.rank]?.shift()
  }

  /** How many wait, in all or with at least this priority. */
  size(downTo: Priority = 'background'): number {
    return this.#byPriority.slice(0, priorities.indexOf(downTo) + 1).reduce((sum, fifo) => sum + fifo.size, 0)
  }

  #fifo(priority: Priority): Fifo {
    return this.#byPriority[priorities.indexOf(priority)] as Fifo
  }

  #heads(): Head[] {
    return this.#byPriority.flatMap((fifo, rank) => {
      const waiter = fifo.peek()
      return waiter ? [{ rank, enqueuedAt: waiter.enqueuedAt }] : []
    })
  }
}
