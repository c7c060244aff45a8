import type { Clock } from '../../clock.ts'

/** A moment on both clocks. */
export interface Mark {
  clock: number
  /** Milliseconds since 1970, for people. */
  wall: number
}

export interface Timeline {
  clock: Clock
  mark: () => Mark
  /** Milliseconds since `mark`: what the monotonic or the wall clock says, whichever is more. */
  since: (mark: Mark) => number
}

/**
 * Time that passed, never underestimated: the monotonic clock does not count while the machine sleeps, the wall clock
 * may be set back. Too much costs a reconnection or a needless sync, too little would lose events.
 */
export function createTimeline(clock: Clock, wall: () => number): Timeline {
  return { clock, mark: () => ({ clock: clock.now(), wall: wall() }), since: mark => Math.max(0, clock.now() - mark.clock, wall() - mark.wall) }
}
