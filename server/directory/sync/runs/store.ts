import type { paging } from '#contract/common.ts'
import type { SyncProgress, SyncRun, SyncSettings } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { StoredFailure } from '../failure.ts'
import type { Targets } from './target-reading.ts'
import { and, desc, eq, gt, inArray, isNotNull, isNull, max, ne, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { readCursor, writeCursor } from '../../../http/cursor.ts'

const { department, syncChange, syncRun } = tables

/** A run as stored; its JSON columns are read by view.ts. */
export type RunRecord = typeof syncRun.$inferSelect

/**
 * Whoever runs a sync renews its heartbeat every few seconds; after this long without one they are dead. So they are when
 * it lies as far ahead: the clock was set back, and it would count as alive until then.
 */
const isStale = sql`${syncRun.heartbeatAt} not between now() - interval '30 seconds' and now() + interval '30 seconds'`

/** What a run says of itself while it goes on. */
export interface Heartbeat {
  phase: SyncRun['phase']
  progress: SyncProgress
  scope: SyncRun['scope']
}

export interface Ending extends Heartbeat {
  status: Exclude<SyncRun['status'], 'running'>
  counts: SyncRun['counts']
  error: StoredFailure | null
  stop?: SyncRun['stop']
  stateHash?: string | null
}

export interface Opening {
  mode: SyncRun['mode']
  trigger: SyncRun['trigger']
  startedBy: string
  progress: SyncProgress
  undoes?: string
}

/**
 * Opens a run; the database allows one at a time over all instances.
 * @throws {AppError} sync_running
 */
export async function openRun(db: Db, opening: Opening): Promise<string> {
  const [opened] = await db
    .insert(syncRun)
    .values({ ...opening, status: 'running', phase: opening.mode === 'undo' ? 'apply' : 'scope' })
    .onConflictDoNothing()
    .returning({ id: syncRun.id })
  if (!opened)
    throw new AppError('sync_running')
  return opened.id
}

/** A run that is whole within one transaction and never seen as running. It is `succeeded` unless settled otherwise. */
export async function insertRun(tx: Db, opening: Opening): Promise<string> {
  const [made] = await tx
    .insert(syncRun)
    .values({ ...opening, status: 'succeeded', phase: 'done', finishedAt: sql`clock_timestamp()` })
    .returning({ id: syncRun.id })
  return made!.id
}

export async function settleRun(tx: Db, id: string, values: Pick<Ending, 'status' | 'counts' | 'stop' | 'stateHash'>): Promise<void> {
  await tx.update(syncRun).set(values).where(eq(syncRun.id, id))
}

/** Forgets a run that changed nothing, with its book-keeping. */
export async function dropRun(tx: Db, id: string): Promise<void> {
  await tx.delete(syncRun).where(eq(syncRun.id, id))
}

/**
 * Takes a run that waits for approval back into work, if nothing else is running.
 * @returns false when it does not wait (any more)
 * @throws {AppError} sync_running
 */
export async function resumeRun(db: Db, id: string): Promise<boolean> {
  // Whoever does this at the same moment is stopped by the unique index; asking first only makes that rare.
  if ((await db.$count(syncRun, eq(syncRun.status, 'running'))) > 0)
    throw new AppError('sync_running')
  try {
    const resumed = await db
      .update(syncRun)
      .set({ status: 'running', phase: 'confirm', heartbeatAt: sql`now()`, cancelRequested: false, finishedAt: null, error: null })
      .where(and(eq(syncRun.id, id), inArray(syncRun.status, ['planned', 'stopped'])))
      .returning({ id: syncRun.id })
    return resumed.length > 0
  }
  catch (error) {
    throw isUniqueViolation(error) ? new AppError('sync_running', { cause: error }) : error
  }
}

function isUniqueViolation(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error && 'code' in cause && cause.code === '23505'
}

/** What a plan waits as: only a plan that waits, or is being applied, knows what it was planned against. */
const waits = sql`case when ${syncRun.mode} = 'preview' then 'planned' else 'stopped' end`

/**
 * Lets a plan wait again whose application failed before anything was written, with the reason.
 * @returns false when the run was no waiting plan, or has already been ended by somebody else
 */
export async function waitAgain(db: Db, id: string, { phase, progress, error }: Pick<Ending, 'phase' | 'progress' | 'error'>): Promise<boolean> {
  const waiting = await db
    .update(syncRun)
    .set({ status: waits, phase, progress, error, finishedAt: sql`clock_timestamp()`, heartbeatAt: sql`now()` })
    .where(and(eq(syncRun.id, id), eq(syncRun.status, 'running'), isNotNull(syncRun.stateHash)))
    .returning({ id: syncRun.id })
  return waiting.length > 0
}

/** Plans that wait, made before the company changed now: they fit no longer. */
export async function outdateOthers(tx: Db, id: string): Promise<void> {
  await tx
    .update(syncRun)
    .set({ status: 'outdated' })
    .where(and(inArray(syncRun.status, ['planned', 'stopped']), ne(syncRun.id, id)))
}

/** Marks one waiting run. @returns false when it does not wait any more */
export async function endWaiting(db: Db, id: string, status: 'outdated' | 'cancelled'): Promise<boolean> {
  const ended = await db
    .update(syncRun)
    .set({ status })
    .where(and(eq(syncRun.id, id), inArray(syncRun.status, ['planned', 'stopped'])))
    .returning({ id: syncRun.id })
  return ended.length > 0
}

export async function noteUndone(tx: Db, id: string, undoneBy: string): Promise<void> {
  await tx.update(syncRun).set({ undoneBy }).where(eq(syncRun.id, id))
}

/** Runs of single people and departments; complete ones that events asked for have a scope. They follow what DingTalk says by now. */
const isTargeted = and(inArray(syncRun.trigger, ['events', 'background']), isNull(syncRun.scope), inArray(syncRun.status, ['succeeded', 'stopped', 'outdated']))

/**
 * The newest run that followed events. They write one after the other (binding-locks.ts), so whatever comes later has a
 * higher number, also when a clock is set back.
 */
export async function lastTargeted(db: Db): Promise<number> {
  const [last] = await db.select({ number: max(syncRun.number) }).from(syncRun).where(isTargeted)
  return last?.number ?? 0
}

/** Whom and what events have changed after the run of this number. */
export async function targetedSince(tx: Db, number: number): Promise<Targets> {
  const rows = await tx
    .selectDistinct({
      userid: syncChange.userid,
      deptId: sql<number | null>`coalesce(${department.dingtalkId}, (${syncChange.before}->>'deptId')::bigint)`.mapWith(Number),
    })
    .from(syncChange)
    .innerJoin(syncRun, eq(syncRun.id, syncChange.runId))
    .leftJoin(department, eq(department.id, syncChange.targetId))
    .where(
      and(
        isTargeted,
        gt(syncRun.number, number),
        eq(syncChange.status, 'applied'),
      ),
    )
  return {
    userids: [...new Set(rows.flatMap(({ userid }) => userid ?? []))],
    deptIds: [...new Set(rows.flatMap(({ userid, deptId }) => (userid === null && deptId ? deptId : [])))],
  }
}

/** @returns whether somebody asked the run to stop; undefined when it is not running any more */
export async function beat(db: Db, id: string, heartbeat: Heartbeat): Promise<{ cancelRequested: boolean } | undefined> {
  const [found] = await db
    .update(syncRun)
    .set({ ...heartbeat, heartbeatAt: sql`now()` })
    .where(and(eq(syncRun.id, id), eq(syncRun.status, 'running')))
    .returning({ cancelRequested: syncRun.cancelRequested })
  return found
}

/** @returns false when the run had already been ended by somebody else */
export async function endRun(db: Db, id: string, ending: Ending): Promise<boolean> {
  const ended = await db
    .update(syncRun)
    .set({ ...ending, finishedAt: sql`clock_timestamp()`, heartbeatAt: sql`now()` })
    .where(and(eq(syncRun.id, id), eq(syncRun.status, 'running')))
    .returning({ id: syncRun.id })
  return ended.length > 0
}

/**
 * Ends runs whose process died; a plan that was being applied waits again, because nothing of it was written. `all`:
 * nobody else can be running one (embedded database, taken exclusively).
 * @returns the ids of those that failed
 */
export async function recoverRuns(tx: Db, { all }: { all: boolean }): Promise<string[]> {
  const error: StoredFailure = { reason: 'interrupted', values: {} }
  const dead = await tx
    .update(syncRun)
    .set({ status: sql`case when ${syncRun.stateHash} is null then 'failed' else ${waits} end`, error, finishedAt: sql`now()` })
    .where(and(eq(syncRun.status, 'running'), all ? undefined : isStale))
    .returning({ id: syncRun.id, status: syncRun.status })
  return dead.flatMap(({ id, status }) => (status === 'failed' ? id : []))
}

/** @throws {AppError} not_found */
export async function readRun(db: Db, id: string): Promise<RunRecord> {
  const [found] = await db.select().from(syncRun).where(eq(syncRun.id, id))
  if (!found)
    throw new AppError('not_found')
  return found
}

const position = z.object({ at: z.iso.datetime(), id: z.uuid() })

/** Runs, newest first, a page at a time. */
export async function pageOfRuns(db: Db, { cursor, limit }: z.output<typeof paging>): Promise<{ runs: RunRecord[], nextCursor: string | null, total: number }> {
  // A cursor carries milliseconds, the column more.
  const at = sql`date_trunc('milliseconds', ${syncRun.startedAt})`
  const after = readCursor(position, cursor)
  const rows = await db
    .select()
    .from(syncRun)
    .where(after && sql`(${at}, ${syncRun.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`)
    .orderBy(desc(at), desc(syncRun.id))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { runs: rows.slice(0, limit), nextCursor: last ? writeCursor({ at: last.startedAt.toISOString(), id: last.id }) : null, total: await db.$count(syncRun) }
}

/**
 * Removes what is older than the settings keep: plans that never became anything after `plansDays`, everything after
 * `runsDays`. The latest run that read the authorized scope stays, because pages tell of it.
 */
export async function pruneRuns(db: Db, { plansDays, runsDays }: SyncSettings['retention']): Promise<number> {
  const older = (days: number) => sql`${syncRun.startedAt} < now() - make_interval(days => ${days}::int)`
  const removed = await db
    .delete(syncRun)
    .where(
      and(
        ne(syncRun.status, 'running'),
        or(older(runsDays), and(ne(syncRun.status, 'succeeded'), older(plansDays))),
        sql`${syncRun.id} is distinct from (select r.id from ${syncRun} r where r.scope is not null order by r.started_at desc limit 1)`,
      ),
    )
    .returning({ id: syncRun.id })
  return removed.length
}

/** Asks whichever instance runs it to stop. */
export async function requestCancel(db: Db, id: string): Promise<void> {
  await db
    .update(syncRun)
    .set({ cancelRequested: true })
    .where(and(eq(syncRun.id, id), eq(syncRun.status, 'running')))
}
