import type { Clock } from '../clock.ts'
import type { DingTalkError } from '../errors/dingtalk-error.ts'
import type { Priority } from '../options.ts'
import type { Head } from './fair-order.ts'
import type { Waiter } from './waiting.ts'
import { throttleOf } from '../errors/classify.ts'
import { Abandonment } from './abandon.ts'
import { banned } from './ban.ts'
import { CommonLimit } from './common.ts'
import { FairOrder } from './fair-order.ts'
import { Lane } from './lane.ts'

export interface LimiterOptions {
  clock: Clock
  /** Calls per second and API. */
  perApi: number
  /** Calls per second over all APIs; absent = not limited until DingTalk shows that it counts that way. */
  perApp?: number
}

/** The state of one API, for progress displays and metrics. */
export interface LaneStats {
  api: string
  queued: number
  /** Calls per second allowed now. */
  rate: number
  /** Milliseconds the API still rests; 0 = it does not. */
  pausedMs: number
}

export interface Limiter {
  /** Resolves when the call may start. Rejects with the signal's reason, or during an IP ban with `ip_banned`. */
  acquire: (api: string, priority: Priority, signal?: AbortSignal) => Promise<void>
  /** Tells how a call ended, so that the pace can follow. undefined = well. */
  report: (api: string, error: DingTalkError | undefined) => void
  /** When any call last went well, in milliseconds; during an IP ban none does. */
  lastWellAt: () => number
  /** Milliseconds a new call of this priority would wait; `coming` = callers known to be on their way into the queue. */
  estimateWait: (api: string, priority: Priority, coming?: number) => number
  stats: () => LaneStats[]
  /** Milliseconds the IP ban still lasts; 0 = no ban. */
  bannedMs: () => number
  /** Rejects everything that waits with `reason`. */
  close: (reason: Error) => void
}

/** Calls per second that DingTalk allows each API, without and with the paid package (dingtalk-server-api §9.1). */
const documented = { free: 20, paid: 60 }

/** An API this close to its own limit explains a complaint by itself; only further below it, others must share the limit. */
const nearOwnLimit = 0.9

/**
 * Paces calls: one sliding window per API, optionally one over all, priorities, pauses and lower rates when
 * DingTalk complains (dingtalk-server-api §9).
 */
export function createLimiter({ clock, perApi, perApp }: LimiterOptions): Limiter {
  const lanes = new Map<string, Lane>()
  const common = new CommonLimit(perApi, perApp)
  const ownLimit = perApi > documented.free ? documented.paid : documented.free
  const order = new FairOrder()
  const abandonment = new Abandonment()
  let bannedUntil = 0
  let wellAt = Number.NEGATIVE_INFINITY
  let timer: { at: number, cancel: () => void } | undefined

  function laneOf(api: string): Lane {
    const known = lanes.get(api) ?? new Lane(perApi)
    lanes.set(api, known)
    return known
  }

  /** Takes the next one out of the line. */
  function leave(lane: Lane): Waiter | undefined {
    const waiter = lane.line.take()
    waiter?.unwatch?.()
    return waiter
  }

  /** Starts everything that may start now and sets the alarm for the next moment something may. */
  function pump(): void {
    timer?.cancel()
    timer = undefined
    for (;;) {
      const now = clock.now()
      const ready: (Head & { lane: Lane })[] = []
      let next = Number.POSITIVE_INFINITY
      const commonAt = common.readyAt(now)
      for (const lane of lanes.values()) {
        const head = lane.line.next()
        if (!head)
          continue
        const at = Math.max(lane.readyAt(now), commonAt)
        next = Math.min(next, at)
        if (at <= now)
          ready.push({ ...head, lane })
      }
      const chosen = order.pick(ready)
      if (!chosen) {
        if (Number.isFinite(next)) {
          timer = { at: next, cancel: clock.after(Math.max(0, next - now), pump) }
        }
        return
      }
      order.taken(chosen, ready)
      chosen.lane.window.record(now)
      common.record(now)
      leave(chosen.lane)?.start()
    }
  }

  function rejectAll(reasonFor: (api: string) => unknown): void {
    for (const [api, lane] of lanes) {
      for (let waiter = leave(lane); waiter; waiter = leave(lane)) waiter.reject(reasonFor(api))
    }
    pump()
  }

  function slowDown(lane: Lane, error: DingTalkError): void {
    const now = clock.now()
    const kind = throttleOf(error.reason, error.httpStatus)
    if (!kind)
      return
    const inUse = [...lanes.values()].filter(other => other.window.count(now) > 0).length
    const atLimit = kind === 'app' && lane.window.count(now) >= ownLimit * nearOwnLimit
    if (kind === 'app' && inUse > 1 && !atLimit)
      common.complain(now)
    lane.complain(atLimit ? 'atLimit' : kind, now, error.retryAfter)
  }

  return {
    acquire: (api, priority, signal) =>
      new Promise((resolve, reject) => {
        const now = clock.now()
        if (signal?.aborted)
          return reject(signal.reason)
        if (now < bannedUntil)
          return reject(banned(api, bannedUntil - now))
        const lane = laneOf(api)
        const waiter: Waiter = { enqueuedAt: now, cancelled: false, start: resolve, reject }
        if (signal) {
          waiter.unwatch = abandonment.watch(signal, (reason) => {
            lane.line.cancel(priority, waiter)
            reject(reason)
          })
        }
        lane.line.add(priority, waiter)
        // an alarm that is already set covers this lane unless the newcomer may go earlier
        if (!timer || Math.max(lane.readyAt(now), common.readyAt(now)) < timer.at)
          pump()
      }),

    report: (api, error) => {
      const lane = laneOf(api)
      if (!error) {
        wellAt = clock.now()
        lane.wentWell()
      }
      else if (error.reason === 'ip_banned') {
        bannedUntil = Math.max(bannedUntil, clock.now() + (error.retryAfter ?? 300) * 1000)
        rejectAll(waiting => banned(waiting, bannedUntil - clock.now()))
      }
      else {
        slowDown(lane, error)
      }
    },

    lastWellAt: () => wellAt,

    estimateWait: (api, priority, coming = 0) => {
      const now = clock.now()
      const lane = laneOf(api)
      const own = Math.max(coming, lane.line.size(priority)) / lane.rate.current(now)
      const everywhere = [...lanes.values()].reduce((sum, other) => sum + other.line.size(priority), 0)
      const all = everywhere / (common.current(now) ?? Number.POSITIVE_INFINITY)
      return Math.max(0, lane.readyAt(now) - now) + Math.max(own, all) * 1000
    },

    stats: () =>
      [...lanes].map(([api, lane]) => ({
        api,
        queued: lane.line.size(),
        rate: lane.rate.current(clock.now()),
        pausedMs: lane.pausedMs(clock.now()),
      })),

    bannedMs: () => Math.max(0, bannedUntil - clock.now()),
    close: reason => rejectAll(() => reason),
  }
}
