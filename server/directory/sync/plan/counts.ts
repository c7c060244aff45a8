import type { SyncCounts } from '#contract/sync/index.ts'
import type { Plan } from './types.ts'

/** The plan in numbers. Memberships count people known before; where newcomers go is part of their creation. */
export function countPlan({ departments, accounts, memberships, kept }: Plan): SyncCounts {
  const created = new Set(accounts.create.map(({ id }) => id))
  const outOfScope = kept.filter(({ why }) => why === 'out_of_scope').length
  return {
    departmentsCreated: departments.create.length,
    departmentsUpdated: departments.update.length,
    departmentsRemoved: departments.remove.length,
    accountsCreated: accounts.create.length,
    accountsUpdated: accounts.update.length,
    accountsDisabled: accounts.disable.length,
    accountsReenabled: accounts.reenable.length,
    membershipsChanged: memberships.filter(({ accountId }) => !created.has(accountId)).length,
    keptOutOfScope: outOfScope,
    keptUncertain: kept.length - outOfScope,
  }
}
