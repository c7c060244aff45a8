import type { Logger } from 'pino'
import type { SyncRun } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { EndSessions } from '../apply/index.ts'
import type { ContactSource } from '../source.ts'
import type { ExecuteParts, LiveRun } from './execute.ts'
import type { RunRecord } from './store.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../../../http/app-error.ts'
import { SyncFailure, toStoredFailure } from '../failure.ts'
import { createProgress } from '../progress.ts'
import { execute } from './execute.ts'
import { beat, endRun, latestRuns, openRun, readRun, recoverRuns, requestCancel } from './store.ts'

export interface SyncOptions {
  db: Db
  dingtalk: { contacts: ContactSource }
  endSessions: EndSessions
  log: Logger
}

/** How often the database learns how a run goes, and the run whether another instance wants it to stop. */
const heartbeatMs = 3000

/** How often watchers learn of a run in this process, and of one elsewhere. */
const watchMs = { here: 250, elsewhere: 1000 }

/** A person asked for the end; nothing is wrong. */
class Cancelled extends Error {
  override name = 'Cancelled'
}

interface Current extends LiveRun {
  stop: (reason: Error) => void
  ended: Promise<void>
}

/** Organisation sync: starts, stops and shows runs, one at a time over all instances. */
export function createSync({ db, dingtalk, endSessions, log }: SyncOptions) {
  const parts: ExecuteParts = { db, source: dingtalk.contacts, endSessions, log }
  let current: Current | undefined
  let stopped = false

  return {
    /** Starts a run in the background. @throws {AppError} sync_running */
    async start(mode: SyncRun['mode'], startedBy: string): Promise<RunRecord> {
      if (stopped)
        throw new AppError('unavailable')
      await recoverRuns(db, { all: false })
      const meter = createProgress()
      const id = await openRun(db, mode, startedBy, meter.read())
      const controller = new AbortController()
      const run: LiveRun = { id, mode, phase: 'scope', scope: null, meter, signal: controller.signal }
      const stop = (reason: Error) => controller.abort(reason)
      current = Object.assign(run, { stop, ended: drive(run, stop).finally(() => void (current = undefined)) })
      return get(id)
    },

    /** Stops a run; nothing is changed, unless it was just done. @throws {AppError} not_found, sync_not_running */
    async cancel(id: string): Promise<RunRecord> {
      if ((await readRun(db, id)).status !== 'running')
        throw new AppError('sync_not_running')
      const here = current?.id === id ? current : undefined
      here?.stop(new Cancelled())
      await (here ? here.ended : requestCancel(db, id))
      return get(id)
    },

    list: async (): Promise<RunRecord[]> => (await latestRuns(db)).map(withLive),
    get,

    /** Calls `send` with the run now and whenever it got on, until it ends or the signal aborts. */
    async watch(id: string, send: (run: RunRecord) => void, signal: AbortSignal): Promise<void> {
      let last = ''
      while (!signal.aborted) {
        const run = await get(id)
        const state = JSON.stringify([run.status, run.phase, run.progress, run.scope])
        if (state !== last)
          send(run)
        last = state
        if (run.status !== 'running')
          return
        await pause(id, signal)
      }
    },

    /** Tells of every finished DingTalk call (the client's onCall), so that a run can show its retries. */
    noteCall({ attempt, api }: { attempt: number, api: string }): void {
      if (attempt > 1 && /^\/(?:topapi\/v2\/(?:department|user)\/|topapi\/user\/count|auth\/scopes)/.test(api))
        current?.meter.retry()
    },

    /** Ends runs that died with their process. `alone`: nobody else uses this database (the embedded one). */
    recover: ({ alone = false }: { alone?: boolean } = {}) => recoverRuns(db, { all: alone }),

    /** Stops the run under way and records that. */
    async stop(): Promise<void> {
      stopped = true
      current?.stop(new SyncFailure('shutdown'))
      await current?.ended
    },
  }

  async function get(id: string): Promise<RunRecord> {
    return withLive(await readRun(db, id))
  }

  /** A run in this process is further than its last heartbeat says. */
  function withLive(record: RunRecord): RunRecord {
    return record.status === 'running' && current?.id === record.id
      ? { ...record, phase: current.phase, scope: current.scope, progress: current.meter.read() }
      : record
  }

  async function pause(id: string, signal: AbortSignal): Promise<void> {
    const ended = current?.id === id ? current.ended : undefined
    const tick = wait(ended ? watchMs.here : watchMs.elsewhere, undefined, { signal }).catch(() => {})
    await (ended ? Promise.race([ended, tick]) : tick)
  }

  async function drive(run: LiveRun, stop: (reason: Error) => void): Promise<void> {
    const timer = setInterval(() => void keepAlive(run, stop), heartbeatMs)
    log.info({ run: run.id, mode: run.mode }, 'organisation sync started')
    try {
      const counts = await execute(parts, run)
      log.info({ run: run.id, counts }, 'organisation sync done')
    }
    catch (error) {
      await recordFailure(run, error)
    }
    finally {
      clearInterval(timer)
    }
  }

  async function keepAlive(run: LiveRun, stop: (reason: Error) => void): Promise<void> {
    try {
      const alive = await beat(db, run.id, { phase: run.phase, progress: run.meter.read(), scope: run.scope })
      if (!alive)
        stop(new SyncFailure('interrupted'))
      else if (alive.cancelRequested)
        stop(new Cancelled())
    }
    catch (error) {
      log.warn({ err: error, run: run.id }, 'the heartbeat of a sync could not be written')
    }
  }

  async function recordFailure(run: LiveRun, error: unknown): Promise<void> {
    const cause = run.signal.aborted ? run.signal.reason : error
    const cancelled = cause instanceof Cancelled
    const status = cancelled || (cause instanceof SyncFailure && cause.reason === 'shutdown') ? 'cancelled' : 'failed'
    const failure = cancelled ? null : toStoredFailure(cause)
    log[failure?.reason === 'internal' ? 'error' : 'info']({ err: cause, run: run.id }, `organisation sync ${status}`)
    try {
      await endRun(db, run.id, { status, counts: null, phase: run.phase, error: failure, progress: run.meter.read(), scope: run.scope })
    }
    catch (storing) {
      // Without a database it stays "running" until its heartbeat is stale; then it is recovered as interrupted.
      log.error({ err: storing, run: run.id }, 'the end of a sync could not be written')
    }
  }
}

export type Sync = ReturnType<typeof createSync>
