import type { MessageCategory, MessageKind } from '#contract/messages/kinds.ts'
import { categoryOf, messageKinds } from '#contract/messages/kinds.ts'

/** What is not of records: caused here, whatever CRM is behind. */
const ofOurs: ReadonlySet<MessageCategory> = new Set(['announcements', 'system'])

/** What people do to records of another CRM through this server. */
const passingThrough: ReadonlySet<MessageKind> = new Set(['record.assigned', 'record.transferred', 'record.deleted', 'contact.added'])

/** Kinds of messages that can come about; `elsewhere` is a CRM whose records and plans live on another server, which has no feed of them. */
export function offeredKinds({ elsewhere }: { elsewhere: boolean }): readonly MessageKind[] {
  return elsewhere ? messageKinds.filter(kind => ofOurs.has(categoryOf[kind]) || passingThrough.has(kind)) : messageKinds
}
