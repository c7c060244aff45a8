/** What people can be told of; the list of the event matrix and of everybody's preferences. */
export const messageKinds = [
  'record.assigned',
  'record.transferred',
  'record.shared',
  'record.deleted',
  'contact.added',
  'collaborator.added',
  'lead.converted',
  'opportunity.stage_changed',
  'opportunity.won',
  'opportunity.lost',
  'plan.due',
  'plan.overdue',
  'digest.daily',
  'digest.weekly',
  'comment.added',
  'comment.mentioned',
  'announcement',
  'sync.finished',
  'sync.approval',
  'access.requested',
  'system.alert',
] as const
export type MessageKind = (typeof messageKinds)[number]

/** What the send log names: those, several in one, the greeting of new people, and tests. */
export const sendingKinds = [...messageKinds, 'digest', 'welcome', 'test'] as const

export const messageCategories = ['records', 'plans', 'comments', 'announcements', 'system'] as const
export type MessageCategory = (typeof messageCategories)[number]

/** Where a kind is listed. */
export const categoryOf: Record<MessageKind, MessageCategory> = {
  'record.assigned': 'records',
  'record.transferred': 'records',
  'record.shared': 'records',
  'record.deleted': 'records',
  'contact.added': 'records',
  'collaborator.added': 'records',
  'lead.converted': 'records',
  'opportunity.stage_changed': 'records',
  'opportunity.won': 'records',
  'opportunity.lost': 'records',
  'plan.due': 'plans',
  'plan.overdue': 'plans',
  'digest.daily': 'plans',
  'digest.weekly': 'plans',
  'comment.added': 'comments',
  'comment.mentioned': 'comments',
  'announcement': 'announcements',
  'sync.finished': 'system',
  'sync.approval': 'system',
  'access.requested': 'system',
  'system.alert': 'system',
}
