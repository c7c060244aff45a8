import type { OwnedCounts } from '#contract/handover.ts'
import type { AssignableRole } from '#contract/people/rights.ts'
import type { ChangeKind, SyncCounts, SyncRun } from '#contract/sync/index.ts'
import type { Reason } from '../plan/types.ts'

/**
 * Book-keeping that no person approves: whether a department's parent can be read, and how a member was seen last.
 * It is recorded like every change, so that an undo restores it, but not listed.
 */
export type StoredKind = ChangeKind | 'mark.department' | 'mark.binding'

export function isBookKeeping(kind: StoredKind): kind is 'mark.department' | 'mark.binding' {
  return kind.startsWith('mark.')
}

/** How many changes of each kind that people are shown. */
export type KindCounts = NonNullable<SyncRun['kinds']>

/** The numbers of a run as they are stored: by meaning, and by kind of recorded change. */
export type StoredCounts = SyncCounts & { kinds?: KindCounts | undefined }

/** A reason as stored; an undo adds its own to those of a plan. */
export interface StoredReason {
  key: Reason['key'] | UndoReason | HandoverReason
  values?: Record<string, string | number>
}

export type UndoReason
  /** Takes back what the undone run did. */
  = | 'undo'
  /** Somebody or a later run has changed it since. */
    | 'changed_since'
  /** The account has been used: logged in, or something names it. */
    | 'in_use'
  /** The department has members or departments that this undo does not remove. */
    | 'not_empty'
  /** What it refers to is not there any more, and this undo does not bring it back. */
    | 'reference_gone'
  /** The department would end up below itself. */
    | 'circle'
  /** Its userid or department id is taken by another one. */
    | 'taken'
  /** Nobody could administer the CRM any more. */
    | 'last_administrator'
  /** These records have yet another owner by now. */
    | 'owner_changed'

/** Why records change hands, or why they do not. */
export type HandoverReason
  = | 'handed_over'
  /** No department above has another leader who is active. */
    | 'no_leader'
  /** The colleague chosen is not active any more. */
    | 'successor_gone'

/** A department somebody is in, by our id. */
export interface StoredMembership {
  departmentId: string
  leader: boolean
}

/**
 * Column values by our names; each kind has its own. Times are in milliseconds since 1970. A change that creates has
 * no `before`, one that removes has no `after`.
 */
export interface Values {
  /** departments */
  deptId?: number | null
  parentId?: string | null
  order?: number
  parentOutOfScope?: boolean
  /** Of a removed department: who lost it, whose main department it was, and the roles it gave. Filled in when it is removed. */
  members?: Array<{ accountId: string, leader: boolean }>
  mains?: string[]
  roles?: AssignableRole[]
  /** departments and accounts */
  name?: string
  avatar?: string | null
  title?: string | null
  mobile?: string | null
  email?: string | null
  jobNumber?: string | null
  hiredAt?: number | null
  managerId?: string | null
  role?: 'admin' | 'member'
  /** The role a new account is given, unless it is an administrator's. */
  assignedRole?: AssignableRole
  mainDepartmentId?: string | null
  /** Of a move away from a main department that an administrator had chosen. */
  mainDepartmentChosen?: boolean
  departments?: StoredMembership[]
  status?: 'active' | 'disabled'
  disabledBy?: 'sync' | 'admin' | null
  disabledAt?: number | null
  /** bindings */
  userid?: string
  unionid?: string
  state?: 'present' | 'out_of_scope' | 'gone'
  activated?: boolean
  missingSince?: number | null
  missingRuns?: number
  /** How a binding came to be. Filled in when it is ended. */
  source?: 'sync' | 'login' | 'admin' | 'code'
  /** conflicts */
  candidates?: string[]
  /** handovers */
  handoverId?: string
  ownerId?: string
  records?: OwnedCounts
}

export type ChangeStatus = 'planned' | 'applied' | 'skipped' | 'refused' | 'undone'

/** A difference between two states of our tables, as sync_change keeps it. */
export interface Change {
  kind: StoredKind
  targetType: 'department' | 'account' | 'member'
  targetId: string | null
  userid: string | null
  name: string
  before: Values | null
  after: Values | null
  reason: StoredReason
}

/** A recorded change. */
export interface RecordedChange extends Change {
  id: string
  seq: number
  status: ChangeStatus
}
