import type { AppCaller } from '../calls/app-caller.ts'
import type { Caller } from '../calls/caller.ts'
import type { Clock } from '../clock.ts'
import type { DingTalkCredentials, DingTalkHosts, DingTalkLogger } from '../options.ts'
import type { DispatcherOptions } from '../transport/dispatcher.ts'
import type { FailedBatch } from './failed.ts'
import type { StreamOptions } from './stream/options.ts'
import type { Stream } from './stream/stream.ts'
import { failedPushes } from './failed.ts'
import { createDial } from './stream/dial.ts'
import { createOpenGateway } from './stream/open.ts'
import { startStream } from './stream/stream.ts'

/** The two things about events that need calls to DingTalk; readPush() needs none. */
export interface Events {
  /** Connects in the background, and keeps at it until stopped. Restart it when the credentials change. */
  startStream: (options: StreamOptions) => Stream
  /** See failedPushes(). */
  failedPushes: (signal?: AbortSignal) => AsyncGenerator<FailedBatch, void, void>
}

export interface EventsParts {
  call: Caller
  appCall: AppCaller
  credentials: () => Promise<DingTalkCredentials | undefined>
  hosts: DingTalkHosts
  clock: Clock
  logger: DingTalkLogger
  /** Milliseconds for a call. */
  timeoutMs: number
  /** The way out for the stream; that of the calls is the dispatcher. */
  proxy?: DispatcherOptions
}

/** Event subscription (dingtalk-server-api §7). */
export function createEvents({ call, appCall, credentials, hosts, clock, logger, timeoutMs, proxy }: EventsParts): Events {
  return {
    startStream: options =>
      startStream(
        {
          open: createOpenGateway({ call, credentials, hosts, timeoutMs }),
          dial: createDial(proxy),
          clock,
          wall: Date.now,
          logger,
          random: Math.random,
        },
        options,
      ),
    failedPushes: signal => failedPushes({ call: appCall, credentials, now: Date.now }, signal),
  }
}
