import { z } from 'zod'
import { id, idParams, page, paging } from '../common.ts'
import { ownedCounts } from '../handover.ts'
import { defineRoutes } from '../route.ts'
import { applyBody, changesQuery, leaver, selection, syncChange } from './changes.ts'
import { conflictsQuery, resolution, syncConflict } from './conflicts.ts'
import { runsQuery, syncRun } from './runs.ts'
import { choosableDepartment, eventSettingsChange, syncSettings, syncSettingsView } from './settings.ts'

export * from './changes.ts'
export * from './conflicts.ts'
export * from './counts.ts'
export * from './runs.ts'
export * from './settings.ts'

const pageEnd = { nextCursor: z.string().nullable(), total: z.int() }

export const syncRoutes = defineRoutes({
  'POST /api/sync/runs': {
    summary: 'Start an organisation sync, or only compute what it would change',
    access: 'operator',
    body: z.object({ mode: z.enum(['preview', 'apply']) }),
    response: syncRun,
    status: 202,
    errors: ['not_configured', 'sync_running', 'sync_disabled'],
  },
  'GET /api/sync/runs': { summary: 'Runs, newest first; all of them or those that wait for somebody', access: 'operator', query: runsQuery, response: z.object({ runs: z.array(syncRun), ...pageEnd, /** The run that changed the organisation last, whenever it began. */ lastChange: id.nullable() }) },
  'GET /api/sync/runs/:id': { summary: 'One run', access: 'operator', params: idParams, response: syncRun },
  'GET /api/sync/runs/:id/changes': {
    summary: 'What a run would change or has changed, by kind and keyword',
    access: 'operator',
    params: idParams,
    query: changesQuery,
    response: page(syncChange),
  },
  'GET /api/sync/runs/:id/leavers': {
    summary: 'Whom a run disables who owns records, with who could take them over',
    access: 'operator',
    params: idParams,
    query: paging,
    response: page(leaver).extend({
      /** Of all of them. */
      records: ownedCounts,
      /** What the settings say becomes of them. */
      otherwise: z.enum(['keep', 'leader']),
    }),
  },
  'GET /api/sync/runs/:id/export': {
    summary: 'All changes of a run as a file',
    access: 'operator',
    params: idParams,
    query: z.object({ format: z.enum(['csv', 'json']) }),
    response: z.unknown(),
  },
  'POST /api/sync/runs/:id/apply': {
    summary: 'Apply exactly what was shown, all or a selection; a plan that no longer fits is refused',
    access: 'operator',
    params: idParams,
    body: applyBody,
    response: syncRun,
    status: 202,
    errors: ['sync_running', 'sync_not_applicable', 'sync_outdated', 'sync_disabled', 'owner_unknown'],
  },
  'POST /api/sync/runs/:id/cancel': {
    summary: 'Stop a running sync, or discard a planned one; nothing is changed',
    access: 'operator',
    params: idParams,
    response: syncRun,
    errors: ['sync_not_running'],
  },
  'POST /api/sync/runs/:id/undo': {
    summary: 'Take a run back, all of it or a selection; what was changed by hand since is left and reported',
    access: 'operator',
    params: idParams,
    body: selection,
    response: syncRun,
    status: 202,
    errors: ['sync_running', 'sync_not_undoable'],
  },
  'GET /api/sync/runs/:id/events': {
    summary: 'The run as it goes on, as server-sent events; ends with the run',
    access: 'operator',
    params: idParams,
    response: syncRun,
    stream: true,
  },
  'GET /api/sync/conflicts': {
    summary: 'Members that need a decision, and decisions taken',
    access: 'admin',
    query: conflictsQuery,
    response: z.object({ conflicts: z.array(syncConflict), ...pageEnd }),
  },
  'POST /api/sync/conflicts/:id/resolve': {
    summary: 'Decide about a member; remembered for later runs',
    access: 'admin',
    params: idParams,
    body: resolution,
    response: syncConflict,
    errors: ['conflict_resolved', 'account_bound', 'account_merged'],
  },
  'POST /api/sync/conflicts/:id/reopen': {
    summary: 'Take a decision back: the member waits to be decided about again; what runs have done stays',
    access: 'admin',
    params: idParams,
    response: syncConflict,
  },
  'GET /api/sync/settings': { summary: 'How the organisation follows DingTalk', access: 'operator', response: syncSettingsView },
  'GET /api/sync/settings/departments': {
    summary: 'Departments the settings can name before a sync has made any: those of the last preview, or the upper levels as DingTalk shows them',
    access: 'admin',
    response: z.object({ departments: z.array(choosableDepartment) }),
  },
  'PUT /api/sync/settings': {
    summary: 'Change how the organisation follows DingTalk',
    access: 'operator',
    body: syncSettings,
    response: syncSettingsView,
  },
  'DELETE /api/sync/settings/accepted-count': {
    summary: 'Forget the accepted difference in the number of people; the next run with one stops again',
    access: 'operator',
    response: syncSettingsView,
  },
  'PUT /api/sync/settings/events': {
    summary: 'Choose the event channel; absent keys keep the stored ones',
    access: 'operator',
    body: eventSettingsChange,
    response: syncSettingsView,
  },
  'POST /api/sync/settings/events/generate': {
    summary: 'New AES key and token for the HTTP push; shown this once, to be pasted into DingTalk\'s console',
    access: 'operator',
    response: z.object({ aesKey: z.string(), token: z.string() }),
  },
})
