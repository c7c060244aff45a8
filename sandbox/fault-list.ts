import { z } from 'zod'

/** How a scripted fault picks its calls: all that match, or only some of them. */
export const faultTiming = {
  /** A path, `*` for anything: `/topapi/v2/user/*`. */
  path: z.string().min(1),
  /** Ends after this many hits. */
  times: z.number().int().positive().optional(),
  /** Lets the first matching calls pass. */
  after: z.number().int().nonnegative().optional(),
  /** Hits every n-th matching call. */
  every: z.number().int().positive().optional(),
  /** Hits by chance, 0 to 1. */
  probability: z.number().min(0).max(1).optional(),
}

interface Timing {
  path: string
  times?: number | undefined
  after?: number | undefined
  every?: number | undefined
  probability?: number | undefined
}

export type Scripted<F extends Timing> = F & { id: number, seen: number, hits: number }

export interface FaultList<F extends Timing> {
  add: (fault: F) => Scripted<F>
  list: () => Scripted<F>[]
  remove: (id: number) => boolean
  clear: () => void
  /** The first fault that strikes this call, if any. */
  strike: (path: string) => Scripted<F> | undefined
}

function pattern(path: string): RegExp {
  return new RegExp(
    `^${path
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  )
}

function strikes(fault: Scripted<Timing>): boolean {
  fault.seen++
  const turn = fault.seen - (fault.after ?? 0)
  if (turn <= 0 || (fault.times !== undefined && fault.hits >= fault.times))
    return false
  if (fault.every !== undefined && turn % fault.every !== 0)
    return false
  return fault.probability === undefined || Math.random() < fault.probability
}

/** The scripted faults of one server, in the order they were added. */
export function createFaultList<F extends Timing>(): FaultList<F> {
  let scripted: Array<{ fault: Scripted<F>, matches: RegExp }> = []
  let nextId = 1
  return {
    add(input) {
      const fault: Scripted<F> = { ...input, id: nextId++, seen: 0, hits: 0 }
      scripted.push({ fault, matches: pattern(input.path) })
      return fault
    },
    list: () => scripted.map(entry => entry.fault),
    remove(id) {
      const before = scripted.length
      scripted = scripted.filter(entry => entry.fault.id !== id)
      return scripted.length < before
    },
    clear: () => {
      scripted = []
    },
    strike(path) {
      const hit = scripted.find(entry => entry.matches.test(path) && strikes(entry.fault))?.fault
      if (hit !== undefined)
        hit.hits++
      return hit
    },
  }
}
