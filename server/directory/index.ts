import type { Ability } from '#contract/people/rights.ts'
import type { Db } from '../db/index.ts'
import type { CallerAccount } from '../http/context.ts'
import type { AccountsQuery } from './accounts.ts'
import type { OwnerScope } from './owner-scope.ts'
import { listAccounts } from './accounts.ts'
import { listDepartments } from './departments.ts'
import { createAdministrator, findMember, learnUnionid, promote, recordLogin, useridOf } from './members.ts'
import { visibleOwners } from './owner-scope.ts'
import { accountRefs, accountsOfMembers, activeAmong, departmentMates, isOwnerWithin, ownersWithin } from './owners.ts'
import { administratorNames, caller, profile } from './profile.ts'
import { effectiveRights, may } from './rights/effective.ts'
import { likelySellers } from './sellers.ts'

export { createHandover, handoverRoutes } from './handover/index.ts'
export type { KnownMember } from './members.ts'
export { type OwnerScope, withinScope } from './owner-scope.ts'
export type { Profile } from './profile.ts'
export { directoryRoutes } from './routes.ts'
export type { Seller } from './sellers.ts'

/** Departments, accounts and bindings. Each function documents itself where it is defined. */
export function createDirectory({ db }: { db: Db }) {
  return {
    findMember: (userid: string) => findMember(db, userid),
    useridOf: (accountId: string) => useridOf(db, accountId),
    createAdministrator: (member: { userid: string, unionid: string, name: string }) => createAdministrator(db, member),
    learnUnionid: (userid: string, unionid: string) => learnUnionid(db, userid, unionid),
    promote: (accountId: string) => promote(db, accountId),
    recordLogin: (accountId: string) => recordLogin(db, accountId),
    profile: (accountId: string) => profile(db, accountId),
    caller: (accountId: string) => caller(db, accountId),
    administratorNames: (limit?: number) => administratorNames(db, limit),
    visibleOwners: (who: CallerAccount) => visibleOwners(db, who),
    rights: (who: Pick<CallerAccount, 'id' | 'role'>) => effectiveRights(db, who),
    may: (who: CallerAccount, ability: Ability) => may(db, who, ability),
    ownersWithin: (scope: OwnerScope, options: { q?: string | undefined, limit: number }) => ownersWithin(db, scope, options),
    isOwnerWithin: (scope: OwnerScope, accountId: string) => isOwnerWithin(db, scope, accountId),
    accountRefs: (ids: string[]) => accountRefs(db, ids),
    accountsOfMembers: (userids: string[]) => accountsOfMembers(db, userids),
    activeAmong: (ids: string[]) => activeAmong(db, ids),
    departmentMates: (accountId: string) => departmentMates(db, accountId),
    likelySellers: () => likelySellers(db),
    listDepartments: () => listDepartments(db),
    listAccounts: (query: AccountsQuery) => listAccounts(db, query),
  }
}

export type Directory = ReturnType<typeof createDirectory>
