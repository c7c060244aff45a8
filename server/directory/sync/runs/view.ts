import type { SyncCounts, SyncProgress, SyncRun } from '#contract/sync/index.ts'
import type { Locale } from '../../../http/locale.ts'
import type { StoredCounts } from '../changes/types.ts'
import type { RunRecord } from './store.ts'
import { syncRun as contract, syncCounts, syncProgress } from '#contract/sync/index.ts'
import { wordFailure } from '../failure-texts.ts'
import { storedFailure } from '../failure.ts'

const { scope, stop, kinds } = contract.shape

const stored = syncCounts.extend({ kinds: kinds.unwrap().optional() })

/** Runs of earlier versions know fewer numbers. */
const noCounts: SyncCounts = {
  departmentsCreated: 0,
  departmentsUpdated: 0,
  departmentsRemoved: 0,
  accountsCreated: 0,
  accountsUpdated: 0,
  accountsDisabled: 0,
  accountsReenabled: 0,
  membershipsChanged: 0,
  bindingsChanged: 0,
  conflicts: 0,
  keptOutOfScope: 0,
  keptInGrace: 0,
  keptUncertain: 0,
}

const noProgress = { membersKnown: null, questionsKnown: 0, questionsDone: 0, secondsLeft: null, pausedSeconds: 0 }

/** The counts column as stored. */
export function storedCounts(counts: unknown): StoredCounts | undefined {
  return counts ? stored.parse({ ...noCounts, ...counts }) : undefined
}

/** The progress column as stored. */
export function storedProgress(progress: unknown): SyncProgress {
  return syncProgress.parse({ ...noProgress, ...(progress as object) })
}

/** A run with what is only known from its changes. */
export type ShownRun = RunRecord & { undoable: boolean }

/** A run as the API shows it, its failure in the reader's language. */
export function presentRun(record: ShownRun, locale: Locale): SyncRun {
  const { id, mode, trigger, status, phase, startedAt, finishedAt, startedBy, error, undoes, undoneBy, undoable } = record
  const counts = storedCounts(record.counts) ?? null
  return {
    id,
    mode,
    trigger,
    status,
    phase,
    startedBy,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    progress: storedProgress(record.progress),
    counts: counts && syncCounts.parse(counts),
    kinds: counts?.kinds ?? null,
    scope: record.scope ? scope.parse({ company: null, names: [], countAccepted: false, ...record.scope }) : null,
    stop: stop.parse(record.stop),
    error: error === null ? null : wordFailure(storedFailure.parse(error), locale),
    undoes,
    undoneBy,
    undoable,
  }
}
