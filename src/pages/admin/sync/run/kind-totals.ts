import type { ChangeKind, SyncRun } from '#contract/sync/index.ts'

/** Kinds in the order of their tabs: first what needs somebody, then what concerns people's access. */
export const kindOrder: readonly ChangeKind[] = [
  'conflict',
  'account.disable',
  'records.handover',
  'account.create',
  'account.reenable',
  'account.remove',
  'account.update',
  'account.move',
  'leadership',
  'binding.create',
  'binding.change',
  'department.create',
  'department.rename',
  'department.move',
  'department.reorder',
  'department.remove',
]

/** How many changes of each kind a run has; only kinds that have some. */
export function kindTotals({ kinds }: Pick<SyncRun, 'kinds'>): ReadonlyMap<ChangeKind, number> {
  return new Map(kindOrder.flatMap(kind => (kinds?.[kind] ? [[kind, kinds[kind]] as const] : [])))
}
