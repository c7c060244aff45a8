import type { Db } from '../../../db/index.ts'
import type { Ending } from './store.ts'
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'

const { syncRun } = tables

/** What a plan waits as: only a plan that waits, or is being applied, knows what it was planned against. */
export const waits = sql`case when ${syncRun.mode} = 'preview' then 'planned' else 'stopped' end`

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

/** Marks one waiting run. @returns false when it does not wait any more */
export async function endWaiting(db: Db, id: string, status: 'outdated' | 'cancelled'): Promise<boolean> {
  const ended = await db
    .update(syncRun)
    .set({ status })
    .where(and(eq(syncRun.id, id), inArray(syncRun.status, ['planned', 'stopped'])))
    .returning({ id: syncRun.id })
  return ended.length > 0
}
