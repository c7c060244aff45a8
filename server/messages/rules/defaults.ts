import type { MessageKind } from '#contract/messages/kinds.ts'
import type { MessageRule, MessageRules, ReceiverPart } from '#contract/messages/rules.ts'

/** Parts that make sense for a kind. */
export const partsOf: Record<MessageKind, readonly ReceiverPart[]> = {
  'record.assigned': ['owner', 'leader'],
  'record.transferred': ['owner', 'formerOwner', 'collaborators', 'leader'],
  'record.shared': ['collaborators', 'owner'],
  'record.deleted': ['owner', 'collaborators', 'leader'],
  'contact.added': ['owner', 'leader'],
  'collaborator.added': ['owner', 'leader'],
  'lead.converted': ['owner', 'collaborators', 'leader'],
  'opportunity.stage_changed': ['owner', 'collaborators', 'leader'],
  'opportunity.won': ['owner', 'collaborators', 'leader'],
  'opportunity.lost': ['owner', 'collaborators', 'leader'],
  'plan.due': ['owner', 'collaborators', 'leader'],
  'plan.overdue': ['owner', 'collaborators', 'leader'],
  'digest.daily': ['owner'],
  'digest.weekly': ['owner'],
  'comment.added': ['owner', 'collaborators'],
  'comment.mentioned': ['mentioned'],
  'announcement': [],
  'sync.finished': [],
  'sync.approval': [],
  'access.requested': [],
  'system.alert': [],
}

function rule(parts: ReceiverPart[], more: Partial<MessageRule> = {}): MessageRule {
  return { inbox: true, dingtalk: true, mandatory: false, parts, roles: [], people: [], format: 'oa', usefulHours: 24, ...more }
}

const toAdmins: Partial<MessageRule> = { roles: ['admin'] }
/** Still to be read and acted upon some days later. */
const lasting: Partial<MessageRule> = { usefulHours: 72 }

/**
 * What a new company begins with. DingTalk's calls are counted (dingtalk-server-api §9.4): what is only nice to know
 * stays in the CRM until an administrator wants it otherwise.
 */
export const defaultRules: MessageRules = {
  kinds: {
    'record.assigned': rule(['owner']),
    'record.transferred': rule(['owner', 'formerOwner']),
    'record.shared': rule(['collaborators']),
    'record.deleted': rule(['owner'], { dingtalk: false }),
    'contact.added': rule(['owner'], { dingtalk: false }),
    'collaborator.added': rule(['owner'], { dingtalk: false }),
    'lead.converted': rule(['owner'], { dingtalk: false }),
    'opportunity.stage_changed': rule(['owner', 'collaborators'], { dingtalk: false }),
    'opportunity.won': rule(['owner', 'collaborators', 'leader']),
    'opportunity.lost': rule(['owner', 'leader'], { dingtalk: false }),
    'plan.due': rule(['owner']),
    'plan.overdue': rule(['owner']),
    'digest.daily': rule(['owner'], { dingtalk: false, format: 'action_card' }),
    'digest.weekly': rule(['owner'], { format: 'action_card' }),
    'comment.added': rule(['owner', 'collaborators'], { dingtalk: false }),
    'comment.mentioned': rule(['mentioned']),
    'announcement': rule([], { ...lasting, format: 'action_card' }),
    'sync.finished': rule([], { ...toAdmins, dingtalk: false }),
    'sync.approval': rule([], { ...toAdmins, ...lasting, mandatory: true }),
    'access.requested': rule([], { ...toAdmins, ...lasting }),
    'system.alert': rule([], { ...toAdmins, ...lasting, mandatory: true }),
  },
  planDue: { day: { workingDaysBefore: 0, at: '09:00' }, minutesBefore: 30 },
  planOverdue: { at: '09:00' },
  daily: { at: '08:30' },
  weekly: { weekday: 1, at: '09:00' },
  pcOpens: 'workbench',
}
