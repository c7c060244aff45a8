import type { Clock } from './clock.ts'

interface Entry<V> {
  value: V
  expiresAt: number
}

/** A map whose entries die at a sandbox time. */
export interface ExpiringMap<V> {
  get: (key: string) => V | undefined
  /** `lifeMs` from now on the sandbox clock. */
  set: (key: string, value: V, lifeMs: number) => void
  /** Returns the value and forgets it: one-time codes. */
  take: (key: string) => V | undefined
  clear: () => void
}

/** Creates the map; dead entries are swept whenever it has doubled, so that long runs do not grow. */
export function createExpiringMap<V>(clock: Clock): ExpiringMap<V> {
  const entries = new Map<string, Entry<V>>()
  let sweepSize = 1000

  function get(key: string): V | undefined {
    const entry = entries.get(key)
    return entry !== undefined && entry.expiresAt > clock.now() ? entry.value : undefined
  }
  function sweep(): void {
    for (const [key, entry] of entries) {
      if (entry.expiresAt <= clock.now())
        entries.delete(key)
    }
    sweepSize = Math.max(1000, entries.size * 2)
  }
  return {
    get,
    set(key, value, lifeMs) {
      entries.set(key, { value, expiresAt: clock.now() + lifeMs })
      if (entries.size > sweepSize)
        sweep()
    },
    take(key) {
      const value = get(key)
      entries.delete(key)
      return value
    },
    clear: () => entries.clear(),
  }
}
