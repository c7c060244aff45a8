import { z } from 'zod'
import { id, line, paging } from '../common.ts'

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
  /** Records a leaver owns, by kind; only on account.disable. */
  records: z.object({ customers: z.int() }).nullable(),
})
export type SyncChange = z.infer<typeof syncChange>

export const changesQuery = paging.extend({
  kind: z.enum(changeKinds).optional(),
  status: z.enum(changeStatuses).optional(),
  q: line(100).optional(),
})

/** Some of a run's changes; without ids: all of them. */
export const selection = z.object({ changeIds: z.array(id).min(1).max(50_000).optional() })
