import type { MessageCategory, MessageKind } from '#contract/messages/kinds.ts'
import { categoryOf, messageKinds } from '#contract/messages/kinds.ts'

/** What is not of records: caused here, whatever CRM is behind. */
const ofOurs: ReadonlySet<MessageCategory> = new Set(['announcements', 'system'])

/** Kinds of messages that can come about. A CRM that tells people of its records itself leaves us the others: told twice is worse than once. */
export function offeredKinds({ tellsItself }: { tellsItself: boolean }): readonly MessageKind[] {
  return tellsItself ? messageKinds.filter(kind => ofOurs.has(categoryOf[kind])) : messageKinds
}
