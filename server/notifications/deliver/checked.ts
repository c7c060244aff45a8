import type { DeliverySettings } from '#contract/delivery/index.ts'
import type { RecentCalls } from './attempts.ts'

interface Call {
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
 * Whether a result is worth a call: of important messages and what is sent again always, of the others from a sample, and in a
 * burst once a minute: what DingTalk dropped for its pace shows in each call of that minute. Departments have no results
 * (dingtalk-server-api §5.3).
 */
export function isChecked({ priority, deptIds, receivers, sentAgain }: Call, recent: RecentCalls, { results, receiversPerMinute }: DeliverySettings, chance: number): boolean {
  if (deptIds !== null)
    return false
  if (sentAgain || (priority === 0 && results.important) || chance * 100 < results.samplePercent)
    return true
  const burst = recent.calls + 1 >= burstCalls || recent.minute + receivers >= burstShare * receiversPerMinute
  return burst && recent.checked === 0
}
