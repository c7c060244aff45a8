import type { Logger } from 'pino'
import type { SyncCounts, SyncRun } from '#contract/sync/index.ts'
import type { OwnedRecordsPort } from '../../../crm/index.ts'
import type { Db } from '../../../db/index.ts'
import type { Locale } from '../../../http/locale.ts'
import type { EndSessions } from '../apply/index.ts'
import type { StoredCounts } from '../changes/types.ts'
import type { ProgressMeter } from '../progress.ts'
import type { ConflictsService, SettingsService } from '../services.ts'
import type { ContactSource } from '../source.ts'

/** How a run ended. */
export interface EndedRun {
  id: string
  mode: SyncRun['mode']
  trigger: SyncRun['trigger']
  /** planned and stopped runs wait for an administrator. */
  status: Exclude<SyncRun['status'], 'running'>
  startedBy: string
  counts: SyncCounts | null
  stop: SyncRun['stop']
  /** Its failure in both languages, if it failed. */
  error: Record<Locale, NonNullable<SyncRun['error']>> | null
}

export type OnRunEnded = (tx: Db, run: EndedRun) => Promise<void>

/** What every kind of run needs. */
export interface RunParts {
  db: Db
  /** The company that is read; undefined while DingTalk is not connected. */
  corpId: (tx?: Db) => Promise<string | undefined>
  source: ContactSource
  readSettings: SettingsService['read']
  recordConflicts: ConflictsService['record']
  ownedRecords: OwnedRecordsPort
  endSessions: EndSessions
  /** Hears of every run's end, in the transaction that records it; what it throws is logged and harms nothing. */
  onRunEnded?: OnRunEnded | undefined
  /** Tells people that this run made an account for them. */
  welcome?: ((tx: Db, runId: string, accountIds: string[]) => Promise<void>) | undefined
  log: Logger
}

/** A run under way in this process. */
export interface LiveRun {
  id: string
  mode: SyncRun['mode']
  phase: SyncRun['phase']
  scope: SyncRun['scope']
  meter: ProgressMeter
  signal: AbortSignal
}

/** What a run says of itself at its end. */
export interface RunEnd {
  status: 'planned' | 'stopped' | 'outdated' | 'succeeded'
  counts: StoredCounts
}
