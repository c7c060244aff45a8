import type { HeldAccount, HeldDepartment } from '../state.ts'

export interface DepartmentFields {
  parentId: string | null
  name: string
  order: number
  parentOutOfScope: boolean
}

export interface DepartmentCreate {
  id: string
  deptId: number
  after: DepartmentFields
}

export interface DepartmentUpdate {
  id: string
  before: DepartmentFields
  after: DepartmentFields
  /** What changes, for people: `mark` is only whether the parent can be read. */
  what: Array<'rename' | 'move' | 'reorder' | 'mark'>
}

/** What follows DingTalk; null is "never known". */
export type AccountFields = Pick<HeldAccount, 'name' | 'avatar' | 'title' | 'mobile' | 'email' | 'jobNumber' | 'hiredAt'>

export interface AccountCreate {
  id: string
  userid: string
  unionid: string
  activated: boolean
  fields: AccountFields
}

export interface AccountUpdate {
  id: string
  before: AccountFields
  after: AccountFields
}

export type BindingFields = Pick<HeldAccount, 'unionid' | 'state' | 'activated'>

export interface BindingUpdate {
  userid: string
  before: BindingFields
  after: BindingFields
}

/** New and changed departments of one person, and those they are no longer in. */
export interface MembershipChange {
  accountId: string
  put: Array<{ departmentId: string, leader: boolean }>
  remove: string[]
}

export interface MainDepartmentChange {
  accountId: string
  departmentId: string | null
}

/** Somebody the plan leaves as they are although DingTalk did not show them, or shows somebody else. */
export interface Kept {
  userid: string
  name: string
  /**
   * out_of_scope: exists, cannot be read. uncertain: DingTalk's answer was neither. last_administrator: gone, but
   * nobody else could administer the CRM. other_person: the userid now belongs to another unionid.
   */
  why: 'out_of_scope' | 'uncertain' | 'last_administrator' | 'other_person'
}

/** Every difference between a snapshot and what we hold. Applying it and planning again finds nothing. */
export interface Plan {
  departments: { create: DepartmentCreate[], update: DepartmentUpdate[], remove: HeldDepartment[] }
  accounts: { create: AccountCreate[], update: AccountUpdate[], disable: HeldAccount[], reenable: HeldAccount[] }
  bindings: BindingUpdate[]
  memberships: MembershipChange[]
  mainDepartments: MainDepartmentChange[]
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
