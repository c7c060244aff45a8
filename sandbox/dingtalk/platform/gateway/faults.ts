import { z } from 'zod'

/** How a scripted fault picks its calls: all that match, or only some of them. */
const when = {
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

const milliseconds = z.number().nonnegative()

/** What goes wrong; see sandbox/README.md for each kind. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...when,
    kind: z.literal('errcode'),
    errcode: z.number().int(),
    errmsg: z.string().default('系统繁忙'),
    subCode: z.string().optional(),
  }),
  z.strictObject({
    ...when,
    kind: z.literal('code'),
    status: z.number().int().min(400).max(599),
    code: z.string(),
    message: z.string().default('服务异常'),
  }),
  z.strictObject({ ...when, kind: z.literal('status'), status: z.number().int().min(200).max(599), body: z.string().default('') }),
  z.strictObject({ ...when, kind: z.literal('html'), status: z.number().int().min(200).max(599).default(200) }),
  z.strictObject({ ...when, kind: z.literal('ban') }),
  z.strictObject({ ...when, kind: z.literal('hang') }),
  z.strictObject({ ...when, kind: z.literal('reset') }),
  z.strictObject({ ...when, kind: z.literal('truncate') }),
  z.strictObject({ ...when, kind: z.literal('lost-answer') }),
  z.strictObject({ ...when, kind: z.literal('slow'), ms: milliseconds }),
  z.strictObject({ ...when, kind: z.literal('expire-tokens') }),
])

export type FaultInput = z.input<typeof faultSchema>
export type Fault = z.output<typeof faultSchema> & { id: number, seen: number, hits: number }

export interface Faults {
  add: (fault: z.output<typeof faultSchema>) => Fault
  list: () => Fault[]
  remove: (id: number) => boolean
  clear: () => void
  /** The first fault that strikes this call, if any. */
  strike: (path: string) => Fault | undefined
}

function pattern(path: string): RegExp {
  return new RegExp(
    `^${path
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  )
}

function strikes(fault: Fault): boolean {
  fault.seen++
  const turn = fault.seen - (fault.after ?? 0)
  if (turn <= 0 || (fault.times !== undefined && fault.hits >= fault.times))
    return false
  if (fault.every !== undefined && turn % fault.every !== 0)
    return false
  return fault.probability === undefined || Math.random() < fault.probability
}

export function createFaults(): Faults {
  let scripted: Array<{ fault: Fault, matches: RegExp }> = []
  let nextId = 1
  return {
    add(input) {
      const fault: Fault = { ...input, id: nextId++, seen: 0, hits: 0 }
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
