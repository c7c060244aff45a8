import type { Delivery } from './types.ts'
import { isServersFault, isUnreached } from './send.ts'

/** Drafts that did not reach the CRM the last time, longest ago first: others go before them. */
const unreached = new Set<string>()
/** So many in a row that do not reach the CRM, and it is down for all of them. */
const unreachedBeforeEnd = 2

/** The order in which drafts go out: as they are, but what did not reach the CRM comes last. */
export function inTurn(keys: readonly string[]): string[] {
  return [...keys.filter(key => !unreached.has(key)), ...[...unreached].filter(key => keys.includes(key))]
}

/** One round through what waits. @returns tells after each delivery whether the next may go through */
export function newRound(): (key: string, delivery: Delivery) => boolean {
  let inARow = 0
  return (key, delivery) => {
    unreached.delete(key)
    if (delivery.state === 'waiting' && isUnreached(delivery.error)) {
      unreached.add(key)
      return ++inARow < unreachedBeforeEnd
    }
    inARow = 0
    // What the server fails at holds up nobody else.
    return delivery.state !== 'waiting' || isServersFault(delivery.error)
  }
}
