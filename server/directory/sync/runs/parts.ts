import type { Logger } from 'pino'
import type { SyncCounts, SyncRun } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { EndSessions } from '../apply/index.ts'
import type { ProgressMeter } from '../progress.ts'
import type { ConflictsService, OwnedRecords, SettingsService } from '../services.ts'
import type { ContactSource } from '../source.ts'

/** What every kind of run needs. */
export interface RunParts {
  db: Db
  source: ContactSource
  readSettings: SettingsService['read']
  recordConflicts: ConflictsService['record']
  ownedRecords: OwnedRecords
  endSessions: EndSessions
  log: Logger
}

/** A run under way in this process. */
export interface LiveRun {
  id: string
  mode: SyncRun['mode']
  phase: SyncRun['phase']
  scope: SyncRun['scope']
  meter: Pick<ProgressMeter, 'read' | 'retry'>
  signal: AbortSignal
}

/** What a run says of itself at its end. */
export interface RunEnd {
  status: 'planned' | 'stopped' | 'outdated' | 'succeeded'
  counts: SyncCounts
}
