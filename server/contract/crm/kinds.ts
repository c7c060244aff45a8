import { z } from 'zod'

/** Records that stand for themselves; they have an owner, a form, a list and a detail page. */
export const mainKinds = ['leads', 'customers', 'contacts', 'opportunities'] as const
export type MainKind = (typeof mainKinds)[number]

/** What is written about a main record: what was done (跟进记录) and what is meant to be done (跟进计划). */
export const followKinds = ['follow-ups', 'plans'] as const
export type FollowKind = (typeof followKinds)[number]

/** Every kind of record, spelled as in the address. */
export const recordKinds = [...mainKinds, ...followKinds] as const
export type RecordKind = (typeof recordKinds)[number]

export const mainKind = z.enum(mainKinds)
export const followKind = z.enum(followKinds)
export const recordKind = z.enum(recordKinds)

/** An id of the CRM behind the port: a UUID of the embedded one, digits of Cordys. Opaque. */
export const recordId = z.string().regex(/^[\w-]{1,64}$/)

export const kindParams = z.object({ kind: recordKind })
export const mainKindParams = z.object({ kind: mainKind })
export const recordParams = z.object({ kind: recordKind, id: recordId })
export const mainRecordParams = z.object({ kind: mainKind, id: recordId })

/** A record as small as a link to it needs; `readable` is false when the reader may know of it but not open it. */
export const recordRef = z.object({ kind: recordKind, id: recordId, name: z.string(), readable: z.boolean() })
export type RecordRef = z.infer<typeof recordRef>

/** A person of the CRM: an account of ours (embedded), or a user of Cordys, who need not be known here. */
export const personRef = z.object({ id: recordId, name: z.string(), avatar: z.string().nullable() })
export type PersonRef = z.infer<typeof personRef>

/** A coloured word: states are words in chips, never colour alone. */
export const chip = z.object({ value: z.string(), label: z.string(), tone: z.enum(['neutral', 'info', 'success', 'warning', 'danger']) })
export type Chip = z.infer<typeof chip>

/** Names one create from the client's side: the same key again answers what the first one made. */
export const requestKey = z.uuid().optional()
