import type { FaultList, Scripted } from '../../../fault-list.ts'
import { z } from 'zod'
import { createFaultList, faultTiming as when } from '../../../fault-list.ts'

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
  z.strictObject({ ...when, kind: z.literal('html'), status: z.number().int().min(200).max(599).default(200), carriedOut: z.boolean().default(false) }),
  z.strictObject({ ...when, kind: z.literal('ban') }),
  z.strictObject({ ...when, kind: z.literal('hang') }),
  z.strictObject({ ...when, kind: z.literal('reset') }),
  z.strictObject({ ...when, kind: z.literal('truncate') }),
  z.strictObject({ ...when, kind: z.literal('lost-answer') }),
  z.strictObject({ ...when, kind: z.literal('slow'), ms: milliseconds }),
  z.strictObject({ ...when, kind: z.literal('expire-tokens') }),
])

export type FaultInput = z.input<typeof faultSchema>
export type Fault = Scripted<z.output<typeof faultSchema>>
export type Faults = FaultList<z.output<typeof faultSchema>>

export function createFaults(): Faults {
  return createFaultList()
}
