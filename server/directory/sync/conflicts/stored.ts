import type { tables } from '../../../db/index.ts'
import type { SnapshotMember } from '../snapshot.ts'
import { z } from 'zod'

export type ConflictRow = typeof tables.syncConflict.$inferSelect

/** The member as they were when the conflict was found; absent values are null. */
export const storedMember = z.object({
  name: z.string(),
  title: z.string().nullable(),
  mobile: z.string().nullable(),
  email: z.string().nullable(),
  /** The company's address beside the personal one; conflicts found by older versions lack it. */
  orgEmail: z.string().nullable().default(null),
  jobNumber: z.string().nullable(),
  deptIds: z.array(z.number()),
})
export type StoredMember = z.output<typeof storedMember>

/** Who might be meant (account ids), and why nobody was chosen. */
export const storedCandidates = z.object({
  ids: z.array(z.string()),
  reason: z.object({
    key: z.enum(['recycled', 'not_unique', 'match_admin', 'match_all_data', 'match_disabled', 'match_taken', 'unionid_taken']),
    values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  }),
})

export function toStoredMember({ name, title, mobile, email, orgEmail, jobNumber, deptIds }: SnapshotMember): StoredMember {
  return { name, title: title ?? null, mobile: mobile ?? null, email: email ?? null, orgEmail: orgEmail ?? null, jobNumber: jobNumber ?? null, deptIds }
}
