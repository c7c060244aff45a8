import type { MessageRules } from '#contract/messages/index.ts'

export type RulesIssue = 'usefulHours' | 'workingDays' | 'minutes' | 'time'

const within = (value: unknown, min: number, max: number) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max
const isTime = (value: string) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value)

/** Hours after which a message is of no use any more. */
export const isUseful = (hours: unknown): boolean => within(hours, 1, 168)

/** What the server would refuse (server/contract/messages/rules.ts). */
export function rulesIssues({ kinds, planDue: { day, minutesBefore }, planOverdue, daily, weekly }: MessageRules): Set<RulesIssue> {
  const checks: [RulesIssue, boolean][] = [
    ['usefulHours', Object.values(kinds).every(rule => isUseful(rule.usefulHours))],
    ['workingDays', day === null || within(day.workingDaysBefore, 0, 10)],
    ['minutes', minutesBefore === null || within(minutesBefore, 5, 1440)],
    ['time', [day?.at ?? '00:00', planOverdue.at, daily.at, weekly.at].every(isTime)],
  ]
  return new Set(checks.flatMap(([issue, fits]) => (fits ? [] : issue)))
}
