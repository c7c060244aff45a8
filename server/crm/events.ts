import type { SQL } from 'drizzle-orm'
import type { Db } from '../db/index.ts'
import type { Text } from '../http/locale.ts'

/** What can happen to records that people may want to hear of. Due and overdue plans are found by their time, see `CrmReminders`. */
export const crmEventTypes = [
  'record.assigned',
  'record.transferred',
  'record.shared',
  'record.deleted',
  'contact.added',
  'collaborator.added',
  'lead.converted',
  'plan.due',
  'plan.overdue',
  'comment.added',
  'comment.mentioned',
  'opportunity.stage_changed',
  'opportunity.won',
  'opportunity.lost',
] as const
export type CrmEventType = (typeof crmEventTypes)[number]

export interface CrmEvent {
  /** Names one business event, however often it is reported; the receiver's account makes it an idempotency key. */
  key: string
  type: CrmEventType
  at: Date
  /** Who did it, and therefore need not be told; null when time did. */
  actor: { id: string, name: string } | null
  record: { kind: 'leads' | 'customers' | 'contacts' | 'opportunities' | 'follow-ups' | 'plans', id: string, name: string }
  /** Account ids by their part in it. */
  parties: { owner?: string, formerOwner?: string, collaborators?: string[], mentioned?: string[] }
  /**
   * Words for the text, each optional: a missing one is shown as "—"; what is the CRM's own word in both languages, for each reader theirs.
   * transferred `owner` `former` (names); converted `into`; opportunity.* `stage` `former` (labels) `amount` (a number's digits) `reason`;
   * contact.added `about` (the customer's name); collaborator.added `people` (names);
   * comment.* `comment` (its text) `commentId`, the same in both events of one comment, `record` where it is the text of the record itself (the name of what that is about); plan.* `content` `due` (ISO) `about` (the record's name).
   */
  values: Record<string, string | Text>
}

/** Tells the rest of the system of events, in the transaction that causes them: neither is there without the other. */
export interface PublishCrmEvents {
  (tx: Db, events: CrmEvent[]): Promise<void>
  /**
   * The same as a statement that the business's own carries (`with told as (…)`), which spares a round trip; undefined
   * when there is nothing to write. Not for transfers, whose names have to be asked first.
   */
  carried?: (events: CrmEvent[]) => SQL | undefined
}
