/** Names for administrators' actions whose features write no entry of their own; others stand under their route. */
export const routeActions: Partial<Record<string, string>> = {
  'POST /api/sync/runs': 'sync.start',
  'POST /api/sync/runs/:id/cancel': 'sync.cancel',
  'POST /api/sync/settings/events/generate': 'events.generate',
  'POST /api/settings/dingtalk/doctor': 'settings.doctor',
  'POST /api/crm/sample-data': 'crm.sample_data',
}
