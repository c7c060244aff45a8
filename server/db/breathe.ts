import { setImmediate } from 'node:timers/promises'

/**
 * Lets this process do something else between two of many statements: the embedded database works in it, so that awaiting
 * its answers alone never does.
 */
export async function breathe(): Promise<void> {
  await setImmediate()
}
