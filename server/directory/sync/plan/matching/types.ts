import type { Snapshot, SnapshotMember } from '../../snapshot.ts'
import type { HeldAccount, State, UnboundAccount } from '../../state.ts'
import type { Conflict, Findings, PlanOptions, Reason } from '../types.ts'

/** What becomes of a member who has no binding of their own yet. */
export type Outcome
  = | { do: 'rebind', held: HeldAccount, reason: Reason }
    | { do: 'bind', account: UnboundAccount, reason: Reason }
    | { do: 'create', reason: Reason }
    | { do: 'conflict', conflict: Conflict }
    | { do: 'nothing' }

export interface MatchInput {
  /** As DingTalk answered, before any filter: who is unique is decided among all. */
  snapshot: Snapshot
  state: State
  findings: Findings
  settings: PlanOptions['settings']
  /** All members by userid. */
  members: ReadonlyMap<string, SnapshotMember>
  heldByUserid: ReadonlyMap<string, HeldAccount>
}

export interface Matches {
  outcomes: Map<SnapshotMember, Outcome>
  /** Bindings that end because an administrator gave their userid to the person who has it now. */
  unbind: Map<HeldAccount, Reason>
}

export function conflict(kind: Conflict['kind'], member: SnapshotMember, candidates: string[], reason: Reason, reopens?: number): Outcome {
  return { do: 'conflict', conflict: { kind, member, candidates: [...new Set(candidates)], reason, ...(reopens !== undefined && { reopens }) } }
}
