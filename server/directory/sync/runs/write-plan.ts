import type { CountMismatch, SyncSettings, SyncStop } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { HandedOver } from '../leavers/hand-over.ts'
import type { Findings, Plan } from '../plan/index.ts'
import type { Snapshot } from '../snapshot.ts'
import type { State } from '../state.ts'
import type { RunEnd, RunParts } from './parts.ts'
import { applyChanges } from '../apply/index.ts'
import { countHandovers } from '../changes/count.ts'
import { changesOf } from '../changes/of-plan.ts'
import { recordChanges } from '../changes/store.ts'
import { guardPlan } from '../guard.ts'
import { decideSuccessors, handOverLeavers } from '../leavers/hand-over.ts'
import { countPlan, makePlan } from '../plan/index.ts'
import { recentRemovals } from '../recent-removals.ts'
import { loadRelevant } from '../relevant/index.ts'
import { outdateAffected, outdateOthers } from './outdate.ts'
import { lockTargets, Overtaken, wasOvertaken } from './overtaken.ts'
import { hashState } from './state-hash.ts'
import { assertSure } from './still-gone.ts'

export interface Reading {
  snapshot: Snapshot
  findings: Findings
  mismatch?: CountMismatch | undefined
  /** Who was asked about just now, when reading the others took long: nobody else is disabled. */
  sure?: ReadonlySet<string>
}

export interface Written extends RunEnd {
  stop: SyncStop | null
  /** While it waits to be applied: what it was planned against. */
  stateHash: string | null
  /** Nothing but book-keeping. */
  empty: boolean
  /** There is some. */
  marked: boolean
  plan: Plan
}

/**
 * Plans against what we hold now, records every change and, unless the run is only a preview or needs an approval,
 * makes exactly those, all within the caller's transaction. The run's row has to be there.
 * @throws {Overtaken} to be tried again in a new transaction
 * @throws {Doubtful} when it would disable people who are not `sure`
 */
export async function writePlan(
  tx: Db,
  { readSettings, recordConflicts, endSessions, ownedRecords }: RunParts,
  runId: string,
  reading: Reading,
  mode: 'preview' | 'apply',
  signal?: AbortSignal,
): Promise<Written> {
  // Asked first: an edit while it plans makes a waiting plan outdated, and is never taken for what it was planned against.
  let stateHash = mode === 'preview' ? await hashState(tx) : null
  let planned = await planNow(tx, runId, reading, readSettings)
  if (mode === 'apply' && planned.stop) {
    stateHash = await hashState(tx)
    planned = await planNow(tx, runId, reading, readSettings)
  }
  const { plan, state, stop, settings } = planned
  const apply = mode === 'apply' && stop === null
  if (apply && reading.sure)
    assertSure(plan, reading.sure)
  await recordConflicts(tx, plan.conflicts, { partial: reading.snapshot.partial ?? false })
  const kinds = await recordChanges(tx, runId, interruptible(changesOf(plan, state), signal), ({ kind }) => (!apply ? 'planned' : kind === 'conflict' ? 'skipped' : 'applied'))
  const decided = apply ? await decideSuccessors(tx, runId, ownedRecords, { all: settings.leaverRecords, each: {} }) : undefined
  let handedOver: HandedOver = { made: [], kinds: {} }
  if (decided) {
    await lockTargets(tx, runId)
    if (await wasOvertaken(tx, runId))
      throw new Overtaken()
    await applyChanges(tx, runId, endSessions, signal)
    if (reading.snapshot.partial)
      await outdateAffected(tx, runId, settings)
    else if (!changesOf(plan, state).next().done)
      await outdateOthers(tx, runId)
    handedOver = await handOverLeavers(tx, { runId, actor: 'sync', ownedRecords, decided })
  }
  // A decision that was taken back is part of what the next look at our tables finds.
  const reopened = plan.conflicts.some(({ reopens }) => reopens !== undefined)
  return {
    status: apply ? 'succeeded' : mode === 'preview' ? 'planned' : 'stopped',
    counts: { ...countPlan(plan), ...countHandovers(handedOver.made), kinds: { ...kinds, ...handedOver.kinds } },
    stop,
    stateHash: apply ? null : reopened ? await hashState(tx) : stateHash,
    empty: isEmpty(plan, state),
    marked: plan.bindings.mark.length > 0,
    plan,
  }
}

/** Ends with the signal's reason, also in the middle of 100,000. */
function* interruptible<Item>(items: Iterable<Item>, signal: AbortSignal | undefined): Generator<Item> {
  for (const item of items) {
    signal?.throwIfAborted()
    yield item
  }
}

/** Nothing that a person would be shown. */
function isEmpty(plan: Plan, state: State): boolean {
  for (const { kind } of changesOf(plan, state)) {
    if (!kind.startsWith('mark.'))
      return false
  }
  return true
}

async function planNow(
  tx: Db,
  runId: string,
  { snapshot, findings, mismatch }: Reading,
  readSettings: RunParts['readSettings'],
): Promise<{ plan: Plan, state: State, stop: SyncStop | null, settings: SyncSettings }> {
  const settings = await readSettings(tx)
  const state = await loadRelevant(tx, { snapshot, findings }, settings)
  const plan = makePlan(snapshot, state, findings, { settings, now: Date.now() })
  const guard = guardPlan(plan, state, settings.guard, snapshot.partial ? await recentRemovals(tx, runId) : undefined)
  const stop: SyncStop | null = guard ? { ...guard, count: mismatch ?? null } : mismatch ? { kind: 'count', ...mismatch } : null
  return { plan, state, settings, stop }
}
