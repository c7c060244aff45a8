import type { FaultList, Scripted } from '../../fault-list.ts'
import { z } from 'zod'
import { createFaultList, faultTiming } from '../../fault-list.ts'

/** What goes wrong; see sandbox/README.md for each kind. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...faultTiming, kind: z.literal('business'), message: z.string().default('系统繁忙'), code: z.number().int().default(100500), status: z.number().int().default(500) }),
  z.strictObject({ ...faultTiming, kind: z.literal('html'), status: z.number().int().min(200).max(599).default(502) }),
  z.strictObject({ ...faultTiming, kind: z.literal('redirect'), location: z.string().default('/') }),
  z.strictObject({ ...faultTiming, kind: z.literal('empty'), status: z.number().int().min(200).max(599).default(200) }),
  z.strictObject({ ...faultTiming, kind: z.literal('truncate') }),
  z.strictObject({ ...faultTiming, kind: z.literal('slow'), ms: z.number().nonnegative() }),
  z.strictObject({ ...faultTiming, kind: z.literal('hang') }),
  z.strictObject({ ...faultTiming, kind: z.literal('reset') }),
  z.strictObject({ ...faultTiming, kind: z.literal('lost-answer') }),
  z.strictObject({ ...faultTiming, kind: z.literal('expire-sessions') }),
])

export type FaultInput = z.input<typeof faultSchema>
export type Fault = Scripted<z.output<typeof faultSchema>>
export type Faults = FaultList<z.output<typeof faultSchema>>

export function createFaults(): Faults {
  return createFaultList()
}
