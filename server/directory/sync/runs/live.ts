import type { Listeners } from './announce.ts'
import type { LiveRun, RunEnd, RunParts } from './parts.ts'
import type { RunRecord } from './store.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../../../http/app-error.ts'
import { SyncFailure, toStoredFailure } from '../failure.ts'
import { announceEnd } from './announce.ts'
import { beat, endRun } from './store.ts'
import { waitAgain } from './waiting.ts'

/** How often the database learns how a run goes, and the run whether another instance wants it to stop. */
const heartbeatMs = 3000

/** How often watchers learn of a run in this process, and of one elsewhere. */
const watchMs = { here: 250, elsewhere: 1000 }

/** A person asked for the end; nothing is wrong. */
export class Cancelled extends Error {
  override name = 'Cancelled'
}

/** The run under way in this process: its heartbeat, how it is stopped, and how its end is recorded when it fails. */
export function createLive(parts: Pick<RunParts, 'db'> & Listeners) {
  const { db, log } = parts
  let current: (LiveRun & { stop: (reason: Error) => void, ended: Promise<void> }) | undefined
  let stopped: SyncFailure | undefined

  return {
    /** @throws {AppError} unavailable when this process is shutting down */
    assertOpen(): void {
      if (stopped)
        throw new AppError('unavailable')
    },

    /** Does a run that the database knows as running, in the background. `work` records its own success. */
    launch<Run extends LiveRun>(given: Omit<Run, 'signal'>, work: (run: Run) => Promise<RunEnd>): void {
      const controller = new AbortController()
      const run = Object.assign(given, { signal: controller.signal }) as Run
      const stop = (reason: Error) => controller.abort(reason)
      if (stopped)
        stop(stopped)
      const ended = drive(run, work, stop).finally(() => {
        if (current?.id === run.id)
          current = undefined
      })
      current = Object.assign(run, { stop, ended })
    },

    /** Stops the run if it is here. @returns false when it is not */
    async cancel(id: string): Promise<boolean> {
      if (current?.id !== id)
        return false
      const { ended, stop } = current
      stop(new Cancelled())
      await ended
      return true
    },

    /** A run in this process is further than its last heartbeat says. */
    withLive<Given extends RunRecord>(record: Given): Given {
      return record.status === 'running' && current?.id === record.id
        ? { ...record, phase: current.phase, scope: current.scope, progress: current.meter.read() }
        : record
    },

    /** Until the run may have got on. */
    async pause(id: string, signal: AbortSignal): Promise<void> {
      const ended = current?.id === id ? current.ended : undefined
      const tick = wait(ended ? watchMs.here : watchMs.elsewhere, undefined, { signal }).catch(() => {})
      await (ended ? Promise.race([ended, tick]) : tick)
    },

    noteRetry: () => current?.meter.retry(),

    /** Stops the run under way and records that. */
    async stop(): Promise<void> {
      stopped = new SyncFailure('shutdown')
      current?.stop(stopped)
      await current?.ended
    },
  }

  async function drive<Run extends LiveRun>(run: Run, work: (run: Run) => Promise<RunEnd>, stop: (reason: Error) => void): Promise<void> {
    const timer = setInterval(() => void keepAlive(run, stop), heartbeatMs)
    log.info({ run: run.id, mode: run.mode }, 'organisation sync started')
    try {
      const { status, counts } = await work(run)
      log.info({ run: run.id, status, counts }, 'organisation sync done')
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
      await db.transaction(async (tx) => {
        // A plan that could not be applied is not lost; whoever approved it is told why, and may try again.
        if (!cancelled && (await waitAgain(tx, run.id, { phase: run.phase, error: failure, progress: run.meter.read() })))
          return
        if (await endRun(tx, run.id, { status, counts: null, phase: run.phase, error: failure, progress: run.meter.read(), scope: run.scope }))
          await announceEnd(tx, parts, run.id)
      })
    }
    catch (storing) {
      // Without a database it stays "running" until its heartbeat is stale; then it is recovered as interrupted.
      log.error({ err: storing, run: run.id }, 'the end of a sync could not be written')
    }
  }
}
