import type { HandoverChoice } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { Parents } from '../changes/select.ts'
import type { LiveRun, RunEnd, RunParts } from './parts.ts'
import { syncStop } from '#contract/sync/index.ts'
import { tables } from '../../../db/index.ts'
import { lockBindings } from '../../binding-locks.ts'
import { acceptCount } from '../accepted-count.ts'
import { applyChanges } from '../apply/index.ts'
import { countChanges, countHandovers } from '../changes/count.ts'
import { withNeeded } from '../changes/select.ts'
import { plannedKinds, readChanges, settleChanges } from '../changes/store.ts'
import { SyncFailure } from '../failure.ts'
import { decideSuccessors, handOverLeavers } from '../leavers/hand-over.ts'
import { announceEnd } from './announce.ts'
import { lookAgain } from './look-again.ts'
import { outdateOthers, planAnew } from './outdate.ts'
import { lockTargets } from './overtaken.ts'
import { stillGone } from './still-gone.ts'
import { endRun, noteApproved, readRun } from './store.ts'
import { storedCounts } from './view.ts'

/** What an administrator approved. */
export interface Approval {
  /** Absent = everything. */
  changeIds?: string[] | undefined
  /** Absent = as the settings say. */
  handover?: HandoverChoice | undefined
  by: string
}

/** What the guard counts. */
const removals = new Set(['account.disable', 'department.remove'])

async function heldParents(tx: Db): Promise<Parents> {
  const rows = await tx.select({ id: tables.department.id, parentId: tables.department.parentId }).from(tables.department)
  return new Map(rows.map(({ id, parentId }) => [id, parentId]))
}

/**
 * Makes exactly the recorded changes of a planned run, all or the chosen ones with what they need; the rest is skipped.
 * What has been done already since is skipped, too. When the plan does not fit any more, or somebody it would disable is
 * back in DingTalk, nothing is written and the run becomes outdated.
 */
export async function applyPlanned(parts: RunParts, run: LiveRun, { changeIds: chosen, handover, by }: Approval): Promise<RunEnd> {
  const { db, endSessions, ownedRecords, readSettings } = parts
  run.phase = 'confirm'
  const corpId = await parts.corpId()
  const areGone = await stillGone(parts, run, chosen)
  run.phase = 'apply'
  return db.transaction(async (tx) => {
    await lockBindings(tx)
    const { stateHash, counts: planned, stop } = await readRun(tx, run.id)
    const kept = storedCounts(planned)
    const end = async ({ status, counts }: RunEnd): Promise<RunEnd> => {
      run.signal.throwIfAborted()
      if (
        !(await endRun(tx, run.id, {
          status,
          counts,
          stop: null,
          stateHash: null,
          phase: 'done',
          progress: run.meter.read(),
          scope: run.scope,
          error: null,
        }))
      ) {
        throw new SyncFailure('interrupted')
      }
      await announceEnd(tx, parts, run.id)
      return { status, counts }
    }
    await lockTargets(tx, run.id)
    const { fits, done } = await lookAgain(tx, { id: run.id, stateHash }, await readSettings(tx))
    if (!areGone || !fits) {
      if (stop !== null)
        await planAnew(tx, [run.id])
      return end({ status: 'outdated', counts: kept ?? countChanges([]) })
    }
    await settleChanges(tx, run.id, 'planned', 'skipped', done)

    const all = await plannedKinds(tx, run.id)
    const needed
      = chosen
        && withNeeded(
          (await readChanges(tx, run.id, 'planned')).filter(({ kind }) => kind !== 'conflict'),
          new Set(chosen),
          await heldParents(tx),
        )
    const made = all.filter(({ id, kind }) => kind !== 'conflict' && (!needed || needed.has(id)))
    await settleChanges(
      tx,
      run.id,
      'planned',
      'applied',
      made.map(({ id }) => id),
    )
    await settleChanges(tx, run.id, 'planned', 'skipped')
    const decided = await decideSuccessors(tx, run.id, ownedRecords, handover ?? { all: (await readSettings(tx)).leaverRecords, each: {} })
    await applyChanges(tx, run.id, endSessions, run.signal)
    const handedOver = await handOverLeavers(tx, { runId: run.id, actor: by, ownedRecords, decided })
    if (stop !== null) {
      await acceptCount(tx, syncStop.parse(stop), corpId, by)
      // Whoever left the removals out has not approved of them.
      if (all.every(({ id, kind }) => !removals.has(kind) || !needed || needed.has(id)))
        await noteApproved(tx, run.id, by)
    }
    if (made.length > 0)
      await outdateOthers(tx, run.id)
    const conflicts = all.filter(({ kind }) => kind === 'conflict')
    return end({ status: 'succeeded', counts: { ...countChanges([...made, ...conflicts], kept), ...countHandovers(handedOver.made), kinds: { ...kept?.kinds, ...handedOver.kinds } } })
  })
}
