import type { SyncSettings } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import { and, inArray, max, ne, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { requestRun } from '../fresh/wanted/request.ts'
import { lookAgain } from './look-again.ts'
import { endWaiting } from './waiting.ts'

const { syncChange, syncRun } = tables

/** So long after a run was stopped, at least, another one is started because its plan was overtaken. */
const pauseMs = 10 * 60_000

/**
 * After an event: plans that wait stay as they are while it touched nothing of theirs, or did a part of them already.
 * One that cannot be made any more becomes outdated; if it had been stopped, a new run is asked for, because otherwise
 * nobody would ask again whether those who left may go.
 */
export async function outdateAffected(tx: Db, runId: string, settings: Pick<SyncSettings, 'matchBy'>): Promise<void> {
  const waiting = await tx
    .select({ id: syncRun.id, stateHash: syncRun.stateHash, status: syncRun.status })
    .from(syncRun)
    .where(and(inArray(syncRun.status, ['planned', 'stopped']), ne(syncRun.id, runId), sql`exists (
      select from ${syncChange} w join ${syncChange} c on c.run_id = ${runId} and c.kind not like 'mark.%' and (c.target_id = w.target_id or c.userid = w.userid or c.kind = 'department.remove' or w.kind = 'department.remove')
      where w.run_id = ${syncRun.id} and w.status = 'planned' and w.kind not like 'mark.%')`))
  const stopped: string[] = []
  for (const { id, stateHash, status } of waiting) {
    if (!(await lookAgain(tx, { id, stateHash }, settings)).fits && (await endWaiting(tx, id, 'outdated')) && status === 'stopped')
      stopped.push(id)
  }
  await planAnew(tx, stopped)
}

/**
 * Plans that wait, made before the company changed now: they fit no longer. In place of those that a run made by itself
 * another one is asked for, not sooner than `notBefore` (milliseconds since 1970): nobody would ask again otherwise.
 */
export async function outdateOthers(tx: Db, runId: string, notBefore = 0): Promise<void> {
  const waiting = await tx
    .select({ id: syncRun.id, status: syncRun.status, trigger: syncRun.trigger })
    .from(syncRun)
    .where(and(inArray(syncRun.status, ['planned', 'stopped']), ne(syncRun.id, runId)))
    .for('update')
  await tx.update(syncRun).set({ status: 'outdated' }).where(inArray(syncRun.id, waiting.map(({ id }) => id)))
  await planAnew(tx, waiting.flatMap(({ id, status, trigger }) => (status === 'stopped' && trigger !== 'button' ? id : [])), notBefore)
}

/** Asks for a complete run in place of these stopped ones, not sooner than a while after the last of them began. */
export async function planAnew(tx: Db, ids: string[], notBefore = 0): Promise<void> {
  if (ids.length === 0)
    return
  const [last] = await tx.select({ at: max(syncRun.startedAt) }).from(syncRun).where(inArray(syncRun.id, ids))
  await requestRun(tx, 'catch_up', 'a stopped plan was overtaken', Math.max((last?.at?.getTime() ?? 0) + pauseMs, notBefore))
}
