import type { AuditAction } from '#contract/people/audit-actions.ts'

/** The one thing something was done to. */
export interface AuditTarget {
  type: string
  id?: string | null
  name?: string | null
}

type Detail = Record<string, unknown>

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
/** One of the details names it. */
const by = (type: string, id: string, name?: string) => (detail: Detail): AuditTarget => ({ type, id: text(detail[id]), name: name === undefined ? null : text(detail[name]) })
/** There is only one of it. */
const the = (type: string, id?: string) => (): AuditTarget => ({ type, id: id ?? null, name: null })

/**
 * What an action is done to where its feature does not say so itself: every action has an answer, so that the log can
 * be searched by target and no entry stands for nothing.
 */
const targets: Record<AuditAction, (detail: Detail) => AuditTarget> = {
  'access.approve': by('access_request', 'id'),
  'access.refuse': by('access_request', 'id'),
  'access.request': by('access_request', 'userid'),
  'account.disable': by('account', 'id'),
  'account.enable': by('account', 'id'),
  'account.main_department': by('account', 'id'),
  'account.merge': by('account', 'id'),
  'account.promoted': by('account', 'id'),
  'account.roles': by('account', 'id'),
  'admin_link.used': the('session'),
  'audit.export': the('log'),
  'binding.bound': by('account', 'id'),
  'binding.code': by('account', 'id'),
  'binding.code_revoke': by('account', 'id'),
  'binding.company': the('settings', 'dingtalk'),
  'binding.unbound': by('account', 'id'),
  'calendar.update': by('calendar', 'year'),
  'crm.connected': by('account', 'account'),
  'crm.disconnected': by('account', 'account'),
  'crm.duplicate_check': by('records', 'kind'),
  'crm.duplicates_checked': by('records', 'kind'),
  'crm.export': by('records', 'kind'),
  'crm.import': by('records', 'kind', 'fileName'),
  'crm.sample_data': the('records'),
  'doctor.confirm': by('check', 'check'),
  'doctor.notification': by('member', 'userid'),
  'doctor.unconfirm': by('check', 'check'),
  'events.generate': the('settings', 'events'),
  'messages.announce': by('announcement', 'id', 'title'),
  'messages.rules.update': the('settings', 'rules'),
  'messages.template.update': by('template', 'kind'),
  'messages.test': by('template', 'kind'),
  'notifications.check': by('sending', 'id'),
  'notifications.pause': the('queue'),
  'notifications.recall': by('sending', 'sending'),
  'notifications.resume': the('queue'),
  'notifications.retry': by('sending', 'sending'),
  'notifications.settings.update': the('settings', 'delivery'),
  'notifications.status': by('sending', 'sending'),
  'notifications.test': the('queue'),
  'notifications.todos.retry': the('queue'),
  'records.hand_over': by('handover', 'handover'),
  'records.hand_over_undo': by('handover', 'handover'),
  'role.departments': by('role', 'role'),
  'role.update': by('role', 'role'),
  'settings.doctor': the('settings', 'dingtalk'),
  'settings.setup': the('settings', 'dingtalk'),
  'settings.update': the('settings', 'dingtalk'),
  'sync.apply': by('run', 'run'),
  'sync.approve': by('run', 'run'),
  'sync.cancel': by('run', 'run'),
  'sync.count.forget': the('settings', 'sync'),
  'sync.conflict.resolve': by('member', 'userid', 'name'),
  'sync.conflict.reopen': by('member', 'userid', 'name'),
  'sync.events.update': the('settings', 'events'),
  'sync.settings.update': the('settings', 'sync'),
  'sync.start': by('run', 'run'),
  'sync.undo': by('run', 'run'),
}

/** The target of an action by its details; those of a request without an entry of its own are its parameters and body. */
export function targetOf(action: AuditAction, detail: object): AuditTarget {
  const inner = (name: string) => (name in detail ? (detail as Detail)[name] : undefined)
  const [params, body] = [inner('params'), inner('body')]
  return targets[action]({ ...(params as Detail | undefined), ...(body as Detail | undefined), ...detail })
}
