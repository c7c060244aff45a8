import type { SyncSettings } from '#contract/sync/index.ts'
import { looksLikeCron } from './schedule.ts'

export type SettingsIssue = 'cron' | 'disableCount' | 'disablePercent' | 'removeDepartmentsPercent' | 'grace' | 'plansDays' | 'runsDays'

/** Numbers that are not numbers, beyond their range, or not whole; and a schedule that cannot be one. */
export function settingsIssues({ guard, grace, schedule, retention }: SyncSettings): Set<SettingsIssue> {
  const issues = new Set<SettingsIssue>()
  if (schedule.cron !== null && !looksLikeCron(schedule.cron))
    issues.add('cron')
  if (!within(guard.disableCount, 0, Number.MAX_SAFE_INTEGER) || !Number.isInteger(guard.disableCount))
    issues.add('disableCount')
  for (const key of ['disablePercent', 'removeDepartmentsPercent'] as const) {
    if (!within(guard[key], 0, 100))
      issues.add(key)
  }
  if (!within(grace.value, 0, 365) || !Number.isInteger(grace.value))
    issues.add('grace')
  for (const key of ['plansDays', 'runsDays'] as const) {
    if (!within(retention[key], 1, 3650) || !Number.isInteger(retention[key]))
      issues.add(key)
  }
  return issues
}

/** An emptied number input leaves an empty text where a number belongs. */
function within(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max
}
