import type { SyncCounts } from '#contract/sync/index.ts'
import type { Change, KindCounts } from './types.ts'
import { changeKinds } from '#contract/sync/index.ts'
import { numberOf } from '../leavers/list.ts'

export type Kept = Pick<SyncCounts, 'keptOutOfScope' | 'keptInGrace' | 'keptUncertain'>

const nobodyKept: Kept = { keptOutOfScope: 0, keptInGrace: 0, keptUncertain: 0 }

const sorts: Partial<Record<Change['kind'], string>> = {
  'department.rename': 'department.update',
  'department.move': 'department.update',
  'department.reorder': 'department.update',
  'account.move': 'memberships',
  'leadership': 'memberships',
  'binding.create': 'bindings',
  'binding.change': 'bindings',
}

/** Recorded changes in numbers; a department or person with several changes of one sort counts once. */
export function countChanges(changes: Iterable<Pick<Change, 'kind' | 'targetId'>>, kept: Kept = nobodyKept): SyncCounts {
  const targets = new Map<string, Set<string>>()
  let conflicts = 0
  for (const { kind, targetId } of changes) {
    if (kind === 'conflict')
      conflicts++
    const sort = sorts[kind] ?? kind
    const seen = targets.get(sort) ?? new Set()
    targets.set(sort, seen.add(targetId ?? ''))
  }
  const of = (sort: string) => targets.get(sort)?.size ?? 0
  return {
    departmentsCreated: of('department.create'),
    departmentsUpdated: of('department.update'),
    departmentsRemoved: of('department.remove'),
    accountsCreated: of('account.create'),
    accountsUpdated: of('account.update'),
    accountsDisabled: of('account.disable'),
    accountsReenabled: of('account.reenable'),
    ...(of('account.remove') > 0 && { accountsRemoved: of('account.remove') }),
    membershipsChanged: of('memberships'),
    bindingsChanged: of('bindings'),
    conflicts,
    keptOutOfScope: kept.keptOutOfScope,
    keptInGrace: kept.keptInGrace,
    keptUncertain: kept.keptUncertain,
  }
}

/** Records that changed hands, in one number. */
export function countHandovers(made: Change[]): Pick<SyncCounts, 'recordsHandedOver'> {
  const n = made.reduce((sum, { after }) => sum + numberOf(after?.records ?? {}), 0)
  return n > 0 ? { recordsHandedOver: n } : {}
}

/** Two tallies in one. */
export function addKinds(one: KindCounts, other: KindCounts): KindCounts {
  const sum = { ...one }
  for (const kind of changeKinds) {
    if (other[kind])
      sum[kind] = (sum[kind] ?? 0) + other[kind]
  }
  return sum
}
