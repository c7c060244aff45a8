import type { SyncRun } from '#contract/sync/index.ts'
import type { Locale } from '../../../http/locale.ts'
import type { RunRecord } from './store.ts'
import { syncRun as contract } from '#contract/sync/index.ts'
import { wordFailure } from '../failure-texts.ts'
import { storedFailure } from '../failure.ts'

const { progress, counts, scope } = contract.shape

/** A run as the API shows it, its failure in the reader's language. */
export function presentRun(record: RunRecord, locale: Locale): SyncRun {
  const { id, mode, status, phase, startedAt, finishedAt, startedBy, error } = record
  return {
    id,
    mode,
    status,
    phase,
    startedBy,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    progress: progress.parse(record.progress),
    counts: counts.parse(record.counts),
    scope: scope.parse(record.scope),
    error: error === null ? null : wordFailure(storedFailure.parse(error), locale),
  }
}
