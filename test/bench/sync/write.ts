import type { Database } from '../../../server/db/index.ts'
import type { RunParts } from '../../../server/directory/sync/runs/parts.ts'
import type { Reading } from '../../../server/directory/sync/runs/write-plan.ts'
import type { Snapshot } from '../../../server/directory/sync/snapshot.ts'
import pino from 'pino'
import { createOwnedRecords } from '../../../server/crm/index.ts'
import { lockBindings } from '../../../server/directory/binding-locks.ts'
import { createConflicts } from '../../../server/directory/sync/index.ts'
import { createProgress } from '../../../server/directory/sync/progress.ts'
import { insertRun, settleRun } from '../../../server/directory/sync/runs/store.ts'
import { writePlan } from '../../../server/directory/sync/runs/write-plan.ts'
import { defaultSettings } from '../../../server/directory/sync/settings/index.ts'
import { undoRun } from '../../../server/directory/sync/undo/index.ts'

/** What runs work with, without DingTalk: a bench brings its snapshots. */
export function writerOn({ db }: Database) {
  let plannedAt = 0
  const conflicts = createConflicts({ db })
  const parts: RunParts = {
    db,
    corpId: async () => undefined,
    source: undefined as never,
    readSettings: async () => defaultSettings,
    // The first thing a run writes: everything before it is planning.
    recordConflicts: (...given) => {
      plannedAt = performance.now()
      return conflicts.record(...given)
    },
    ownedRecords: createOwnedRecords(),
    endSessions: async () => {},
    log: pino({ level: 'silent' }),
  }
  const progress = createProgress()

  return {
    /** Plans and applies a snapshot in one transaction, as a run does. @returns the run, how long all of it took, and applying alone */
    async apply(snapshot: Snapshot, gone: string[] = []): Promise<{ runId: string, took: number, applying: number, counts: object }> {
      const reading: Reading = { snapshot, findings: { people: new Map(gone.map(userid => [userid, 'gone'])), departments: new Map() } }
      const start = performance.now()
      const done = await db.transaction(async (tx) => {
        await lockBindings(tx)
        const runId = await insertRun(tx, { mode: 'apply', trigger: 'button', startedBy: 'bench', progress: progress.read() })
        const { plan: _, empty: __, ...written } = await writePlan(tx, parts, runId, reading, 'apply')
        if (written.status !== 'succeeded')
          throw new Error(`the run ended as ${written.status}`)
        await settleRun(tx, runId, written)
        return { runId, counts: written.counts }
      })
      const end = performance.now()
      return { ...done, took: end - start, applying: end - plannedAt }
    },

    /** Takes a whole run back. @returns how long it took */
    async undo(undone: string): Promise<number> {
      const start = performance.now()
      const id = await insertRun(db, { mode: 'undo', trigger: 'undo', startedBy: 'bench', progress: progress.read(), undoes: undone })
      await settleRunning(db, id)
      await undoRun(parts, { id, mode: 'undo', phase: 'apply', scope: null, meter: progress, signal: new AbortController().signal }, undone, undefined, 'bench')
      return performance.now() - start
    },
  }
}

async function settleRunning(db: Database['db'], id: string): Promise<void> {
  await settleRun(db, id, { status: 'running' as never, counts: null, stop: null, stateHash: null })
}
