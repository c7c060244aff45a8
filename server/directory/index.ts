import type { Ability } from '#contract/people/rights.ts'
import type { Db } from '../db/index.ts'
import type { CallerAccount } from '../http/context.ts'
import type { AccountsQuery } from './accounts.ts'
import type { KnownMember } from './members.ts'
import type { OwnerScope } from './owner-scope.ts'
import { listAccounts } from './accounts.ts'
import { addressees, holdersOf, leadersOf, teams } from './addressees.ts'
import { departmentsWithin, listDepartments } from './departments.ts'
import { chooseMainDepartment } from './main-department.ts'
import { createAdministrator, findMember, followUserid, learnUnionid, promote, recordLogin, useridOf, wasUnboundByHand } from './members.ts'
import { visibleOwners } from './owner-scope.ts'
import { accountRefs, accountsOfMembers, activeAmong, departmentMates, isOwnerWithin, ownersWithin } from './owners.ts'
import { administratorNames, caller, profile } from './profile.ts'
import { effectiveRights, may } from './rights/effective.ts'
import { likelySellers } from './sellers.ts'

export type { Addressee } from './addressees.ts'
export { changeCompany } from './company-change.ts'
export type { CompanyChange } from './company-change.ts'
export { createHandover, handoverRoutes } from './handover/index.ts'
export type { KnownMember } from './members.ts'
export type { OwnerScope } from './owner-scope.ts'
export { type AccessEvent, createPeople } from './people/index.ts'
export type { Profile } from './profile.ts'
export { roleRoutes } from './rights/routes.ts'
export { directoryRoutes } from './routes.ts'
export type { Seller } from './sellers.ts'

/** Departments, accounts and bindings. Each function documents itself where it is defined. */
export function createDirectory({ db }: { db: Db }) {
  return {
    findMember: (member: Parameters<typeof findMember>[1]) => findMember(db, member),
    wasUnboundByHand: (member: { userid: string, unionid: string }) => wasUnboundByHand(db, member),
    followUserid: (known: KnownMember, member: { userid: string, unionid: string }) => followUserid(db, known, member),
    useridOf: (accountId: string) => useridOf(db, accountId),
    createAdministrator: (member: { userid: string, unionid: string, name: string }) => createAdministrator(db, member),
    learnUnionid: (userid: string, unionid: string) => learnUnionid(db, userid, unionid),
    promote: (accountId: string) => promote(db, accountId),
    recordLogin: (accountId: string) => recordLogin(db, accountId),
    profile: (accountId: string) => profile(db, accountId),
    caller: (accountId: string) => caller(db, accountId),
    administratorNames: (limit?: number) => administratorNames(db, limit),
    visibleOwners: (who: CallerAccount) => visibleOwners(db, who),
    // The same within a transaction, where the embedded database has no second connection.
    visibleOwnersIn: (tx: Db, who: CallerAccount) => visibleOwners(tx, who),
    accountRefsIn: (tx: Db, ids: string[]) => accountRefs(tx, ids),
    mayIn: (tx: Db, who: CallerAccount, ability: Ability) => may(tx, who, ability),
    departmentsWithin: (scope: OwnerScope) => departmentsWithin(db, scope),
    departmentsIn: (tx: Db) => listDepartments(tx),
    rights: (who: Pick<CallerAccount, 'id' | 'role'>) => effectiveRights(db, who),
    may: (who: CallerAccount, ability: Ability) => may(db, who, ability),
    ownersWithin: (scope: OwnerScope, options: { q?: string | undefined, limit: number }) => ownersWithin(db, scope, options),
    isOwnerWithin: (scope: OwnerScope, accountId: string) => isOwnerWithin(db, scope, accountId),
    accountRefs: (ids: string[]) => accountRefs(db, ids),
    accountsOfMembers: (userids: string[]) => accountsOfMembers(db, userids),
    activeAmong: (ids: string[]) => activeAmong(db, ids),
    departmentMates: (accountId: string) => departmentMates(db, accountId),
    likelySellers: () => likelySellers(db),
    addressees: (tx: Db, audience: Parameters<typeof addressees>[1]) => addressees(tx, audience),
    activeAmongIn: (tx: Db, ids: string[]) => activeAmong(tx, ids),
    holdersOf: (tx: Db, roles: Parameters<typeof holdersOf>[1]) => holdersOf(tx, roles),
    leadersOf: (tx: Db, ids: string[]) => leadersOf(tx, ids),
    teams: (tx: Db) => teams(tx),
    listDepartments: () => listDepartments(db),
    chooseMainDepartment: (accountId: string, departmentId: string | null) => chooseMainDepartment(db, accountId, departmentId),
    listAccounts: (query: AccountsQuery) => listAccounts(db, query),
  }
}

export type Directory = ReturnType<typeof createDirectory>
