/** At most `limit` accepted calls in any `spanMs`; refused ones do not count. Times are in milliseconds, never going back. */
export interface SlidingWindow {
  take: (now: number) => boolean
}

/** Keeps the last `limit` accepted times in a ring: constant time and memory, whatever the load. */
export function createSlidingWindow(limit: number, spanMs: number): SlidingWindow {
  const ring = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY)
  let oldest = 0
  return {
    take(now) {
      if (now - (ring[oldest] ?? 0) < spanMs)
        return false
      ring[oldest] = now
      oldest = (oldest + 1) % limit
      return true
    },
  }
}

/** A window of fixed length that closes for a while once it was exceeded: 90002 and the IP ban. */
export interface ClosingWindow {
  /** undefined lets the call through; otherwise since when, and until when, the door is shut. */
  enter: (now: number) => { from: number, to: number, until: number } | undefined
}

export function createClosingWindow(limit: number, windowMs: number, closedMs: number): ClosingWindow {
  let from = Number.NEGATIVE_INFINITY
  let count = 0
  let closed: { from: number, to: number, until: number } | undefined
  return {
    enter(now) {
      if (closed !== undefined && now < closed.until)
        return closed
      closed = undefined
      // A clock moved back starts a new window instead of an endless one.
      if (now - from >= windowMs || now < from) {
        from = now
        count = 0
      }
      count++
      if (count > limit)
        closed = { from, to: now, until: now + closedMs }
      return closed
    },
  }
}
