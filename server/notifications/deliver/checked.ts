import type { DeliverySettings } from '#contract/delivery/index.ts'
import type { RecentCalls } from './attempts.ts'

interface Call {
  kind: string
  priority: number
  deptIds: number[] | null
  receivers: number
  /** Somebody in it got it before, perhaps: only the result tells. */
  sentAgain: boolean
}

/** So many calls within a minute are a burst … */
const burstCalls = 20
/** … and so is this share of the minute's receivers. */
const burstShare = 0.3

/**
 * Whether a result is worth a call, which the company's month pays for (dingtalk-server-api §9.4): of important messages, of
 * the kinds that are `alwaysAsked` about and of what is sent again always, of the others from a sample, and in a burst once a
 * minute: what DingTalk dropped for its pace shows in each call of that minute. The rest stays "not checked". Departments
 * have no results (dingtalk-server-api §5.3).
 */
export function isChecked({ kind, priority, deptIds, receivers, sentAgain }: Call, recent: RecentCalls, { results, receiversPerMinute }: DeliverySettings, alwaysAsked: readonly string[], chance: number): boolean {
  if (deptIds !== null)
    return false
  if (sentAgain || (results.important && (priority === 0 || alwaysAsked.includes(kind))) || chance * 100 < results.samplePercent)
    return true
  const burst = recent.calls + 1 >= burstCalls || recent.minute + receivers >= burstShare * receiversPerMinute
  return burst && recent.checked === 0
}
