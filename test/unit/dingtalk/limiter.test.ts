import type { Limiter } from '../../../server/dingtalk/limiter/limiter.ts'
import type { Priority } from '../../../server/dingtalk/options.ts'
import { describe, expect, it } from 'vitest'
import { DingTalkError } from '../../../server/dingtalk/errors/dingtalk-error.ts'
import { createLimiter } from '../../../server/dingtalk/limiter/limiter.ts'
import fc from '../../support/properties.ts'
import { FakeClock, settle } from './fake-clock.ts'

const qps = new DingTalkError({ reason: '90018', api: 'a', httpStatus: 200, errcode: 88, outcome: 'rejected', retryAfter: 1 })
const busyForAll = new DingTalkError({ reason: '90002', api: 'a', httpStatus: 200, errcode: 88, outcome: 'rejected' })
const ban = new DingTalkError({ reason: 'ip_banned', api: 'a', httpStatus: 200, outcome: 'rejected', retryAfter: 300 })

interface Start {
  api: string
  tag: string
  at: number
}

/** Queues calls and writes down when each one starts. */
function recorder(limiter: Limiter, clock: FakeClock) {
  const starts: Start[] = []
  const failures: unknown[] = []
  return {
    starts,
    failures,
    queue: (api: string, priority: Priority, tag = priority as string, signal?: AbortSignal) => {
      limiter.acquire(api, priority, signal).then(
        () => starts.push({ api, tag, at: clock.now() }),
        error => failures.push(error),
      )
    },
  }
}

/** The most starts in any second, wherever it begins. */
function densest(times: number[]): number {
  let most = 0
  for (let from = 0, to = 0; to < times.length; to++) {
    while ((times[to] ?? 0) - (times[from] ?? 0) >= 1000) from++
    most = Math.max(most, to - from + 1)
  }
  return most
}

const priority = fc.constantFrom<Priority>('login', 'interactive', 'sync', 'background')
const arrival = fc.record({
  wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1500 })),
  api: fc.constantFrom('a', 'b', 'c'),
  priority,
  complaint: fc.option(fc.constantFrom(qps, busyForAll), { freq: 8 }),
})

describe('limiter', () => {
  it('never starts more than the rate in any second, per API and over all, and starts everything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arrival, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
        async (arrivals, perApi, perApp) => {
          const clock = new FakeClock()
          const limiter = createLimiter({ clock, perApi, perApp })
          const seen = recorder(limiter, clock)
          for (const { wait, api, priority, complaint } of arrivals) {
            await clock.advance(wait)
            seen.queue(api, priority)
            if (complaint)
              limiter.report(api, complaint)
          }
          await clock.advance(400_000)
          expect(seen.starts).toHaveLength(arrivals.length)
          for (const api of ['a', 'b', 'c'])
            expect(densest(seen.starts.filter(start => start.api === api).map(start => start.at))).toBeLessThanOrEqual(perApi)
          expect(densest(seen.starts.map(start => start.at))).toBeLessThanOrEqual(perApp ?? Number.POSITIVE_INFINITY)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('spreads a burst, so that late arrivals do not meet the punctual ones of the next second', async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 20 })
    const seen = recorder(limiter, clock)
    for (let i = 0; i < 40; i++) seen.queue('a', 'sync')
    await clock.advance(2000)
    const gaps = seen.starts.slice(1).map((start, i) => start.at - (seen.starts[i]?.at ?? 0))
    expect(seen.starts).toHaveLength(40)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(24)
  })

  it('uses the rate it may use', async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 15 })
    const seen = recorder(limiter, clock)
    for (let i = 0; i < 150; i++) seen.queue('a', 'sync')
    await clock.advance(9_999)
    expect(seen.starts).toHaveLength(150)
  })

  it('lets logins go before interactive calls, those before the sync, the background last', async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 1 })
    const seen = recorder(limiter, clock)
    seen.queue('a', 'sync', 'first')
    for (const priority of ['background', 'sync', 'interactive', 'login'] as const) seen.queue('a', priority)
    await clock.advance(10_000)
    expect(seen.starts.map(start => start.tag)).toEqual(['first', 'login', 'interactive', 'sync', 'background'])
  })

  it('applies priorities across APIs when all share one limit', async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 15, perApp: 1 })
    const seen = recorder(limiter, clock)
    for (let i = 0; i < 5; i++) seen.queue('list', 'sync')
    seen.queue('getuserinfo', 'login')
    await clock.advance(1_001)
    expect(seen.starts.map(start => start.tag)).toEqual(['sync', 'login'])
  })

  it('starves nobody while logins never end', async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 10 })
    const seen = recorder(limiter, clock)
    seen.queue('a', 'sync')
    seen.queue('a', 'background')
    for (let second = 0; second < 20; second++) {
      for (let i = 0; i < 12; i++) seen.queue('a', 'login')
      await clock.advance(1000)
    }
    const at = (tag: string): number => (seen.starts.find(start => start.tag === tag)?.at ?? Number.NaN) - 1_800_000_000_000
    expect(at('sync')).toBeLessThan(3000)
    expect(at('background')).toBeLessThan(5000)
    expect(seen.starts.filter(start => start.tag === 'login').length).toBeGreaterThan(190)
  })

  it('starves no API while logins never end under a common limit', async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 15, perApp: 10 })
    const seen = recorder(limiter, clock)
    seen.queue('getuserinfo', 'login')
    seen.queue('list', 'sync')
    for (let second = 0; second < 10; second++) {
      for (let i = 0; i < 12; i++) seen.queue('getuserinfo', 'login')
      await clock.advance(1000)
    }
    expect(seen.starts.findIndex(start => start.tag === 'sync')).toBeGreaterThan(5)
    expect(seen.starts.findIndex(start => start.tag === 'sync')).toBeLessThan(15)
  })

  it('lets go of a caller that aborts, without losing its place in the pace', async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 1 })
    const seen = recorder(limiter, clock)
    const crawl = new AbortController()
    seen.queue('a', 'sync', 'running')
    for (let i = 0; i < 3; i++) seen.queue('a', 'sync', 'aborted', crawl.signal)
    seen.queue('a', 'sync', 'patient')
    await settle()
    crawl.abort(new Error('cancelled'))
    await clock.advance(1000)
    expect(seen.failures).toHaveLength(3)
    expect(seen.failures[0]).toMatchObject({ message: 'cancelled' })
    expect(seen.starts.map(start => start.tag)).toEqual(['running', 'patient'])
    expect(limiter.stats()).toMatchObject([{ api: 'a', queued: 0 }])
    await expect(limiter.acquire('a', 'sync', crawl.signal)).rejects.toThrow('cancelled')
  })

  it('rests and slows down when DingTalk complains, and recovers', async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 15 })
    const seen = recorder(limiter, clock)
    seen.queue('a', 'sync')
    await clock.advance(10)
    for (let i = 0; i < 5; i++) limiter.report('a', qps)
    expect(limiter.stats()[0]).toMatchObject({ rate: 10, pausedMs: 1000 })
    seen.queue('a', 'sync', 'later')
    seen.queue('b', 'sync', 'other API')
    await clock.advance(999)
    expect(seen.starts.map(start => start.tag)).toEqual(['sync', 'other API'])
    await clock.advance(1)
    expect(seen.starts.at(-1)?.tag).toBe('later')
    await clock.advance(25_000)
    expect(limiter.stats()[0]?.rate).toBe(15)
  })

  it('finds out that an account is counted as a whole', async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 15 })
    const seen = recorder(limiter, clock)
    for (let i = 0; i < 100; i++) {
      seen.queue('a', 'sync')
      seen.queue('b', 'sync')
    }
    await clock.advance(600)
    limiter.report('a', qps)
    await clock.advance(5000)
    const after = seen.starts.filter(start => start.at > 1_800_000_000_000 + 600 + 1000).map(start => start.at)
    expect(densest(after)).toBeLessThanOrEqual(22)
    expect(densest(after)).toBeGreaterThanOrEqual(15)
  })

  it('does not take a call too many at the very limit of one API for a limit over all, however late the answer', async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 20 })
    const seen = recorder(limiter, clock)
    const queue = (times: number) => {
      for (let i = 0; i < times; i++) ['a', 'b', 'c'].forEach(api => seen.queue(api, 'sync'))
    }
    queue(20)
    await clock.advance(1300)
    limiter.report('a', qps)
    queue(200)
    await clock.advance(11_000)
    for (const api of ['b', 'c']) expect(seen.starts.filter(start => start.api === api).length).toBe(220)
  })

  it('waits 1, 2, 4 seconds on a global overload, or until the named end', async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 15 })
    const pauses = [1, 2, 3, 4].map(() => {
      limiter.report('a', busyForAll)
      return limiter.stats()[0]?.pausedMs
    })
    expect(pauses).toEqual([1000, 2000, 4000, 4000])
    limiter.report('a', undefined)
    await clock.advance(5000)
    limiter.report('a', busyForAll)
    expect(limiter.stats()[0]).toMatchObject({ pausedMs: 1000, rate: 15 })
    limiter.report('a', new DingTalkError({ reason: '90002', api: 'a', httpStatus: 200, outcome: 'rejected', retryAfter: 40 }))
    expect(limiter.stats()[0]?.pausedMs).toBe(40_000)
  })

  it('stops everything for five minutes when the IP is banned, and tells how long it lasts', async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 1 })
    const seen = recorder(limiter, clock)
    for (let i = 0; i < 3; i++) seen.queue('a', 'login')
    await settle()
    limiter.report('a', ban)
    await clock.advance(60_000)
    expect(seen.failures).toMatchObject([{ reason: 'ip_banned', retryAfter: 300 }, { reason: 'ip_banned' }])
    await expect(limiter.acquire('b', 'login')).rejects.toMatchObject({ reason: 'ip_banned', retryAfter: 240 })
    await clock.advance(240_000)
    await limiter.acquire('b', 'login')
    expect(limiter.bannedMs()).toBe(0)
  })

  // Quadratic work would take minutes.
  it('handles 50,000 waiting calls of one crawl without effort', { timeout: 60_000 }, async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 60 })
    const seen = recorder(limiter, clock)
    const crawl = new AbortController()
    for (let i = 0; i < 50_000; i++) {
      seen.queue('a', i % 2 ? 'sync' : 'background', 'sync', crawl.signal)
    }
    expect(limiter.stats()[0]?.queued).toBe(49_999)
    await clock.advance(100_000)
    expect(seen.starts.length).toBeGreaterThan(5900)
    crawl.abort(new Error('enough'))
    await settle()
    expect(seen.failures.length + seen.starts.length).toBe(50_000)
    expect(limiter.stats()[0]?.queued).toBe(0)
  })

  it('rejects whoever still waits when it is closed', async () => {
    const clock = new FakeClock()
    const limiter = createLimiter({ clock, perApi: 1 })
    const seen = recorder(limiter, clock)
    seen.queue('a', 'login')
    seen.queue('a', 'login')
    limiter.close(new Error('closed'))
    await settle()
    expect(seen.failures).toMatchObject([{ message: 'closed' }])
  })
})
