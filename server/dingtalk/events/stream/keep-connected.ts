import type { Connection, ConnectionParts, Ending } from './connection.ts'
import type { StreamParts, StreamTimings } from './options.ts'
import type { Gap, StreamState } from './state.ts'
import type { Mark, Timeline } from './timeline.ts'
import { abortable, sleep } from '../../clock.ts'
import { reconnectDelay } from './backoff.ts'
import { connect } from './connection.ts'
import { socketFailure } from './failure.ts'

export interface KeepConnectedParts extends StreamParts {
  time: Timeline
  timings: StreamTimings
  /** Kept up to date. */
  state: StreamState
  onFrame: ConnectionParts['onFrame']
  report: (gap: Gap) => void
  /** Resolves when all events that were taken have been answered. */
  settled: () => Promise<void>
}

/** Makes one connection after the other until aborted; resolves when all of them are closed. Never rejects. */
export async function keepConnected(parts: KeepConnectedParts, signal: AbortSignal): Promise<void> {
  const { time, timings, state, logger } = parts
  const connections = new Set<Connection>()
  let heard: Mark | undefined
  let absence: { since: Mark | undefined, reason: Gap['reason'] } = {
    since: state.heardAt === undefined ? undefined : { clock: time.clock.now(), wall: state.heardAt },
    reason: 'started',
  }

  function onHeard(): void {
    heard = time.mark()
    state.heardAt = heard.wall
  }

  function onConnected(): void {
    const { since, reason } = absence
    if (since && time.since(since) > timings.gapMs)
      parts.report({ from: since.wall, to: parts.wall(), reason })
    onHeard()
    if (reason !== 'started')
      state.reconnects++
    Object.assign(state, { status: 'connected', since: parts.wall(), error: undefined })
    logger.info({ reconnects: state.reconnects }, 'connected to DingTalk\'s event stream')
  }

  function onEnded({ reason, error }: Ending): void {
    absence = { since: heard, reason: reason === 'silent' ? 'silent' : 'closed' }
    Object.assign(state, { status: 'reconnecting', since: parts.wall(), error })
    logger.info({ reason, err: error }, 'DingTalk\'s event stream ended, connecting again')
  }

  /** Connects, and waits for the end; the result is the pause before the next attempt, in milliseconds. */
  async function attempt(): Promise<number> {
    const url = await parts.open(signal)
    const connection = await connect(url, { ...parts, ...timings, onHeard }, signal)
    connections.add(connection)
    void connection.closed.then(() => connections.delete(connection))
    const begun = time.mark()
    onConnected()
    const ending = await abortable(connection.ended, signal)
    onEnded(ending)
    const stable = time.since(begun) >= timings.stableMs
    state.failures = stable ? 0 : state.failures + 1
    return stable && ending.reason === 'announced' ? 0 : reconnectDelay(state.failures, parts.random())
  }

  function onFailed(cause: unknown): number {
    const error = socketFailure(cause)
    state.failures++
    state.error = error
    const pause = reconnectDelay(state.failures, parts.random(), error.retryAfter)
    logger.warn({ err: cause, pause: Math.round(pause) }, 'DingTalk\'s event stream cannot be reached, trying again')
    return pause
  }

  while (!signal.aborted) {
    const pause = await attempt().catch(cause => (signal.aborted ? 0 : onFailed(cause)))
    if (pause)
      await sleep(time.clock, pause, signal).catch(() => {})
  }
  await parts.settled()
  await Promise.all([...connections].map(connection => connection.close()))
}
