import type { Clock } from '../clock.ts'

/** A value that DingTalk gives for a while. */
export interface Issued {
  value: string
  /** Milliseconds it stays valid. */
  lifetimeMs: number
}

export interface RenewingOptions {
  clock: Clock
  fetch: () => Promise<Issued>
  /** A renewal in the background failed while the old value is still good. */
  onRenewalFailed: (cause: unknown) => void
}

/** One cached value. */
export interface Renewing {
  get: () => Promise<string>
  /**
   * Forgets the value; with `only`, not when it has been replaced meanwhile, and not twice within a second: DingTalk may
   * give the same one again, and a hundred calls refused with it must not fetch it a hundred times.
   */
  drop: (only?: string) => void
}

/** Renewed this long before the end (dingtalk-server-api §1.6), or in the last quarter of a short life. */
const earlyMs = 600_000

/** A failed fetch is not repeated for this long, so that a wrong secret does not hammer the token endpoint. */
const failureMemoryMs = 3000

const dropEveryMs = 1000

/**
 * Caches one value: single flight (a thousand callers cause one fetch), renewed early in the background while
 * the old value keeps serving, and a failure is remembered briefly.
 */
export function createRenewing({ clock, fetch, onRenewalFailed }: RenewingOptions): Renewing {
  let current: { value: string, renewAt: number, until: number } | undefined
  let flight: Promise<string> | undefined
  let droppedAt = Number.NEGATIVE_INFINITY
  let failed: { cause: unknown, until: number } | undefined

  function refresh(): Promise<string> {
    flight ??= fetch()
      .then(
        (issued) => {
          const now = clock.now()
          current = {
            value: issued.value,
            until: now + issued.lifetimeMs,
            renewAt: now + issued.lifetimeMs - Math.min(earlyMs, issued.lifetimeMs / 4),
          }
          failed = undefined
          return issued.value
        },
        (cause: unknown) => {
          failed = { cause, until: clock.now() + failureMemoryMs }
          throw cause
        },
      )
      .finally(() => {
        flight = undefined
      })
    return flight
  }

  return {
    get: async () => {
      const now = clock.now()
      const resting = failed && now < failed.until
      if (current && now < current.until) {
        if (now >= current.renewAt && !resting)
          refresh().catch(onRenewalFailed)
        return current.value
      }
      if (resting && !flight)
        throw failed?.cause
      return refresh()
    },
    drop: (only) => {
      if (only === undefined)
        failed = undefined
      else if (current?.value !== only || clock.now() - droppedAt < dropEveryMs)
        return
      droppedAt = clock.now()
      current = undefined
    },
  }
}
