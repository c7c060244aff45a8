import type { DeliverySettings } from '#contract/delivery/index.ts'
import { receiversOfCall } from './room.ts'

/** What decides how many calls a message to many people costs. */
export interface Pace {
  /** People that may be sent to within a minute. */
  receiversPerMinute: number
  /** Most people of one call. */
  receiversPerCall: number
  /** Of the calls to people, the share whose result is asked about by a call of its own; a burst adds one a minute. */
  asked: { urgent: number, other: number }
}

export function paceOf(settings: DeliverySettings): Pace {
  const sample = settings.results.samplePercent / 100
  return {
    receiversPerMinute: settings.receiversPerMinute,
    receiversPerCall: receiversOfCall(settings),
    asked: { urgent: settings.results.important ? 1 : sample, other: sample },
  }
}
