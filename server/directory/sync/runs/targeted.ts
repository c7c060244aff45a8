import type { SyncRun } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { HeldDepartment } from '../state.ts'
import type { RunEnd, RunParts } from './parts.ts'
import type { Targets, Unread } from './target-reading.ts'
import { and, eq, isNotNull } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { lockBindings } from '../../binding-locks.ts'
import { createProgress } from '../progress.ts'
import { counted } from '../source.ts'
import { announceEnd } from './announce.ts'
import { unlessOvertaken } from './overtaken.ts'
import { dropRun, insertRun, settleRun } from './store.ts'
import { loadHeld, readTargets } from './target-reading.ts'
import { writePlan } from './write-plan.ts'

export interface TargetedOutcome {
  /** undefined when nothing had to be changed. */
  runId: string | undefined
  /** stopped: the guard asks for an approval. */
  status: RunEnd['status'] | 'unchanged'
  unread: Unread
}

/**
 * Reads just these people and departments from DingTalk, plans and applies, under the same guard as every run. It does
 * not wait for a complete run under way (somebody who left must lose access at once); that one reads again what this
 * one changed. Before the first complete run there is nothing to put people into, and nothing is done.
 * @throws {DingTalkError} when nothing was changed
 */
export async function applyTargeted(
  parts: RunParts,
  targets: Targets,
  trigger: SyncRun['trigger'],
  startedBy: string,
  signal: AbortSignal,
): Promise<TargetedOutcome> {
  const meter = createProgress()
  const held = await loadHeld(parts.db)
  if (!(await hasRun(parts.db, held.departments)))
    return { runId: undefined, status: 'unchanged', unread: { userids: new Map(), deptIds: new Set() } }
  const corpId = await parts.corpId()
  const { unread, ...reading } = await readTargets(counted(parts.source, meter), targets, held, { signal, tolerant: true })
  signal.throwIfAborted()
  return unlessOvertaken(() => parts.db.transaction(async (tx) => {
    await lockBindings(tx)
    // Another company was connected meanwhile, perhaps by another instance.
    if ((await parts.corpId(tx)) !== corpId)
      return { runId: undefined, status: 'unchanged' as const, unread }
    const runId = await insertRun(tx, { mode: 'apply', trigger, startedBy, progress: meter.read() })
    const { status, counts, stop, stateHash, empty, marked } = await writePlan(tx, parts, runId, reading, 'apply')
    // A complete run under way may have read them before: it asks again about whomever a run of events has looked at.
    if (empty && !(marked && await completeUnderWay(tx))) {
      await dropRun(tx, runId)
      return { runId: undefined, status: 'unchanged' as const, unread }
    }
    await settleRun(tx, runId, { status, counts, stop, stateHash })
    await announceEnd(tx, parts, runId)
    return { runId, status, unread }
  }))
}

async function completeUnderWay(tx: Db): Promise<boolean> {
  return (await tx.$count(tables.syncRun, eq(tables.syncRun.status, 'running'))) > 0
}

/** Whether a complete run has been made; one of single people leaves no departments behind. */
async function hasRun(db: Db, departments: HeldDepartment[]): Promise<boolean> {
  const { syncRun } = tables
  return departments.some(({ deptId }) => deptId !== null)
    || (await db.$count(syncRun, and(eq(syncRun.status, 'succeeded'), isNotNull(syncRun.scope)))) > 0
}
