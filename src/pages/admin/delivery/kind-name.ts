import type { MessageKind } from '#contract/messages/index.ts'
import { textFor } from '../../../locales/index.ts'

/** What a kind of notification is called; its own name where nobody has given it one. */
export function kindName(kind: string): string {
  return textFor(`admin.delivery.kinds.${kind}`) ?? textFor(`messages.kinds.${kind}`) ?? kind
}

/** Every kind the send log may have, as the contract lists them; spelled here so that zod stays out of the H5. */
const kinds = {
  'record.assigned': true,
  'record.transferred': true,
  'record.shared': true,
  'record.deleted': true,
  'contact.added': true,
  'collaborator.added': true,
  'lead.converted': true,
  'opportunity.stage_changed': true,
  'opportunity.won': true,
  'opportunity.lost': true,
  'plan.due': true,
  'plan.overdue': true,
  'digest.daily': true,
  'digest.weekly': true,
  'comment.added': true,
  'comment.mentioned': true,
  'announcement': true,
  'sync.finished': true,
  'sync.approval': true,
  'access.requested': true,
  'system.alert': true,
  'digest': true,
  'welcome': true,
  'test': true,
} satisfies Record<MessageKind | 'digest' | 'welcome' | 'test', true>

export const kindOptions = (): { value: string, label: string }[] => Object.keys(kinds).map(value => ({ value, label: kindName(value) }))
