import type { Delivery, LiveContext } from '../event.ts'

const BATCH = 200

/** Events given up by the http channel, until the app fetches them. */
export interface ParkedEvents {
  add: (delivery: Delivery) => void
  /** The oldest 200 that are readable by now. They stay until the next call, which deletes them. */
  read: () => { events: Delivery[], hasMore: boolean }
}

export function createParkedEvents({ clock, settings }: Pick<LiveContext, 'clock' | 'settings'>): ParkedEvents {
  let waiting: Array<{ delivery: Delivery, parkedAt: number }> = []
  let handedOut = 0
  return {
    add(delivery) {
      delivery.state = 'parked'
      waiting.push({ delivery, parkedAt: clock.now() })
    },
    read() {
      waiting = waiting.slice(handedOut)
      const readable = waiting.filter(({ parkedAt }) => clock.now() - parkedAt >= settings().readableMs)
      // What was handed out must be at the front, to be deleted next time.
      waiting = [...readable, ...waiting.filter(entry => !readable.includes(entry))]
      handedOut = Math.min(BATCH, readable.length)
      return { events: readable.slice(0, BATCH).map(({ delivery }) => delivery), hasMore: readable.length > BATCH }
    },
  }
}
