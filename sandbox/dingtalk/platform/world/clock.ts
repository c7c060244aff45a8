/** The sandbox clock: the machine's clock plus a shift that tests control, in milliseconds. */
export interface Clock {
  now: () => number
  /** Moves the clock; negative goes back. */
  shift: (ms: number) => void
  /** Makes `now()` answer this instant and run on from there. */
  set: (epochMs: number) => void
  reset: () => void
}

export function createClock(): Clock {
  let offset = 0
  return {
    now: () => Date.now() + offset,
    shift: (ms) => { offset += ms },
    set: (epochMs) => { offset = epochMs - Date.now() },
    reset: () => { offset = 0 },
  }
}
