import type { SyncProgress, SyncRun } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { StoredFailure } from '../failure.ts'
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'

const { syncRun } = tables

/** A run as stored; its JSON columns are read by view.ts. */
export type RunRecord = typeof syncRun.$inferSelect

/** Whoever runs a sync renews its heartbeat every few seconds; after this long without one they are dead. */
const staleAfter = sql`now() - interval '60 seconds'`

const listed = 20

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
}

/**
 * Opens a run; the database allows one at a time over all instances.
 * @throws {AppError} sync_running
 */
export async function openRun(db: Db, mode: SyncRun['mode'], startedBy: string, progress: SyncProgress): Promise<string> {
  const [opened] = await db.insert(syncRun).values({ mode, startedBy, progress, status: 'running', phase: 'scope' }).onConflictDoNothing().returning({ id: syncRun.id })
  if (!opened)
    throw new AppError('sync_running')
  return opened.id
}

/** @returns whether somebody asked the run to stop; undefined when it is not running any more */
export async function beat(db: Db, id: string, heartbeat: Heartbeat): Promise<{ cancelRequested: boolean } | undefined> {
  const [found] = await db.update(syncRun)
    .set({ ...heartbeat, heartbeatAt: sql`now()` })
    .where(and(eq(syncRun.id, id), eq(syncRun.status, 'running')))
    .returning({ cancelRequested: syncRun.cancelRequested })
  return found
}

/** @returns false when the run had already been ended by somebody else */
export async function endRun(db: Db, id: string, ending: Ending): Promise<boolean> {
  const ended = await db.update(syncRun)
    .set({ ...ending, finishedAt: sql`now()`, heartbeatAt: sql`now()` })
    .where(and(eq(syncRun.id, id), eq(syncRun.status, 'running')))
    .returning({ id: syncRun.id })
  return ended.length > 0
}

/** Ends runs whose process died. `all`: nobody else can be running one (embedded database, taken exclusively). */
export async function recoverRuns(db: Db, { all }: { all: boolean }): Promise<void> {
  const error: StoredFailure = { reason: 'interrupted', values: {} }
  await db.update(syncRun)
    .set({ status: 'failed', error, finishedAt: sql`now()` })
    .where(and(eq(syncRun.status, 'running'), all ? undefined : lt(syncRun.heartbeatAt, staleAfter)))
}

/** @throws {AppError} not_found */
export async function readRun(db: Db, id: string): Promise<RunRecord> {
  const [found] = await db.select().from(syncRun).where(eq(syncRun.id, id))
  if (!found)
    throw new AppError('not_found')
  return found
}

export async function latestRuns(db: Db): Promise<RunRecord[]> {
  return db.select().from(syncRun).orderBy(desc(syncRun.startedAt)).limit(listed)
}

/** Asks whichever instance runs it to stop. */
export async function requestCancel(db: Db, id: string): Promise<void> {
  await db.update(syncRun).set({ cancelRequested: true }).where(and(eq(syncRun.id, id), eq(syncRun.status, 'running')))
}
