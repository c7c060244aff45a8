import type { Clock } from '../../clock.ts'
import type { DingTalkLogger } from '../../options.ts'
import type { PlatformEvent } from '../event.ts'
import type { Dial } from './dial.ts'
import type { OpenGateway } from './open.ts'
import type { Gap, StreamState } from './state.ts'
import { keepConnected } from './keep-connected.ts'
import { createMissed } from './missed.ts'
import { createReceiver } from './receiver.ts'
import { createTimeline } from './timeline.ts'

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

const defaults: StreamTimings = {
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

export interface Stream {
  state: () => StreamState
  /** Lets events being stored finish, tells DingTalk, and closes. Nothing is called back afterwards. */
  stop: () => Promise<void>
}

/** Receives events over DingTalk's Stream (dingtalk-server-api §7.2), and keeps at it until stopped. */
export function startStream(parts: StreamParts, options: StreamOptions): Stream {
  const { clock, wall, logger } = parts
  const timings = { ...defaults, ...options.timings }
  const time = createTimeline(clock, wall)
  const stopping = new AbortController()
  const state: StreamState = { status: 'connecting', since: wall(), heardAt: options.heardAt, reconnects: 0, failures: 0 }

  function report(gap: Gap): void {
    logger.warn(gap, 'events may have been lost')
    void (async () => options.onGap(gap))().catch(err => logger.error({ err }, 'the catch-up after lost events could not be started'))
  }

  const missed = createMissed({
    clock,
    patienceMs: timings.patienceMs,
    report: (since) => {
      const to = wall()
      report({ from: to - (clock.now() - since), to, reason: 'not_stored' })
    },
  })
  const receiver = createReceiver({ clock, wall, logger, missed, state, corpId: options.corpId, onEvent: options.onEvent, storeMs: timings.storeMs })
  const keeping = keepConnected({ ...parts, time, timings, state, report, onFrame: receiver.onFrame, settled: receiver.settled }, stopping.signal)

  return {
    state: () => ({ ...state }),
    stop: async () => {
      stopping.abort(new Error('the stream was stopped'))
      receiver.stop()
      await keeping
      missed.stop()
      if (state.status !== 'stopped')
        Object.assign(state, { status: 'stopped', since: wall(), error: undefined })
    },
  }
}
