import type { z } from 'zod'
import type { HandoverChoice, runsQuery, SyncRun } from '#contract/sync/index.ts'
import type { DingTalk } from '../../../dingtalk/index.ts'
import type { By } from '../services.ts'
import type { Approval } from './apply-planned.ts'
import type { CrawlRun } from './execute.ts'
import type { LiveRun, RunParts } from './parts.ts'
import type { RunRecord } from './store.ts'
import type { Targets } from './target-reading.ts'
import type { TargetedOutcome } from './targeted.ts'
import type { ShownRun } from './view.ts'
import { and, eq, inArray } from 'drizzle-orm'
import { audit } from '../../../audit/index.ts'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { forgetAcceptedCount, readAcceptedCount } from '../accepted-count.ts'
import { withUndoable } from '../changes/store.ts'
import { namedSuccessors } from '../leavers/hand-over.ts'
import { createProgress } from '../progress.ts'
import { undoRun } from '../undo/index.ts'
import { announceEnd } from './announce.ts'
import { applyPlanned } from './apply-planned.ts'
import { execute } from './execute.ts'
import { pageOfRuns, pruneRuns } from './history.ts'
import { createLive } from './live.ts'
import { lookAgain } from './look-again.ts'
import { planAnew } from './outdate.ts'
import { openRun, readRun, recoverRuns, requestCancel } from './store.ts'
import { applyTargeted } from './targeted.ts'
import { storedProgress } from './view.ts'
import { endWaiting, resumeRun } from './waiting.ts'

const { account } = tables

export interface SyncOptions extends Omit<RunParts, 'source'> {
  dingtalk: { contacts: RunParts['source'], limits: Pick<DingTalk['limits'], 'stats'> }
}

/** Organisation sync: starts, applies, undoes, stops and shows runs, one at a time over all instances. */
export function createSync({ dingtalk, ...rest }: SyncOptions) {
  const parts: RunParts = { ...rest, source: dingtalk.contacts }
  const { db, readSettings } = parts
  const live = createLive(parts)
  const stopping = new AbortController()
  /** The longest pause that calls of ours wait for. */
  const pausedMs = () => Math.max(0, ...dingtalk.limits.stats().map(lane => (lane.queued > 0 && isContacts(lane.api) ? lane.pausedMs : 0)))

  return {
    /** Starts a run in the background. @throws {AppError} sync_running, sync_disabled */
    async start(mode: 'preview' | 'apply', startedBy: string, trigger: SyncRun['trigger'] = 'button'): Promise<ShownRun> {
      live.assertOpen()
      await assertEnabled()
      await recover(false)
      const meter = createProgress({ pausedMs })
      const id = await openRun(db, { mode, trigger, startedBy, progress: meter.read() })
      live.launch<CrawlRun>({ id, mode, phase: 'scope', scope: null, meter }, run => execute(parts, run))
      return get(id)
    },

    /**
     * Reads just these from DingTalk, plans and applies under the same guard. Resolves when it is done.
     * @throws {AppError} sync_disabled, unavailable
     */
    async applyTargeted(targets: Targets, trigger: SyncRun['trigger'], startedBy: string = trigger): Promise<TargetedOutcome> {
      live.assertOpen()
      await assertEnabled()
      return applyTargeted(parts, targets, trigger, startedBy, stopping.signal)
    },

    /**
     * Applies what a waiting run recorded, all or the chosen changes, in the background.
     * @throws {AppError} not_found, sync_not_applicable, sync_outdated, sync_running, sync_disabled, owner_unknown
     */
    async apply(id: string, { changeIds, handover }: Omit<Approval, 'by'>, by: By): Promise<ShownRun> {
      live.assertOpen()
      await assertEnabled()
      const { status, stateHash, stop, scope, progress, mode } = await readRun(db, id)
      if (status === 'outdated')
        throw new AppError('sync_outdated')
      if (status !== 'planned' && status !== 'stopped')
        throw new AppError('sync_not_applicable')
      if (!(await db.transaction(async tx => lookAgain(tx, { id, stateHash }, await readSettings(tx)))).fits) {
        await db.transaction(async (tx) => {
          if ((await endWaiting(tx, id, 'outdated')) && stop !== null)
            await planAnew(tx, [id])
        })
        throw new AppError('sync_outdated')
      }
      await assertSuccessors(handover)
      await recover(false)
      if (!(await resumeRun(db, id)))
        throw new AppError('sync_not_applicable')
      await audit(db, {
        actor: by.name,
        action: stop ? 'sync.approve' : 'sync.apply',
        detail: { run: id, stop, changes: changeIds?.length ?? 'all', ...(handover && { handover }) },
        ip: by.ip,
      })
      const meter = createProgress({ pausedMs, since: { ...storedProgress(progress), questionsKnown: 0, questionsDone: 0 } })
      live.launch<LiveRun>({ id, mode, phase: 'confirm', scope: scope as SyncRun['scope'], meter }, run => applyPlanned(parts, run, { changeIds, handover, by: by.name }))
      return get(id)
    },

    /**
     * Takes back what a run has changed, all or the chosen changes, as a new run in the background.
     * @throws {AppError} not_found, sync_not_undoable, sync_running
     */
    async undo(id: string, changeIds: string[] | undefined, by: By): Promise<ShownRun> {
      live.assertOpen()
      if (!(await get(id)).undoable)
        throw new AppError('sync_not_undoable')
      await recover(false)
      const meter = createProgress()
      const own = await openRun(db, { mode: 'undo', trigger: 'undo', startedBy: by.name, progress: meter.read(), undoes: id })
      await audit(db, { actor: by.name, action: 'sync.undo', detail: { run: id, changes: changeIds?.length ?? 'all' }, ip: by.ip })
      live.launch<LiveRun>({ id: own, mode: 'undo', phase: 'apply', scope: null, meter }, run => undoRun(parts, run, id, changeIds, by.name))
      return get(own)
    },

    /** Stops a run, or discards one that waits; nothing is changed, unless it was just done. @throws {AppError} not_found, sync_not_running */
    async cancel(id: string): Promise<ShownRun> {
      // First the run in this process: a question to the embedded database would wait behind its transaction.
      if (await live.cancel(id))
        return get(id)
      const { status } = await readRun(db, id)
      if (status === 'planned' || status === 'stopped')
        await endWaiting(db, id, 'cancelled')
      else if (status !== 'running')
        throw new AppError('sync_not_running')
      else
        await requestCancel(db, id)
      return get(id)
    },

    /** Runs, newest first, a page at a time. */
    async list(query: z.output<typeof runsQuery>): Promise<{ runs: ShownRun[], nextCursor: string | null, total: number, lastChange: string | null }> {
      const { runs, ...rest } = await pageOfRuns(db, query)
      return { runs: await shown(runs), ...rest }
    },
    get,

    /** Calls `send` with the run now and whenever it got on, until it ends or the signal aborts. */
    async watch(id: string, send: (run: ShownRun) => void, signal: AbortSignal): Promise<void> {
      let last = ''
      while (!signal.aborted) {
        const run = await get(id)
        const state = JSON.stringify([run.status, run.phase, run.progress, run.scope])
        if (state !== last)
          send(run)
        last = state
        if (run.status !== 'running')
          return
        await live.pause(id, signal)
      }
    },

    /** The difference in the number of people that no longer stops a run. */
    acceptedCount: async () => readAcceptedCount(db, await parts.corpId()),
    forgetAcceptedCount: (by: By) => forgetAcceptedCount(db, by),

    /** Tells of every finished DingTalk call (the client's onCall), so that a run can show its retries. */
    noteCall({ attempt, api }: { attempt: number, api: string }): void {
      if (attempt > 1 && isContacts(api))
        live.noteRetry()
    },

    /** Ends runs that died with their process. `alone`: nobody else uses this database (the embedded one). */
    recover: ({ alone = false }: { alone?: boolean } = {}) => recover(alone),

    /** Removes what the settings do not keep any longer. */
    prune: async () => pruneRuns(db, (await readSettings()).retention),

    /** Stops the run under way and records that. */
    async stop(): Promise<void> {
      stopping.abort(new AppError('unavailable'))
      await live.stop()
    },
  }

  async function get(id: string): Promise<ShownRun> {
    const [run] = await shown([await readRun(db, id)])
    return run!
  }

  /** Runs with what their changes and this process say of them. */
  async function shown(records: RunRecord[]): Promise<ShownRun[]> {
    const candidates = records.filter(({ status, mode }) => status === 'succeeded' && mode !== 'undo')
    const undoable = await withUndoable(
      db,
      candidates.map(({ id }) => id),
    )
    return records.map(record => ({ ...live.withLive(record), undoable: undoable.has(record.id) }))
  }

  async function recover(all: boolean): Promise<void> {
    await db.transaction(async (tx) => {
      for (const dead of await recoverRuns(tx, { all })) await announceEnd(tx, parts, dead)
    })
  }

  /** Whoever takes over records has to be there. */
  async function assertSuccessors(handover: HandoverChoice | undefined): Promise<void> {
    const named = handover ? namedSuccessors(handover) : []
    if (named.length > 0 && (await db.$count(account, and(eq(account.status, 'active'), inArray(account.id, named)))) < named.length)
      throw new AppError('owner_unknown')
  }

  /** The switch "organisation sync" governs button, schedule and events alike. */
  async function assertEnabled(): Promise<void> {
    if (!(await readSettings()).enabled)
      throw new AppError('sync_disabled')
  }
}

/** What a run asks DingTalk. */
function isContacts(api: string): boolean {
  return /^\/(?:topapi\/v2\/(?:department|user)\/|topapi\/user\/count|auth\/scopes)/.test(api)
}

export type Sync = ReturnType<typeof createSync>
