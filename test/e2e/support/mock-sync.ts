import type { SyncChange, SyncRun } from '#contract/sync/index.ts'
import type { MockHandlers } from './mock-api.ts'
import { MockError } from './mock-api.ts'
import { failedRun, syncRun, uuid } from './mock-data.ts'
import { noCounts, openConflicts, plannedChanges, plannedCounts, syncSettingsView, undoneChanges } from './mock-sync-data.ts'
import { pageOf } from './page-of.ts'

/** What a test may look at and change of the sync. */
export function mockSyncState() {
  return {
    runs: [failedRun()] as SyncRun[],
    /** Steps the running sync has made; a test may hold it. */
    step: 0,
    held: false,
    changes: new Map<string, SyncChange[]>(),
    conflicts: openConflicts(),
    sync: syncSettingsView(),
    /** Bodies of apply, undo, resolve and settings requests, oldest first, each with its path. */
    told: [] as { path: string, body: Record<string, unknown> }[],
  }
}

export type MockSyncState = ReturnType<typeof mockSyncState>

/** A run that waits, with its changes: a preview, or one the guard has stopped. */
export function plannedRun(state: MockSyncState, id: string, more: Partial<SyncRun> = {}): SyncRun {
  const run: SyncRun = { ...syncRun(id, 'preview', 9), counts: plannedCounts, ...more }
  state.runs.unshift(run)
  state.changes.set(id, plannedChanges())
  return run
}

/** The guard's numbers of a run that wants to disable 120 of 1,180 accounts. */
export const guardStop: Partial<SyncRun> = {
  mode: 'apply',
  trigger: 'schedule',
  status: 'stopped',
  undoable: false,
  stop: { kind: 'guard', disabled: 120, accounts: 1180, departmentsRemoved: 4, departments: 62, recent: { disabled: 0, departmentsRemoved: 0 }, count: null },
}

export function mockSync(state: MockSyncState): MockHandlers {
  const one = (id: string | undefined): SyncRun => {
    const run = state.runs.find(known => known.id === id)
    if (!run)
      throw new MockError('not_found', '没有这个任务。')
    const kinds: NonNullable<SyncRun['kinds']> = {}
    for (const { kind } of state.changes.get(run.id) ?? []) kinds[kind] = (kinds[kind] ?? 0) + 1
    return { ...run, kinds }
  }
  const put = (run: SyncRun): SyncRun => {
    state.runs = state.runs.map(known => (known.id === run.id ? run : known))
    return run
  }
  /** Every connection to the event stream sees the run one step further. */
  const advance = (id: string | undefined, further: boolean): SyncRun => {
    const run = one(id)
    if (!further || run.status !== 'running')
      return run
    const next = syncRun(run.id, run.mode, ++state.step)
    return put({ ...next, startedAt: run.startedAt, trigger: run.trigger, undoes: run.undoes, counts: next.counts && (run.counts ?? next.counts) })
  }
  const settle = (id: string, chosen: unknown, to: SyncChange['status']) => {
    const ids = Array.isArray(chosen) ? new Set(chosen) : null
    state.changes.set(
      id,
      (state.changes.get(id) ?? []).map(change =>
        change.kind === 'conflict' ? change : { ...change, status: !ids || ids.has(change.id) ? to : 'skipped' },
      ),
    )
  }
  const tell = (path: string, body: Record<string, unknown>) => state.told.push({ path, body })

  return {
    'GET /api/sync/runs': ({ query }) => {
      const runs = state.runs.filter(({ status }) => !query.has('status') || status === 'planned' || status === 'stopped')
      return { runs, nextCursor: null, total: runs.length, lastChange: state.runs.find(({ status }) => status === 'succeeded')?.id ?? null }
    },
    'GET /api/sync/runs/:id/leavers': () => ({ items: [], nextCursor: null, total: 0, records: {}, otherwise: 'keep' }),
    'POST /api/sync/runs': ({ body }) => {
      if (!state.sync.settings.enabled)
        throw new MockError('sync_disabled', '组织同步已关闭。')
      state.step = 0
      const run = syncRun(uuid(7100 + state.runs.length), body.mode === 'preview' ? 'preview' : 'apply', 0)
      state.runs.unshift(run)
      if (!state.changes.has(run.id))
        state.changes.set(run.id, plannedChanges())
      return run
    },
    'GET /api/sync/runs/:id': ({ params }) => advance(params.id, false),
    'GET /api/sync/runs/:id/events': ({ params }) => advance(params.id, !state.held),
    'GET /api/sync/runs/:id/changes': ({ params, query }) => {
      const q = query.get('q') ?? ''
      const wanted = (state.changes.get(params.id ?? '') ?? []).filter(
        change =>
          (!query.get('kind') || change.kind === query.get('kind'))
          && (!query.get('status') || change.status === query.get('status'))
          && change.target.name.includes(q),
      )
      return pageOf(wanted, query)
    },
    'POST /api/sync/runs/:id/apply': ({ params, body }) => {
      const run = one(params.id)
      if (run.status === 'outdated')
        throw new MockError('sync_outdated', '这份变更已过期。')
      tell(`apply ${run.id}`, body)
      settle(run.id, body.changeIds, 'applied')
      state.step = 3
      return put({ ...run, mode: 'apply', status: 'running', phase: 'apply', stop: null, finishedAt: null })
    },
    'POST /api/sync/runs/:id/undo': ({ params, body }) => {
      const run = one(params.id)
      tell(`undo ${run.id}`, body)
      state.step = 3
      const undo: SyncRun = { ...syncRun(uuid(7600 + state.runs.length), 'undo', 3), counts: { ...noCounts, accountsReenabled: 1 }, undoes: run.id }
      put({ ...run, undoneBy: undo.id })
      state.runs.unshift(undo)
      state.changes.set(undo.id, undoneChanges())
      return undo
    },
    'POST /api/sync/runs/:id/cancel': ({ params }) =>
      put({ ...one(params.id), status: 'cancelled', phase: 'done', finishedAt: new Date().toISOString() }),
    'GET /api/sync/conflicts': ({ query }) => {
      const conflicts = state.conflicts.filter(
        conflict => conflict.status === (query.get('status') ?? 'open') && conflict.member.name.includes(query.get('q') ?? ''),
      )
      return { conflicts, nextCursor: null, total: conflicts.length }
    },
    'POST /api/sync/conflicts/:id/resolve': ({ params, body }) => {
      const conflict = state.conflicts.find(known => known.id === params.id)
      if (!conflict)
        throw new MockError('not_found', '没有这个冲突。')
      tell('resolve', body)
      const account = conflict.candidates.find(candidate => candidate.id === body.accountId)?.name ?? null
      return Object.assign(conflict, { status: 'resolved', resolution: { action: body.action, account, by: '陈思远', at: new Date().toISOString() } })
    },
    'POST /api/sync/conflicts/:id/reopen': ({ params }) => {
      tell('reopen', {})
      return Object.assign(state.conflicts.find(known => known.id === params.id)!, { status: 'open', resolution: null })
    },
    'GET /api/sync/settings': () => state.sync,
    'PUT /api/sync/settings': ({ body }) => {
      tell('settings', body)
      const settings = { ...state.sync.settings, ...body }
      return (state.sync = { ...state.sync, settings, nextRunAt: settings.schedule.cron ? state.sync.nextRunAt : null })
    },
    'DELETE /api/sync/settings/accepted-count': () => (state.sync = { ...state.sync, acceptedCount: null }),
    'PUT /api/sync/settings/events': ({ body }) => {
      tell('events', body)
      const channel = body.channel === 'http' ? ('http' as const) : body.channel === 'stream' ? ('stream' as const) : ('off' as const)
      const connection = { off: 'off', stream: 'connected', http: 'waiting' } as const
      const { events } = state.sync
      return (state.sync = {
        ...state.sync,
        events: {
          ...events,
          channel,
          aesKeySet: events.aesKeySet || 'aesKey' in body,
          tokenSet: events.tokenSet || 'token' in body,
          state: { ...events.state, connection: connection[channel] },
        },
      })
    },
    'POST /api/sync/settings/events/generate': () => ({ aesKey: 'k'.repeat(43), token: 'token123token123' }),
  }
}
