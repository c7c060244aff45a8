import type { SyncCounts } from '#contract/sync/index.ts'
import type { Plan } from './types.ts'

/**
 * The plan in numbers. Memberships count people known before; where newcomers go, and their binding, is part of
 * their creation. Marks are not counted: nobody has to approve them.
 */
export function countPlan({ departments, accounts, moves, leadership, bindings, conflicts, kept }: Plan): SyncCounts {
  const keptFor = (...why: Array<(typeof kept)[number]['why']>) => kept.filter(entry => why.includes(entry.why)).length
  return {
    departmentsCreated: departments.create.length,
    departmentsUpdated: departments.update.filter(({ what }) => what.some(part => part !== 'mark')).length,
    departmentsRemoved: departments.remove.length,
    accountsCreated: accounts.create.length,
    accountsUpdated: accounts.update.length,
    accountsDisabled: accounts.disable.length,
    accountsReenabled: accounts.reenable.length,
    membershipsChanged: new Set([...moves, ...leadership].map(({ accountId }) => accountId)).size,
    bindingsChanged: bindings.create.length + bindings.change.length,
    conflicts: conflicts.length,
    keptOutOfScope: keptFor('out_of_scope', 'excluded'),
    keptInGrace: keptFor('grace'),
    keptUncertain: keptFor('uncertain', 'last_administrator'),
  }
}
