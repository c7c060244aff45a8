import type { Clock } from '../../clock.ts'
import type { DingTalkLogger } from '../../options.ts'
import type { PlatformEvent } from '../event.ts'
import type { Dial } from './dial.ts'
import type { OpenGateway } from './open.ts'
import type { Gap } from './state.ts'

/** All in milliseconds. */
export interface StreamTimings {
  /** Between two pings. Default 20 s. */
  keepaliveMs: number
  /** Without any sign of life: dead. Default 50 s. */
  silenceMs: number
  /** For one attempt to connect. Default 10 s. */
  handshakeMs: number
  /** A connection that lived longer was good: the backoff starts again. Default 30 s. */
  stableMs: number
  /** For `onEvent`. Default 2.5 s; DingTalk waits for 3 s. */
  storeMs: number
  /** Absences longer than this are reported: DingTalk gives up after 40 s (dingtalk-server-api §7). Default 30 s. */
  gapMs: number
  /** For an event that failed to come again. Default 90 s. */
  patienceMs: number
}

export const defaultTimings: StreamTimings = {
  keepaliveMs: 20_000,
  silenceMs: 50_000,
  handshakeMs: 10_000,
  stableMs: 30_000,
  storeMs: 2500,
  gapMs: 30_000,
  patienceMs: 90_000,
}

export interface StreamParts {
  open: OpenGateway
  dial: Dial
  clock: Clock
  /** The time for people; milliseconds since 1970. */
  wall: () => number
  logger: DingTalkLogger
  /** 0..1, for the jitter. */
  random: () => number
}

export interface StreamOptions {
  /** Our company, for events that name none. */
  corpId: string
  /**
   * Stores the event; DingTalk is told only afterwards. The same event may come several times and at once, so store by
   * id; events come in parallel. Rejecting, or taking longer than `storeMs`, makes DingTalk push it again.
   */
  onEvent: (event: PlatformEvent) => Promise<void>
  /** Events may have been lost: start a catch-up sync. What it throws is logged. */
  onGap: (gap: Gap) => void | Promise<void>
  /** StreamState.heardAt of the last run; without it, the time before the start is not reported. */
  heardAt?: number
  timings?: Partial<StreamTimings>
}
