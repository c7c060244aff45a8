import { z } from 'zod'
import { accountRef, id, line, paging, timestamp } from '../common.ts'

/** An account that might belong to a member, with what tells people apart. */
const candidate = z.object({
  id,
  name: z.string(),
  title: z.string().nullable(),
  mobile: z.string().nullable(),
  email: z.string().nullable(),
  jobNumber: z.string().nullable(),
  role: z.enum(['admin', 'member']),
  status: z.enum(['active', 'disabled']),
  departments: z.array(z.string()),
  /** userid of the member it is bound to already. */
  boundTo: z.string().nullable(),
  /** It may be given to the member of the conflict: nobody has it but perhaps they themselves, under an old userid. */
  bindable: z.boolean(),
})

/** A member the sync will not decide about by itself, with both sides. */
export const syncConflict = z.object({
  id,
  /**
   * ambiguous: a value is not unique on both sides; privileged: the match is an administrator or sees all data;
   * recycled: the userid belonged to another person; taken: the match is bound to somebody else.
   */
  kind: z.enum(['ambiguous', 'privileged', 'recycled', 'taken']),
  reason: z.string(),
  member: z.object({
    userid: z.string(),
    name: z.string(),
    title: z.string().nullable(),
    mobile: z.string().nullable(),
    email: z.string().nullable(),
    /** The company's address, where the personal one is another. */
    orgEmail: z.string().nullable(),
    jobNumber: z.string().nullable(),
    departments: z.array(z.string()),
  }),
  candidates: z.array(candidate),
  status: z.enum(['open', 'resolved']),
  resolution: z.object({ action: z.enum(['bind', 'create', 'ignore']), account: z.string().nullable(), by: z.string(), at: timestamp }).nullable(),
  /** The account this member is bound to by now: a decision that was followed, which taking it back does not change. */
  boundAs: accountRef.nullable(),
  since: timestamp,
})
export type SyncConflict = z.infer<typeof syncConflict>

export const conflictsQuery = paging.extend({ status: z.enum(['open', 'resolved']).default('open'), q: line(100).optional() })

/** bind: to the named account; create: a new account; ignore: leave the member out of the CRM. Kept for later runs. */
export const resolution = z.discriminatedUnion('action', [
  z.object({ action: z.literal('bind'), accountId: id }),
  z.object({ action: z.literal('create') }),
  z.object({ action: z.literal('ignore') }),
])
