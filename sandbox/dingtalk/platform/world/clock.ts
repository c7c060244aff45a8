/** The sandbox clock: the machine's clock plus a shift that tests control, in milliseconds. */
export interface Clock {
  now: () => number
  /** Moves the clock; negative goes back. */
  shift: (ms: number) => void
  /** Makes `now()` answer this instant and run on from there. */
  set: (epochMs: number) => void
  reset: () => void
  /** Called after each move, not as time passes; returns the unsubscribe function. */
  onMoved: (listener: () => void) => () => void
}

export function createClock(): Clock {
  const listeners = new Set<() => void>()
  let offset = 0
  function move(next: number): void {
    offset = next
    listeners.forEach(listener => listener())
  }
  return {
    now: () => Date.now() + offset,
    shift: ms => move(offset + ms),
    set: epochMs => move(epochMs - Date.now()),
    reset: () => move(0),
    onMoved(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
