import type { PlatformEvent } from '../../../server/dingtalk/events/event.ts'
import type { Dial } from '../../../server/dingtalk/events/stream/dial.ts'
import type { OpenGateway } from '../../../server/dingtalk/events/stream/open.ts'
import type { StreamOptions } from '../../../server/dingtalk/events/stream/options.ts'
import type { Gap } from '../../../server/dingtalk/events/stream/state.ts'
import type { Stream } from '../../../server/dingtalk/events/stream/stream.ts'
import type { Log } from './callers.ts'
import type { Gateway } from './gateway.ts'
import { expect, onTestFinished, vi } from 'vitest'
import { createDial } from '../../../server/dingtalk/events/stream/dial.ts'
import { startStream } from '../../../server/dingtalk/events/stream/stream.ts'
import { FakeClock } from '../dingtalk/fake-clock.ts'
import { createLog } from './callers.ts'

export interface Running {
  stream: Stream
  clock: FakeClock
  log: Log
  events: PlatformEvent[]
  gaps: Gap[]
  /** Times of the attempts to open, on the fake clock. */
  opened: number[]
  /** Puts the wall clock forward without the other one, as when the machine sleeps. */
  sleep: (ms: number) => void
  /** Resolves when the stream is connected for the nth time. */
  connected: (nth?: number) => Promise<void>
}

export interface RunOptions extends Partial<StreamOptions> {
  gateway?: Gateway
  open?: OpenGateway
  dial?: Dial
}

/** Waits for what happens over real sockets. */
export function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 3000, interval: 5 })
}

/** A stream with fake time and without jitter, connected to the gateway. Each connection has its own ticket. */
export function run({ gateway, open, dial = createDial(), ...options }: RunOptions): Running {
  const clock = new FakeClock()
  const log = createLog()
  const events: PlatformEvent[] = []
  const gaps: Gap[] = []
  const opened: number[] = []
  let slept = 0
  const stream = startStream(
    {
      open: async (signal) => {
        opened.push(clock.now())
        return open?.(signal) ?? new URL(`${gateway?.url}?ticket=ticket-${opened.length}`)
      },
      dial,
      clock,
      wall: () => clock.now() + slept,
      logger: log,
      random: () => 0,
    },
    { corpId: 'dingours', onEvent: async event => void events.push(event), onGap: gap => void gaps.push(gap), ...options },
  )
  onTestFinished(async () => {
    const stopped = stream.stop()
    await clock.advance(5000)
    await stopped
  })
  return {
    stream,
    clock,
    log,
    events,
    gaps,
    opened,
    sleep: (ms) => {
      slept += ms
    },
    connected: (nth = 1) => until(() => expect([stream.state().status, stream.state().reconnects]).toEqual(['connected', nth - 1])),
  }
}
