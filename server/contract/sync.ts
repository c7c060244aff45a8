import { z } from 'zod'
import { id, idParams, timestamp } from './common.ts'
import { defineRoutes } from './route.ts'

/** How many of each kind of change a run planned or made. */
export const syncCounts = z.object({
  departmentsCreated: z.int(),
  departmentsUpdated: z.int(),
  departmentsRemoved: z.int(),
  accountsCreated: z.int(),
  accountsUpdated: z.int(),
  accountsDisabled: z.int(),
  accountsReenabled: z.int(),
  membershipsChanged: z.int(),
  /** Bound people missing from the crawl who are kept: out of scope, or DingTalk's answer was not certain. */
  keptOutOfScope: z.int(),
  keptUncertain: z.int(),
})
export type SyncCounts = z.infer<typeof syncCounts>

export const syncProgress = z.object({
  departmentsKnown: z.int(),
  departmentsDone: z.int(),
  membersSeen: z.int(),
  calls: z.int(),
  retries: z.int(),
  /** Calls a second over the last seconds. */
  rate: z.number(),
})
export type SyncProgress = z.infer<typeof syncProgress>

export const syncRun = z.object({
  id,
  mode: z.enum(['preview', 'apply']),
  status: z.enum(['running', 'planned', 'succeeded', 'failed', 'cancelled']),
  phase: z.enum(['scope', 'crawl', 'confirm', 'plan', 'apply', 'done']),
  startedAt: timestamp,
  finishedAt: timestamp.nullable(),
  startedBy: z.string(),
  progress: syncProgress,
  counts: syncCounts.nullable(),
  /** What the app may read: whole company, or so many departments and people. */
  scope: z.object({ wholeCompany: z.boolean(), departments: z.int(), people: z.int(), members: z.int() }).nullable(),
  error: z.object({ message: z.string(), help: z.string().nullable(), where: z.string().nullable(), code: z.string().nullable() }).nullable(),
})
export type SyncRun = z.infer<typeof syncRun>

export const syncRoutes = defineRoutes({
  'POST /api/sync/runs': {
    summary: 'Start an organisation sync, or only compute what it would change',
    access: 'operator',
    body: z.object({ mode: z.enum(['preview', 'apply']) }),
    response: syncRun,
    status: 202,
    errors: ['not_configured', 'sync_running'],
  },
  'GET /api/sync/runs': { summary: 'The latest runs, newest first', access: 'operator', response: z.object({ runs: z.array(syncRun) }) },
  'GET /api/sync/runs/:id': { summary: 'One run', access: 'operator', params: idParams, response: syncRun },
  'POST /api/sync/runs/:id/cancel': {
    summary: 'Stop a running sync; nothing is changed',
    access: 'operator',
    params: idParams,
    response: syncRun,
    errors: ['sync_not_running'],
  },
  'GET /api/sync/runs/:id/events': {
    summary: 'The run as it goes on, as server-sent events; ends with the run',
    access: 'operator',
    params: idParams,
    response: syncRun,
    stream: true,
  },
})
