import type { DeliverySettings } from '#contract/delivery/index.ts'

/** What left lately, over all instances. */
export interface Recent {
  /** Receivers that DingTalk may count within the minute that ends now, and when the first call among them was answered; null: all are under way. */
  minute: number
  minuteOldest: number | null
  /** Receivers of the calls that left within the last second, and when the first of them did. */
  second: number
  secondOldest: number
}

/**
 * DingTalk counts a call when it arrives, some time between its leaving and its answer. What is under way, or was answered less
 * than a minute ago, therefore counts: then no minute of DingTalk's, wherever it begins, sees more receivers than the limit.
 * The rest is for clocks that count whole milliseconds.
 */
export const minuteMs = 60_010
/** DingTalk names no limit for a second: this one only spreads the calls, and is counted by when they leave. */
export const secondMs = 1_050
/** When the answer of a call under way is awaited, it is looked for so often. */
const glanceMs = 100

type Limits = Pick<DeliverySettings, 'receiversPerMinute' | 'receiversPerSecond'>

/** Most receivers of one call: DingTalk's 100 (dingtalk-server-api §5.1), or less where a limit is lower. */
export function receiversOfCall({ receiversPerMinute, receiversPerSecond }: Limits): number {
  return Math.min(100, receiversPerMinute, receiversPerSecond)
}

/** A part of each minute is kept for what is important, so that it does not wait behind an announcement to thousands. */
function minuteLimit({ receiversPerMinute }: Limits, priority: number): number {
  return priority === 0 ? receiversPerMinute : receiversPerMinute - Math.floor(receiversPerMinute / 20)
}

/**
 * When a call to so many people may leave: now, or at a later moment at which to ask again. One that is larger than a limit
 * (departments) leaves when its window is empty.
 */
export function mayLeaveAt({ receivers, priority }: { receivers: number, priority: number }, recent: Recent, limits: Limits, now: number): number {
  const minute = recent.minute > 0 && recent.minute + receivers > minuteLimit(limits, priority)
    ? recent.minuteOldest === null ? now + glanceMs : recent.minuteOldest + minuteMs
    : now
  const second = recent.second > 0 && recent.second + receivers > limits.receiversPerSecond ? recent.secondOldest + secondMs : now
  return Math.max(now, minute, second)
}
