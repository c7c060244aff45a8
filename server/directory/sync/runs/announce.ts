import type { Db } from '../../../db/index.ts'
import type { EndedRun, RunParts } from './parts.ts'
import type { RunRecord } from './store.ts'
import { readRun } from './store.ts'
import { presentRun } from './view.ts'
import { welcomeNewcomers } from './welcome.ts'

export type Listeners = Pick<RunParts, 'onRunEnded' | 'welcome' | 'readSettings' | 'log'>

/**
 * Tells whoever wants to know that a run has ended, and newcomers that they are welcome, within the transaction that
 * says so: neither is there without the other. A listener that fails is logged, and its statements are taken back; the
 * run is not.
 */
export async function announceEnd(tx: Db, listeners: Listeners, id: string): Promise<void> {
  const { onRunEnded, log } = listeners
  const record = await readRun(tx, id)
  if (record.status === 'running')
    return
  if (onRunEnded)
    await tx.transaction(inner => onRunEnded(inner, endedRun(record))).catch((error: unknown) => log.error({ err: error, run: id }, 'the end of a sync could not be told'))
  await tx.transaction(inner => welcomeNewcomers(inner, listeners, record)).catch((error: unknown) => log.warn({ err: error, run: id }, 'newcomers could not be welcomed'))
}

function endedRun(record: RunRecord): EndedRun {
  const shown = { ...record, undoable: false }
  const { id, mode, trigger, status, startedBy, counts, stop, error } = presentRun(shown, 'zh-CN')
  const english = presentRun(shown, 'en-US').error
  return { id, mode, trigger, status: status as EndedRun['status'], startedBy, counts, stop, error: error && english && { 'zh-CN': error, 'en-US': english } }
}
