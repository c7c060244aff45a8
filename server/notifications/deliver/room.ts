import type { DeliverySettings } from '#contract/delivery/index.ts'

/** Receivers of the calls that left within each window, and when the first of them left. */
export interface Recent {
  minute: number
  minuteOldest: number
  second: number
  secondOldest: number
}

/*
 * A little longer than their names: DingTalk counts when a call arrives, which may be later for the first call of a window
 * than for the last.
 */
export const minuteMs = 61_000
export const secondMs = 1_050

type Limits = Pick<DeliverySettings, 'receiversPerMinute' | 'receiversPerSecond'>

/** Most receivers of one call: DingTalk's 100 (dingtalk-server-api §5.1), or less where a limit is lower. */
export function receiversOfCall({ receiversPerMinute, receiversPerSecond }: Limits): number {
  return Math.min(100, receiversPerMinute, receiversPerSecond)
}

/**
 * When a call to so many people may leave: now, or at a later moment at which to ask again. One that is larger than a limit
 * (departments) leaves when its window is empty.
 */
export function mayLeaveAt(receivers: number, recent: Recent, { receiversPerMinute, receiversPerSecond }: Limits, now: number): number {
  const minute = recent.minute > 0 && recent.minute + receivers > receiversPerMinute ? recent.minuteOldest + minuteMs : now
  const second = recent.second > 0 && recent.second + receivers > receiversPerSecond ? recent.secondOldest + secondMs : now
  return Math.max(now, minute, second)
}
