import type { Change } from '../changes/types.ts'
import type { LiveRun, RunEnd, RunParts } from '../runs/parts.ts'
import { applyChanges } from '../apply/index.ts'
import { countChanges, countHandovers } from '../changes/count.ts'
import { readChanges, recordChanges, settleChanges } from '../changes/store.ts'
import { SyncFailure } from '../failure.ts'
import { giveBackLeavers } from '../leavers/give-back.ts'
import { announceEnd } from '../runs/announce.ts'
import { endRun, noteUndone, outdateOthers } from '../runs/store.ts'
import { lockBindings } from '../runs/write-plan.ts'
import { loadState } from '../state.ts'
import { planUndo } from './plan.ts'

/**
 * Takes back the changes of a run, all or the chosen ones, as a run of its own. What is no longer as that run left it
 * is recorded as refused, with the reason, and stays.
 */
export async function undoRun(
  parts: RunParts,
  run: LiveRun,
  undone: string,
  chosen: string[] | undefined,
  by: string,
): Promise<RunEnd> {
  const { db, endSessions, ownedRecords } = parts
  return db.transaction(async (tx) => {
    await lockBindings(tx)
    const state = await loadState(tx)
    const wanted = chosen && new Set(chosen)
    const all = (await readChanges(tx, undone, 'applied')).filter(({ id, kind }) => kind !== 'conflict' && (!wanted || wanted.has(id)))
    const changes = all.filter(({ kind }) => kind !== 'records.handover')
    // First: who owns nothing any more may be removed again.
    const returned = await giveBackLeavers(tx, ownedRecords, all.filter(({ kind }) => kind === 'records.handover'), by)
    const created = new Set(changes.flatMap(({ kind, targetId }) => (kind === 'account.create' && targetId ? targetId : [])))
    const owners = await ownedRecords.count(tx, [...created])
    const loggedIn = [...state.accounts, ...state.unbound].flatMap(({ id, lastLoginAt }) => (lastLoginAt === null ? [] : id))
    const { take, refused } = planUndo(changes, state, new Set([...owners.keys(), ...loggedIn]))

    const inverses = [...take.values(), ...returned.made]
    const left = [...returned.left, ...refused.map(({ change: { kind, targetType, targetId, userid, name, before, after }, reason }): Change => ({
      kind,
      targetType,
      targetId,
      userid,
      name,
      before,
      after,
      reason: { key: reason },
    }))]
    const making = new Set(inverses)
    await recordChanges(tx, run.id, [...inverses, ...left], change => (making.has(change) ? 'applied' : 'refused'))
    await applyChanges(tx, run.id, endSessions)
    await settleChanges(tx, undone, 'applied', 'undone', [...take.keys(), ...returned.undone])
    if (inverses.length > 0) {
      await noteUndone(tx, undone, run.id)
      await outdateOthers(tx, run.id)
    }
    run.signal.throwIfAborted()
    const { recordsHandedOver: recordsReturned } = countHandovers(returned.made)
    const counts = { ...countChanges(inverses), ...(recordsReturned && { recordsReturned }), refused: left.length }
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
