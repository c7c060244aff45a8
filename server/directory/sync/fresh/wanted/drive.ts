import type { FreshParts } from '../parts.ts'
import type { WantedRun } from './request.ts'
import { eq } from 'drizzle-orm'
import { tables } from '../../../../db/index.ts'
import { AppError } from '../../../../http/app-error.ts'
import { storedFailure } from '../../failure.ts'
import { dropWanted, noteWanted, readWanted } from './request.ts'

/** Pauses after a run that failed, in milliseconds. After the last one a run of the schedule is left to its next fire; what events depend on is tried on and on. */
const pauses = [1, 5, 15, 60, 180].map(minutes => minutes * 60_000)

/** How soon a run that somebody cancelled, and that is owed, is started again, in milliseconds. */
const cancelledMs = 3600_000

type DriveParts = Pick<FreshParts, 'db' | 'runs' | 'readSettings' | 'credentials' | 'log'>

/** Starts the run that is wanted, and keeps at it until one has ended well or asks a person. @returns true when there is more to do now */
export async function driveWanted(parts: DriveParts): Promise<boolean> {
  const wanted = await readWanted(parts.db)
  if (!wanted)
    return false
  if (wanted.runId)
    return followUp(parts, wanted, wanted.runId)
  if (wanted.notBefore > Date.now() || !(await parts.readSettings()).enabled || !(await parts.credentials()))
    return false
  try {
    const { id } = await parts.runs.start('apply', wanted.trigger, wanted.trigger)
    await noteWanted(parts.db, { runId: id, served: wanted.request })
    parts.log.info({ run: id, trigger: wanted.trigger, why: wanted.why }, 'organisation sync started by itself')
  }
  catch (error) {
    // Somebody else's run may have read the company before what this one is wanted for: it has to wait for its own.
    if (!(error instanceof AppError && (error.code === 'sync_running' || error.code === 'sync_disabled')))
      throw error
  }
  return false
}

async function followUp(parts: DriveParts, wanted: WantedRun, runId: string): Promise<boolean> {
  const { db, runs, log } = parts
  // Its process may have died meanwhile; then it would be "running" until somebody looks.
  await runs.recover()
  const [run] = await db
    .select({ status: tables.syncRun.status, error: tables.syncRun.error })
    .from(tables.syncRun)
    .where(eq(tables.syncRun.id, runId))
  if (run?.status === 'running')
    return false
  const reason = storedFailure.safeParse(run?.error).data?.reason
  if (reason === 'shutdown' || reason === 'interrupted') {
    await noteWanted(db, { runId: null })
    return true
  }
  if (run?.status === 'cancelled' && wanted.owed) {
    // "Not now": what events were settled on has to be read all the same.
    await noteWanted(db, { runId: null, failures: 0, notBefore: Date.now() + cancelledMs })
    return false
  }
  const tooOften = run?.status === 'failed' && wanted.failures >= pauses.length
  if (tooOften)
    log.error({ run: runId, why: wanted.why, failures: wanted.failures + 1, owed: wanted.owed }, 'a wanted sync failed too often')
  if (run?.status !== 'failed' || (tooOften && !wanted.owed)) {
    const dropped = await dropWanted(db, { request: wanted.served ?? wanted.request })
    if (!dropped)
      await noteWanted(db, { runId: null, failures: 0, notBefore: 0 })
    return !dropped
  }
  await noteWanted(db, { runId: null, failures: wanted.failures + 1, notBefore: Date.now() + (pauses[wanted.failures] ?? pauses.at(-1)!) })
  return false
}
