import type { FreshParts } from '../../server/directory/sync/fresh/index.ts'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DingTalkError } from '../../server/dingtalk/index.ts'
import { createFailedList } from '../../server/directory/sync/fresh/channel/failed-list.ts'
import { createStreamKeeper } from '../../server/directory/sync/fresh/channel/stream.ts'
import { recall, remember } from '../../server/directory/sync/fresh/memory.ts'
import { freshEmbedded } from '../support/database.ts'

const log = pino({ level: 'silent' })

describe('a gap in DingTalk\'s events', () => {
  let database: Awaited<ReturnType<typeof freshEmbedded>>
  beforeEach(async () => {
    database = await freshEmbedded()
  })
  afterEach(async () => {
    vi.useRealTimers()
    await database.close()
  })

  it('of a stream that nobody could be told of is told until somebody knows, and keeps its beginning', async () => {
    const { db } = database
    let report: ((gap: { reason: 'not_stored', from: number, to: number }) => Promise<void>) | undefined
    let reachable = false
    const told: string[] = []
    const keeper = createStreamKeeper({
      db,
      dingtalk: {
        events: {
          startStream: ({ onGap }: { onGap: typeof report }) => {
            report = onGap
            return { state: () => ({ status: 'connected', since: 1, heardAt: 5_000_000, reconnects: 0, failures: 0 }), stop: async () => {} }
          },
        },
      } as unknown as FreshParts['dingtalk'],
      credentials: async () => ({ corpId: 'c', clientId: 'i', clientSecret: 's' }),
      log,
      settings: { read: async () => ({ channel: 'stream' }) } as never,
      intake: {} as never,
      onGap: async (why) => {
        if (!reachable)
          throw new Error('the database is away')
        told.push(why)
      },
      timings: { stream: {} } as never,
    })
    await remember(db, { heardAt: 1_000_000 })
    await keeper.reconcile()
    await remember(db, { heardAt: 1_000_000 })
    await expect(report!({ reason: 'not_stored', from: 0, to: 90_000 })).rejects.toThrow('away')
    await expect(keeper.reconcile()).rejects.toThrow('away')
    await keeper.stop()
    expect((await recall(db)).heardAt).toBe(1_000_000)

    reachable = true
    await keeper.reconcile()
    await keeper.reconcile()
    expect(told).toEqual([expect.stringContaining('90 s')])
    await keeper.stop()
  })

  it('that failed pushes left is asked for again soon when DingTalk refused for a passing reason, and not for another', async () => {
    const began = Date.now()
    const at = (minutes: number) => vi.useFakeTimers({ now: began + minutes * 60_000, toFake: ['Date'] })
    let reason = '90018'
    let calls = 0
    const list = createFailedList({
      db: database.db,
      dingtalk: {
        events: {
          async* failedPushes() {
            calls++
            throw new DingTalkError({ reason, api: '/call_back/get_call_back_failed_result', httpStatus: 200, outcome: 'rejected' })
          },
        },
      } as unknown as FreshParts['dingtalk'],
      credentials: async () => ({ corpId: 'c', clientId: 'i', clientSecret: 's' }),
      log,
      settings: { read: async () => ({ channel: 'http' }) } as never,
      intake: {} as never,
      onGap: async () => {},
    })
    const ask = async (minutes: number) => {
      at(minutes)
      const before = calls
      await list.ask(new AbortController().signal)
      return calls - before
    }
    // The looks after a start.
    expect([await ask(0), await ask(6)]).toEqual([1, 1])
    expect([await ask(7), await ask(13)]).toEqual([0, 1])
    reason = '60011'
    expect([await ask(20), await ask(30), await ask(60)]).toEqual([1, 0, 0])
  })
})
