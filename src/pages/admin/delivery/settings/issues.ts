import type { DeliverySettings } from '#contract/delivery/index.ts'

export type SettingsIssue = 'minute' | 'second' | 'gather' | 'sample' | 'budget' | 'times'

/** What the server would refuse (server/contract/delivery/settings.ts). */
export function settingsIssues(settings: DeliverySettings): Set<SettingsIssue> {
  const within = (value: unknown, min: number, max: number) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max
  const checks: [SettingsIssue, boolean][] = [
    ['minute', within(settings.receiversPerMinute, 1, 5000)],
    ['second', within(settings.receiversPerSecond, 1, 5000)],
    ['gather', within(settings.gatherSeconds, 0, 3600)],
    ['sample', within(settings.results.samplePercent, 0, 100)],
    ['budget', settings.budget === null || within(settings.budget, 1, 100_000_000)],
    ['times', within(settings.saving.times.length, 1, 6) && settings.saving.times.every(time => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time))],
  ]
  return new Set(checks.flatMap(([issue, fits]) => (fits ? [] : issue)))
}

/** Times as somebody types them: any separator, one-digit hours, full-width colons. */
export function readTimes(text: string): string[] {
  return text
    .normalize('NFKC')
    .split(/[\s,;、]+/)
    .filter(Boolean)
    .map(time => time.padStart(5, '0'))
}
