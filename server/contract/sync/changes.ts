import { z } from 'zod'
import { accountRef, id, line, paging } from '../common.ts'
import { ownedCounts, successor } from '../handover.ts'

export const changeKinds = [
  'department.create',
  'department.rename',
  'department.move',
  'department.reorder',
  'department.remove',
  'account.create',
  'account.update',
  'account.move',
  'account.disable',
  'account.reenable',
  /** Only an undo removes accounts: those that a run had made and nobody has used since. */
  'account.remove',
  'leadership',
  /** What a leaver owned goes to somebody else. */
  'records.handover',
  'binding.create',
  'binding.change',
  'conflict',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** Field → value, in words a person reads: names instead of ids. */
const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))

export const changeStatuses = ['planned', 'applied', 'skipped', 'refused', 'undone'] as const

/** One difference, planned or made, with both sides and the reason. */
export const syncChange = z.object({
  id,
  kind: z.enum(changeKinds),
  target: z.object({ type: z.enum(['department', 'account', 'member']), id: id.nullable(), name: z.string() }),
  userid: z.string().nullable(),
  before: values.nullable(),
  after: values.nullable(),
  reason: z.string(),
  /** refused: it no longer fitted, or was changed by hand since; undone: a later run took it back. */
  status: z.enum(changeStatuses),
  /** Records a leaver owns, or that changed hands, by kind; null where that is not the question. */
  records: ownedCounts.nullable(),
})
export type SyncChange = z.infer<typeof syncChange>

export const changesQuery = paging.extend({
  kind: z.enum(changeKinds).optional(),
  status: z.enum(changeStatuses).optional(),
  q: line(100).optional(),
})

/** Some of a run's changes; without ids: all of them. */
export const selection = z.object({ changeIds: z.array(id).min(1).max(50_000).optional() })

/** What becomes of leavers' records while a plan is applied: the same for all, and otherwise for some. Absent = as the settings say. */
export const handoverChoice = z.object({ all: successor, each: z.record(id, successor).default({}) })
export type HandoverChoice = z.infer<typeof handoverChoice>

export const applyBody = selection.extend({ handover: handoverChoice.optional() })

/** Somebody the plan disables who owns records. */
export const leaver = z.object({
  account: accountRef,
  departments: z.array(z.string()),
  records: ownedCounts,
  /** Who "the department leader" would be. */
  leader: accountRef.nullable(),
})
export type Leaver = z.infer<typeof leaver>
