import type { RoleKey } from '#contract/people/rights.ts'
import type { SyncSettings } from '#contract/sync/index.ts'
import type { SnapshotMember } from '../snapshot.ts'
import type { HeldAccount, HeldBinding, HeldDepartment, UnboundAccount } from '../state.ts'

/**
 * Why a change is planned; `values` fill the places of its wording (reason-texts.ts).
 */
export interface Reason {
  key:
    /** DingTalk shows it, or shows it differently. */
    | 'follows'
    /** DingTalk said that it does not exist any more; with `runs` or `days` of grace, if there was any. */
    | 'gone'
    | 'gone_after_grace'
    /** Came back after a sync had disabled it. */
    | 'back'
    /** The department above it was removed. */
    | 'parent_removed'
    /** Cut out of a circle of departments. */
    | 'cycle'
    /** No account fits the member. */
    | 'new'
    /** Exactly one account without a binding has the same `by` (mobile, email, jobNumber), and nobody else has it. */
    | 'matched'
    /** `by` decided so in the conflict queue. */
    | 'decided'
    /** The same unionid under a new userid: changed, or left and hired again. */
    | 'same_unionid'
    /** The userid was given to another person. */
    | 'recycled'
    /** Several accounts or members share the value of `by`. */
    | 'not_unique'
    /** The match by `by` is an administrator's account, one that sees everybody's records, or a disabled one. */
    | 'match_admin'
    | 'match_all_data'
    | 'match_disabled'
    /** The match by `by` is bound to somebody else. */
    | 'match_taken'
    /** Several bindings have this unionid, or its old userid is still in use. */
    | 'unionid_taken'
  values?: Record<string, string | number>
}

interface Reasoned {
  reason: Reason
}

export interface DepartmentFields {
  parentId: string | null
  name: string
  order: number
  parentOutOfScope: boolean
}

export interface DepartmentCreate extends Reasoned {
  id: string
  deptId: number
  after: DepartmentFields
}

/** One row to write; for people it is one change for each of `what`. */
export interface DepartmentUpdate extends Reasoned {
  id: string
  before: DepartmentFields
  after: DepartmentFields
  /** `mark` is only whether the parent can be read: book-keeping, no change a person would approve. */
  what: Array<'rename' | 'move' | 'reorder' | 'mark'>
}

export interface DepartmentRemove extends Reasoned {
  held: HeldDepartment
}

/** What follows DingTalk; null is "never known". managerId is the manager's account. */
export type AccountFields = Pick<HeldAccount, 'name' | 'avatar' | 'title' | 'mobile' | 'email' | 'jobNumber' | 'hiredAt' | 'managerId'>

export interface Membership {
  departmentId: string
  leader: boolean
}

/** A new account with everything that belongs to it: binding, departments (leadership included) and main department. */
export interface AccountCreate extends Reasoned {
  id: string
  userid: string
  /** Empty when DingTalk did not tell it. */
  unionid: string
  activated: boolean
  role: RoleKey
  fields: AccountFields
  memberships: Membership[]
  mainDepartmentId: string | null
}

export interface AccountUpdate extends Reasoned {
  id: string
  before: AccountFields
  after: AccountFields
}

/** Departments entered and left, and another main department; of an account known before. */
export interface AccountMove extends Reasoned {
  accountId: string
  join: Membership[]
  leave: Membership[]
  main: { before: string | null, after: string | null }
  /** An administrator chose the main department; another one is the sync's choice again. */
  chosen: boolean
}

/** Starts or ends leading departments the person stays in; `departments` holds the new value. */
export interface LeadershipChange extends Reasoned {
  accountId: string
  departments: Membership[]
}

export interface Disable extends Reasoned {
  held: HeldAccount
}

/** Also of an account that gets its binding by the same plan. */
export interface Reenable extends Reasoned {
  held: UnboundAccount
}

/** What a binding row says besides whose it is. `missingSince` is in milliseconds since 1970. */
export type BindingMarks = Pick<HeldBinding, 'unionid' | 'state' | 'activated' | 'missingSince' | 'missingRuns'>

/** A member gets an account that exists and had no member. */
export interface BindingCreate extends Reasoned {
  accountId: string
  userid: string
  after: BindingMarks
}

/**
 * The account's binding passes to another userid or unionid, or (`after` null) ends. Userids may be swapped:
 * delete all old rows first, then insert all new ones, and only then `create`.
 */
export interface BindingChange extends Reasoned {
  accountId: string
  name: string
  before: BindingMarks & { userid: string }
  after: (BindingMarks & { userid: string }) | null
}

/** Book-keeping on a binding row that a person need not approve: seen, out of scope, missing since, activated. */
export interface BindingMark {
  userid: string
  accountId: string
  before: BindingMarks
  after: BindingMarks
}

/** A member nothing is done about until somebody decides. */
export interface Conflict extends Reasoned {
  kind: 'ambiguous' | 'privileged' | 'recycled' | 'taken'
  member: SnapshotMember
  /** Accounts that might be theirs. */
  candidates: string[]
  /** When the decision was taken that can no longer be followed (milliseconds since 1970). */
  reopens?: number
}

/** Somebody the plan leaves as they are although DingTalk did not show them. */
export interface Kept {
  userid: string
  name: string
  /**
   * out_of_scope: exists, cannot be read. excluded: left out by the settings. grace: gone, waiting. uncertain:
   * DingTalk's answer was neither. last_administrator: gone, but nobody else could administer the CRM.
   */
  why: 'out_of_scope' | 'excluded' | 'grace' | 'uncertain' | 'last_administrator'
}

/**
 * Every difference between a snapshot and what we hold. Applying it and planning again finds nothing, except
 * that `bindings.mark` counts further runs of people in their grace.
 */
export interface Plan {
  departments: { create: DepartmentCreate[], update: DepartmentUpdate[], remove: DepartmentRemove[] }
  accounts: { create: AccountCreate[], update: AccountUpdate[], disable: Disable[], reenable: Reenable[] }
  moves: AccountMove[]
  leadership: LeadershipChange[]
  bindings: { create: BindingCreate[], change: BindingChange[], mark: BindingMark[] }
  conflicts: Conflict[]
  kept: Kept[]
}

/** What DingTalk says of one thing that a crawl did not show. */
export type Verdict = 'gone' | 'outOfScope' | 'uncertain'

export interface Findings {
  /** By userid. Nobody asked about is uncertain. */
  people: ReadonlyMap<string, Verdict>
  /** By dept_id. */
  departments: ReadonlyMap<number, Verdict>
}

export interface PlanOptions {
  settings: SyncSettings
  /** Milliseconds since 1970; what "missing since" is measured by. */
  now: number
  newId?: () => string
}
