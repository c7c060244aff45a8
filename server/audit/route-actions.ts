import type { Api, ApiKey } from '#contract/index.ts'
import type { AuditAction } from '#contract/people/audit-actions.ts'

/** Every administrator's route that may change something. */
type Concerned = { [K in ApiKey]: K extends `GET ${string}` ? never : Api[K]['access'] extends 'admin' | 'operator' ? K : never }[ApiKey]

/**
 * What stands in the log for an administrator's request whose feature wrote no entry of its own (a change to what was
 * there already, a start in the background). Null: it changes nothing,
 * or its feature always tells itself which of two things was done.
 */
export const routeActions: Record<Concerned, AuditAction | null> = {
  'PUT /api/settings/dingtalk': 'settings.update',
  // Every visit of the guide looks at what is stored; only somebody else's credentials are worth an entry, and get it there.
  'POST /api/settings/dingtalk/doctor': null,
  'POST /api/settings/dingtalk/doctor/stream': null,
  'PUT /api/settings/dingtalk/doctor/:check': null,
  'POST /api/settings/dingtalk/doctor/notification': 'doctor.notification',
  'POST /api/sync/runs': 'sync.start',
  'POST /api/sync/runs/:id/apply': 'sync.apply',
  'POST /api/sync/runs/:id/cancel': 'sync.cancel',
  'POST /api/sync/runs/:id/undo': 'sync.undo',
  'POST /api/sync/conflicts/:id/resolve': 'sync.conflict.resolve',
  'POST /api/sync/conflicts/:id/reopen': 'sync.conflict.reopen',
  'PUT /api/sync/settings': 'sync.settings.update',
  'DELETE /api/sync/settings/accepted-count': 'sync.count.forget',
  'PUT /api/sync/settings/events': 'sync.events.update',
  'POST /api/sync/settings/events/generate': 'events.generate',
  'POST /api/directory/accounts/:id/handover': 'records.hand_over',
  'POST /api/directory/accounts/:id/handover/preview': null,
  'POST /api/directory/handovers/:id/undo': 'records.hand_over_undo',
  'POST /api/crm/sample-data': 'crm.sample_data',
  'PUT /api/messages/rules': 'messages.rules.update',
  'PUT /api/messages/templates/:kind': 'messages.template.update',
  'POST /api/messages/templates/preview': null,
  'POST /api/messages/test': 'messages.test',
  'POST /api/notifications': 'notifications.test',
  'POST /api/notifications/:id/recall': 'notifications.recall',
  'POST /api/notifications/:id/retry': 'notifications.retry',
  'POST /api/notifications/:id/check': 'notifications.check',
  'POST /api/notifications/:id/status': 'notifications.status',
  'PUT /api/notification-delivery': 'notifications.settings.update',
  'POST /api/notification-delivery/pause': 'notifications.pause',
  'POST /api/notification-delivery/todos/retry': 'notifications.todos.retry',
  'POST /api/notification-delivery/resume': 'notifications.resume',
  'PUT /api/accounts/:id/status': null,
  'POST /api/accounts/:id/bind': 'binding.bound',
  'POST /api/accounts/:id/unbind': 'binding.unbound',
  'POST /api/accounts/:id/history/:event/undo': null,
  'POST /api/accounts/:id/code': 'binding.code',
  'DELETE /api/accounts/:id/code': 'binding.code_revoke',
  'POST /api/accounts/:id/merge': 'account.merge',
  'POST /api/access-requests/:id/approve': 'access.approve',
  'POST /api/access-requests/:id/refuse': 'access.refuse',
  'PUT /api/roles/:role': 'role.update',
  'PUT /api/roles/:role/departments': 'role.departments',
  'PUT /api/accounts/:id/rights': 'account.roles',
  'PUT /api/directory/accounts/:id/main-department': 'account.main_department',
  'PUT /api/calendar/:year': 'calendar.update',
}

/** @returns undefined when the request is not to be remembered */
export function actionOf(route: string): AuditAction | undefined {
  return (routeActions as Partial<Record<string, AuditAction | null>>)[route] ?? undefined
}
