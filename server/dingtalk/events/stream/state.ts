import type { DingTalkError } from '../../errors/dingtalk-error.ts'

/** `connecting`: for the first time; `reconnecting`: after it had been connected. */
export type StreamStatus = 'connecting' | 'connected' | 'reconnecting' | 'stopped'

/** For display; times in milliseconds since 1970. */
export interface StreamState {
  status: StreamStatus
  /** When this status began. */
  since: number
  /** Last sign of life of any kind. Keep it, and give it to the next start. */
  heardAt?: number
  /** When the last event arrived. */
  lastEventAt?: number
  /** How often a connection was made again. */
  reconnects: number
  /** Attempts in a row that came to nothing, or to a connection that did not last. */
  failures: number
  /** Why the last attempt or connection failed; explain() has words for it. Absent while connected. */
  error?: DingTalkError
  /** When DingTalk last delivered an event without content because the monthly quota is used up. */
  quotaUsedUpAt?: number
}

/**
 * Why events may be lost: `started` since the last run, `closed` or `silent` while there was no connection,
 * `not_stored` they came but could not be stored or read.
 */
export type GapReason = 'started' | 'closed' | 'silent' | 'not_stored'

/** A time (milliseconds since 1970) from which events may be missing. */
export interface Gap {
  from: number
  to: number
  reason: GapReason
}
