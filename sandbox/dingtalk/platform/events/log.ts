import type { Delivery } from './event.ts'

const KEPT = 20_000

/** The newest deliveries with all their attempts. */
export interface DeliveryLog {
  record: (delivery: Delivery) => void
  /** Newest last. */
  list: () => Delivery[]
  /** How many of the kept deliveries are in which state. */
  counts: () => Record<string, number>
  clear: () => void
}

export function createDeliveryLog(): DeliveryLog {
  let deliveries: Delivery[] = []
  return {
    record(delivery) {
      deliveries.push(delivery)
      if (deliveries.length > KEPT * 1.5)
        deliveries = deliveries.slice(-KEPT)
    },
    list: () => deliveries.slice(-KEPT),
    counts() {
      const counts: Record<string, number> = {}
      for (const { state } of deliveries.slice(-KEPT)) counts[state] = (counts[state] ?? 0) + 1
      return counts
    },
    clear: () => {
      deliveries = []
    },
  }
}
