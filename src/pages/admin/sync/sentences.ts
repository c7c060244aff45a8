import type { SyncCounts, SyncRun } from '#contract/sync/index.ts'
import { t } from '../../../locales/index.ts'

/** What concerns people's access comes first. */
const order = [
  'accountsDisabled',
  'accountsCreated',
  'accountsReenabled',
  'accountsRemoved',
  'recordsHandedOver',
  'recordsReturned',
  'accountsUpdated',
  'departmentsCreated',
  'departmentsUpdated',
  'departmentsRemoved',
  'membershipsChanged',
  'bindingsChanged',
  'conflicts',
  'keptOutOfScope',
  'keptInGrace',
  'keptUncertain',
] as const satisfies readonly (keyof SyncCounts)[]

/** Counts of what is not changed: people kept, and people somebody has to decide about. */
const notChanges: readonly (keyof SyncCounts)[] = ['conflicts', 'keptOutOfScope', 'keptInGrace', 'keptUncertain']

/** A plan that somebody may still have made. */
export function isWaiting({ status }: Pick<SyncRun, 'status'>): boolean {
  return status === 'planned' || status === 'stopped'
}

/** The changes are planned, not made. */
export function isPlan(run: SyncRun): boolean {
  return isWaiting(run) || run.status === 'outdated' || (run.mode === 'preview' && run.status !== 'succeeded')
}

/** Whether a run would change or has changed anything. */
export function hasChanges({ counts }: SyncRun): boolean {
  return counts !== null && order.some(key => !notChanges.includes(key) && (counts[key] ?? 0) > 0)
}

/** What a run would change or has changed, in sentences. */
export function sentences(run: SyncRun): string[] {
  const said = countedWords(run, order)
  if (!run.counts || hasChanges(run))
    return said
  return [t(`admin.sync.nothing.${run.mode}`), ...said]
}

/** Only what is written or taken back, for questions that repeat the numbers. */
export function changeSentences(run: SyncRun): string[] {
  return countedWords(
    run,
    order.filter(key => !notChanges.includes(key)),
  )
}

function countedWords(run: SyncRun, keys: readonly (typeof order)[number][]): string[] {
  const { counts } = run
  if (!counts)
    return []
  const tense = isPlan(run) ? 'planned' : 'done'
  return keys.flatMap((key) => {
    const n = counts[key] ?? 0
    return n > 0 ? [t(`admin.sync.${tense}.${key}`, { n })] : []
  })
}

/** What the app was allowed to read, a sentence a line, or null when that was never learned. */
export function scopeSentence(run: SyncRun): string | null {
  if (!run.scope)
    return null
  const { wholeCompany, departments, people, members, company, countAccepted } = run.scope
  const read = wholeCompany ? t('admin.sync.scopeAll', { members }) : t('admin.sync.scopePart', { departments, people, members })
  if (company === null || company === members)
    return read
  return `${read}\n${t('admin.sync.scopeOf', { members, company })}${countAccepted ? t('admin.sync.countAccepted') : ''}`
}

/** Time left in the largest fitting unit, rounded up so that it does not promise too much. */
export function timeLeft(seconds: number): string {
  if (seconds < 90)
    return t('admin.sync.left.seconds', { n: Math.max(1, Math.ceil(seconds)) })
  if (seconds < 90 * 60)
    return t('admin.sync.left.minutes', { n: Math.ceil(seconds / 60) })
  return t('admin.sync.left.hours', { n: Math.ceil(seconds / 3600) })
}
