import type { MessageRule } from '#contract/messages/rules.ts'
import type { Notice } from './notice.ts'

const hourMs = 3600_000

/**
 * Until when a work notification is worth sending: so many hours after it could first be sent, as the rule of its kind says; a
 * reminder only until its plan is due, but for a quarter of an hour at least. Afterwards it stands in the inbox all the same.
 */
export function usefulUntil({ kind, values }: Pick<Notice, 'kind' | 'values'>, { usefulHours }: Pick<MessageRule, 'usefulHours'>, now: Date, notBefore: Date | undefined): Date {
  const byRule = Math.max(now.getTime(), notBefore?.getTime() ?? 0) + usefulHours * hourMs
  const due = kind === 'plan.due' && typeof values?.due === 'string' ? Date.parse(values.due) : Number.NaN
  return new Date(Number.isNaN(due) ? byRule : Math.min(byRule, Math.max(due, now.getTime() + hourMs / 4)))
}
