import type { SyncProgress, SyncRun } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { StoredFailure } from '../failure.ts'
import { and, eq, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { waits } from './waiting.ts'

const { syncRun } = tables

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

export async function noteUndone(tx: Db, id: string, undoneBy: string): Promise<void> {
  await tx.update(syncRun).set({ undoneBy }).where(eq(syncRun.id, id))
}

export async function noteApproved(tx: Db, id: string, approvedBy: string): Promise<void> {
  await tx.update(syncRun).set({ approvedBy }).where(eq(syncRun.id, id))
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

/** Asks whichever instance runs it to stop. */
export async function requestCancel(db: Db, id: string): Promise<void> {
  await db
    .update(syncRun)
    .set({ cancelRequested: true })
    .where(and(eq(syncRun.id, id), eq(syncRun.status, 'running')))
}
