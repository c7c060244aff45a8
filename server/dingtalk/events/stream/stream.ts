import type { StreamOptions, StreamParts } from './options.ts'
import type { Gap, StreamState } from './state.ts'
import { keepConnected } from './keep-connected.ts'
import { createMissed } from './missed.ts'
import { defaultTimings } from './options.ts'
import { createReceiver } from './receiver.ts'
import { createTimeline } from './timeline.ts'

export interface Stream {
  state: () => StreamState
  /** Lets events being stored finish, tells DingTalk, and closes. Nothing is called back afterwards. */
  stop: () => Promise<void>
}

/** Receives events over DingTalk's Stream (dingtalk-server-api §7.2), and keeps at it until stopped. */
export function startStream(parts: StreamParts, options: StreamOptions): Stream {
  const { clock, wall, logger } = parts
  const timings = { ...defaultTimings, ...options.timings }
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
