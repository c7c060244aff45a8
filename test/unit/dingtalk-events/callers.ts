import type { AppCaller } from '../../../server/dingtalk/calls/app-caller.ts'
import type { Caller } from '../../../server/dingtalk/calls/caller.ts'
import type { Platform } from '../dingtalk/platform.ts'
import { onTestFinished, vi } from 'vitest'
import { createAppCaller } from '../../../server/dingtalk/calls/app-caller.ts'
import { createCaller } from '../../../server/dingtalk/calls/caller.ts'
import { systemClock } from '../../../server/dingtalk/clock.ts'
import { createDispatcher } from '../../../server/dingtalk/index.ts'
import { createLimiter } from '../../../server/dingtalk/limiter/limiter.ts'
import { createTransport } from '../../../server/dingtalk/transport/transport.ts'
import { app } from '../dingtalk/platform.ts'

/** A logger that remembers. */
export function createLog() {
  return { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
}

export type Log = ReturnType<typeof createLog>

/** Everything that was logged, as text. */
export function textOf(log: Log): string {
  const lines = Object.values(log).flatMap(level => level.mock.calls)
  return lines
    .map(
      ([details, message]) =>
        `${message} ${JSON.stringify(details, (_, value: unknown) =>
          value instanceof Error ? { ...value, message: value.message, stack: value.stack, cause: value.cause } : value)}`,
    )
    .join('\n')
}

/** The project's real way of calling, pointed at the fake platform. */
export function callersOf(platform: Platform, log: Log = createLog(), appToken = 'app-token'): { call: Caller, appCall: AppCaller } {
  const dispatcher = createDispatcher()
  onTestFinished(() => dispatcher.destroy())
  const call = createCaller({
    hosts: { api: platform.url, oapi: platform.url, login: platform.url },
    transport: createTransport(dispatcher),
    limiter: createLimiter({ clock: systemClock, perApi: 20 }),
    clock: systemClock,
    logger: log,
  })
  const token = { get: async () => appToken, checkCorp: async () => {}, invalidate: () => {} }
  return { call, appCall: createAppCaller({ call, token, credentials: async () => app, logger: log, clock: systemClock, defaultTimeoutMs: 2000 }) }
}
