/** A small deterministic source of choices: the same seed gives the same company on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next: () => number
  /** A whole number in [from, to]. */
  whole: (from: number, to: number) => number
  chance: (probability: number) => boolean
  /** One element; throws RangeError on an empty list. */
  pick: <T>(list: readonly T[]) => T
  digits: (count: number) => string
}

/** Creates the source (mulberry32: 32 bits of state, fast, good enough for sample data). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6D2B79F5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  function whole(from: number, to: number): number {
    return from + Math.floor(next() * (to - from + 1))
  }
  return {
    next,
    whole,
    chance: probability => next() < probability,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0)
        throw new RangeError('nothing to pick from')
      return list[whole(0, list.length - 1)] as T
    },
    digits: count => Array.from({ length: count }, () => whole(0, 9)).join(''),
  }
}
