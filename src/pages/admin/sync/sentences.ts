import type { SyncCounts, SyncRun } from '#contract/sync/index.ts'
import { t } from '../../../locales/index.ts'

const order = [
  'accountsDisabled',
  'accountsCreated',
  'accountsReenabled',
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

/** What a run would change or has changed, in sentences; what concerns people's access comes first. */
export function sentences(run: SyncRun): string[] {
  const { counts } = run
  if (!counts)
    return []
  const tense = run.mode === 'preview' || run.status === 'planned' ? 'planned' : 'done'
  const said = order.filter(key => counts[key] > 0).map(key => t(`admin.sync.${tense}.${key}`, { n: counts[key] }))
  const changes = order.some(key => !key.startsWith('kept') && counts[key] > 0)
  return changes ? said : [t(`admin.sync.nothing.${run.mode}`), ...said]
}

/** What the app was allowed to read, or null when that was never learned. */
export function scopeSentence(run: SyncRun): string | null {
  if (!run.scope)
    return null
  const { wholeCompany, departments, people, members } = run.scope
  return wholeCompany ? t('admin.sync.scopeAll', { members }) : t('admin.sync.scopePart', { departments, people, members })
}
