/** Callers that share a signal, e.g. all calls of one crawl. */
type Leavers = Set<(reason: unknown) => void>

/**
 * Lets waiters leave when their caller aborts, with one listener per signal: an AbortSignal looks through all
 * its listeners whenever one is added, which would cost 50,000² for a large crawl.
 */
export class Abandonment {
  readonly #bySignal = new WeakMap<AbortSignal, Leavers>()

  /** Calls `leave` with the signal's reason when it aborts; the returned function forgets about it. */
  watch(signal: AbortSignal, leave: (reason: unknown) => void): () => void {
    const leavers = this.#bySignal.get(signal) ?? this.#listen(signal)
    leavers.add(leave)
    return () => leavers.delete(leave)
  }

  #listen(signal: AbortSignal): Leavers {
    const leavers: Leavers = new Set()
    this.#bySignal.set(signal, leavers)
    signal.addEventListener(
      'abort',
      () => {
        for (const leave of leavers) leave(signal.reason)
        leavers.clear()
      },
      { once: true },
    )
    return leavers
  }
}
