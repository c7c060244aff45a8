import type { ChangeKind, SyncCounts, SyncRun } from '#contract/sync/index.ts'
import { shallowRef } from 'vue'
import { fetchChanges } from './use-changes.ts'

/** Kinds in the order of their tabs, with the count that is 0 when there are none. */
export const kindOrder: readonly (readonly [kind: ChangeKind, count: keyof SyncCounts])[] = [
  ['conflict', 'conflicts'],
  ['account.disable', 'accountsDisabled'],
  ['records.handover', 'recordsHandedOver'],
  ['account.create', 'accountsCreated'],
  ['account.reenable', 'accountsReenabled'],
  ['account.remove', 'accountsRemoved'],
  ['account.update', 'accountsUpdated'],
  ['account.move', 'membershipsChanged'],
  ['leadership', 'membershipsChanged'],
  ['binding.create', 'bindingsChanged'],
  ['binding.change', 'bindingsChanged'],
  ['department.create', 'departmentsCreated'],
  ['department.rename', 'departmentsUpdated'],
  ['department.move', 'departmentsUpdated'],
  ['department.reorder', 'departmentsUpdated'],
  ['department.remove', 'departmentsRemoved'],
]

/** How many changes of each kind a run has; only kinds that have some. */
export function useKindTotals() {
  const totals = shallowRef<ReadonlyMap<ChangeKind, number>>(new Map())

  /** A failure leaves the tabs without numbers: the list beside them tells what went wrong. */
  async function load(run: SyncRun) {
    const asked = kindOrder.filter(([, count]) => !run.counts || (run.counts[count] ?? 0) > 0)
    const found = await Promise.all(
      asked.map(async ([kind]) => {
        const page = await fetchChanges(run.id, { kind, keyword: '', status: null }, undefined, 1).catch(() => null)
        return [kind, page?.total ?? 0] as const
      }),
    )
    totals.value = new Map(found.filter(([, total]) => total > 0))
  }

  return { totals, load }
}
