import type { SQLWrapper } from 'drizzle-orm'
import type { Db } from '../../../db/index.ts'
import type { Change, KindCounts, RecordedChange } from '../changes/types.ts'
import type { LiveRun, RunEnd, RunParts } from '../runs/parts.ts'
import type { UndoPlan } from './plan.ts'
import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { idList } from '../../../db/lists.ts'
import { lockBindings } from '../../binding-locks.ts'
import { reopenRequests } from '../../people/answered.ts'
import { applyChanges } from '../apply/index.ts'
import { addKinds, countChanges, countHandovers } from '../changes/count.ts'
import { eachApplied, recordChanges, settleChanges } from '../changes/store.ts'
import { SyncFailure } from '../failure.ts'
import { giveBackLeavers } from '../leavers/give-back.ts'
import { announceEnd } from '../runs/announce.ts'
import { outdateOthers } from '../runs/outdate.ts'
import { lockTargets } from '../runs/overtaken.ts'
import { endRun, noteUndone } from '../runs/store.ts'
import { invert } from './invert.ts'
import { planUndo } from './survey.ts'

const { syncChange } = tables

/** Whoever takes something back has this long to mend what made it, before a run that starts by itself makes it again (milliseconds). */
const respiteMs = 3600_000

/**
 * Takes back the changes of a run, all or the chosen ones, as a run of its own. What is no longer as that run left it
 * is recorded as refused, with the reason, and stays.
 */
export async function undoRun(parts: RunParts, run: LiveRun, undone: string, chosen: string[] | undefined, by: string): Promise<RunEnd> {
  const { db, endSessions, ownedRecords } = parts
  return db.transaction(async (tx) => {
    await lockBindings(tx)
    await lockTargets(tx, undone)
    const wanted = chosen && new Set([...chosen, ...await marksOf(tx, undone, chosen)])
    const isWanted = ({ id, kind }: RecordedChange) => kind !== 'conflict' && (!wanted || wanted.has(id))
    // First: who owns nothing any more may be removed again.
    const handovers: RecordedChange[] = []
    for await (const batch of eachApplied(tx, undone, 'records.handover')) handovers.push(...batch.filter(isWanted))
    const returned = await giveBackLeavers(tx, ownedRecords, handovers, by)

    const isPlanned = (change: RecordedChange) => isWanted(change) && change.kind !== 'records.handover'
    const plan = await planUndo(tx, parts, undone, isPlanned)
    const written = await recordInverses(tx, run.id, undone, plan, isPlanned)
    const made = new Set(returned.made)
    const kinds = await recordChanges(tx, run.id, [...returned.made, ...returned.left], change => (made.has(change) ? 'applied' : 'refused'))
    await reopenRequests(tx, shutOut(tx, run.id))
    await applyChanges(tx, run.id, endSessions, run.signal)
    await settleChanges(tx, undone, 'applied', 'undone', returned.undone)
    if (plan.take.size + returned.made.length > 0) {
      await noteUndone(tx, undone, run.id)
      await outdateOthers(tx, run.id, Date.now() + respiteMs)
    }
    run.signal.throwIfAborted()
    const { recordsHandedOver: recordsReturned } = countHandovers(returned.made)
    const counts = {
      ...countChanges(written.made),
      ...(recordsReturned && { recordsReturned }),
      kinds: addKinds(written.kinds, kinds),
      refused: plan.refused.size + returned.left.length,
    }
    if (
      !(await endRun(tx, run.id, {
        status: 'succeeded',
        counts,
        stop: null,
        stateHash: null,
        phase: 'done',
        progress: run.meter.read(),
        scope: null,
        error: null,
      }))
    ) {
      throw new SyncFailure('interrupted')
    }
    await announceEnd(tx, parts, run.id)
    return { status: 'succeeded', counts }
  })
}

/** That somebody's member left is noted beside what shut them out, and is nobody's to choose: it goes with that. */
async function marksOf(tx: Db, runId: string, chosen: string[]): Promise<string[]> {
  const access = tx
    .select({ id: syncChange.targetId })
    .from(syncChange)
    .where(and(eq(syncChange.runId, runId), sql`${syncChange.id} in ${idList(chosen)}`, inArray(syncChange.kind, ['account.disable', 'account.reenable'])))
  const marks = await tx.select({ id: syncChange.id }).from(syncChange).where(and(eq(syncChange.runId, runId), eq(syncChange.kind, 'mark.binding'), inArray(syncChange.targetId, access)))
  return marks.map(({ id }) => id)
}

/** Accounts that the run removes, or whose binding it ends. */
function shutOut(tx: Db, runId: string): SQLWrapper {
  const ended = or(eq(syncChange.kind, 'account.remove'), and(eq(syncChange.kind, 'binding.change'), sql`jsonb_typeof(${syncChange.after}) is distinct from 'object'`))
  return sql`(${tx.select({ id: syncChange.targetId }).from(syncChange).where(and(eq(syncChange.runId, runId), eq(syncChange.status, 'applied'), ended))})`
}

/** Records what is taken back, and what is not with the reason, a batch at a time. */
async function recordInverses(
  tx: Db,
  runId: string,
  undone: string,
  { take, refused }: UndoPlan,
  isPlanned: (change: RecordedChange) => boolean,
): Promise<{ made: Array<Pick<Change, 'kind' | 'targetId'>>, kinds: KindCounts }> {
  const written = { made: [] as Array<Pick<Change, 'kind' | 'targetId'>>, kinds: {} as KindCounts }
  for await (const batch of eachApplied(tx, undone)) {
    const making = new Set<Change>()
    await settleChanges(tx, undone, 'applied', 'undone', batch.flatMap(({ id }) => (take.has(id) ? id : [])), [batch[0]?.seq ?? 0, batch.at(-1)?.seq ?? 0])
    const changes = batch.filter(isPlanned).flatMap((change): Change | [] => {
      const reason = refused.get(change.id)
      if (!take.has(change.id) && !reason)
        return []
      const { kind, targetType, targetId, userid, name, before, after, reason: own } = invert(change)
      const inverse = { kind, targetType, targetId, userid, name, before, after, reason: reason ? { key: reason } : own }
      if (!reason) {
        making.add(inverse)
        written.made.push({ kind, targetId })
      }
      return inverse
    })
    written.kinds = addKinds(written.kinds, await recordChanges(tx, runId, changes, change => (making.has(change) ? 'applied' : 'refused')))
  }
  return written
}
