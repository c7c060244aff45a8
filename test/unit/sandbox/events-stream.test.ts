import type { Delivery } from '../../../sandbox/dingtalk/platform/events/event.ts'
import type { TestPlatform } from './open-platform.ts'
import type { AckManner } from './stream-client.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startTestPlatform } from './open-platform.ts'
import { connect, open } from './stream-client.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startTestPlatform({ settings: { events: { channel: 'stream', pingMs: null } } })
})
beforeEach(() => platform.platform.control.reset())
afterAll(() => platform.close())

const events = () => platform.platform.control.events
const outcomes = (delivery: Delivery | undefined): string[] | undefined => delivery?.attempts.map(attempt => attempt.outcome)

describe('stream push', () => {
  it('sends the metadata in string headers and the fields as JSON in data', async () => {
    const client = await connect(platform)
    platform.platform.control.mutate({ op: 'removeMember', userid: 'lisi' })
    const [delivery] = events().log()
    await vi.waitFor(() => expect(delivery?.state).toBe('done'))
    const text = expect.any(String) as string
    expect(client.events).toEqual([
      {
        specVersion: '1.0',
        type: 'EVENT',
        headers: {
          appId: text,
          connectionId: events().connections()[0]?.connectionId,
          topic: '*',
          messageId: text,
          contentType: 'application/json',
          time: text,
          eventType: 'user_leave_org',
          eventId: delivery?.eventId,
          eventCorpId: platform.app.corpId,
          eventBornTime: String(delivery?.bornAt),
          eventUnifiedAppId: text,
        },
        data: JSON.stringify({ timeStamp: delivery?.fields.timeStamp, userId: ['lisi'] }),
      },
    ])
    expect(delivery?.attempts).toMatchObject([{ outcome: 'success', reply: '{"status":"SUCCESS","message":""}' }])
  })

  it('can write old keys and leave out the eventId', async () => {
    const client = await connect(platform)
    events().emit({ type: 'user_add_org', fields: { userId: ['niemand'] }, oldKeys: true, withoutEventId: true })
    await vi.waitFor(() => expect(client.events).toHaveLength(1))
    expect(client.events[0]?.headers).not.toHaveProperty('eventId')
    expect(client.events[0]?.data).toBe('{"UserId":["niemand"]}')
  })

  it('sends again after three seconds without an ack, with the same eventId and another messageId', async () => {
    const client = await connect(platform)
    client.manner = 'none'
    const [delivery] = events().emit({ type: 'org_change' })
    await vi.waitFor(() => expect(client.events).toHaveLength(1))
    platform.platform.control.shiftClock(3000)
    await vi.waitFor(() => expect(client.events).toHaveLength(2))
    const [first, second] = client.events
    expect(second?.headers.eventId).toBe(first?.headers.eventId)
    expect(second?.headers.messageId).not.toBe(first?.headers.messageId)
    if (first === undefined || second === undefined)
      throw new Error('two frames expected')
    client.ack(first)
    await vi.waitFor(() => expect(delivery?.attempts[0]).toMatchObject({ outcome: 'timeout', late: true }))
    expect(delivery?.state, 'late acks do not count').toBe('pending')
    client.ack(second)
    await vi.waitFor(() => expect(delivery?.state).toBe('done'))
  })

  it.each<[AckManner, string]>([
    ['LATER', 'later'],
    ['error', 'bad-ack'],
    ['broken', 'timeout'],
  ])('sends again after the ack %s', async (manner, outcome) => {
    const client = await connect(platform)
    client.manner = manner
    const [delivery] = events().emit({ type: 'org_change' })
    await vi.waitFor(() => expect(client.events).toHaveLength(1))
    client.manner = 'SUCCESS'
    if (outcome !== 'timeout')
      await vi.waitFor(() => expect(outcomes(delivery)).toEqual([outcome]))
    platform.platform.control.shiftClock(3000)
    await vi.waitFor(() => expect(delivery?.state).toBe('done'))
    expect(outcomes(delivery)).toEqual([outcome, 'success'])
  })

  it('gives up in the end, and without connections after two more looks', async () => {
    platform.platform.control.settings({ events: { ackMs: 0, redeliveries: 2 } })
    const client = await connect(platform)
    client.manner = 'none'
    const [delivery] = events().emit({ type: 'org_change' })
    await vi.waitFor(() => expect(delivery?.state).toBe('lost'))
    expect(outcomes(delivery)).toEqual(['timeout', 'timeout', 'timeout'])
    client.ws.terminate()
    await vi.waitFor(() => expect(events().connections()).toEqual([]))
    platform.platform.control.settings({ events: { retryMs: [0, 0], redeliveries: 5 } })
    const [alone] = events().emit({ type: 'org_change' })
    await vi.waitFor(() => expect(alone?.state).toBe('lost'))
    expect(outcomes(alone)).toEqual(['no-connection', 'no-connection', 'no-connection'])
  })

  it('finds a connection that comes back in time, and one that is alive beside a dead one', async () => {
    const [waiting] = events().emit({ type: 'org_change' })
    const dead = await connect(platform)
    events().command({ action: 'dead' })
    const client = await connect(platform)
    platform.platform.control.settings({ events: { redeliveries: 1000, ackMs: 100 } })
    platform.platform.control.shiftClock(10_000)
    await vi.waitFor(() => expect(waiting?.state).toBe('done'), 10_000)
    expect(outcomes(waiting)?.[0]).toBe('no-connection')
    expect(new Set(client.events.map(({ headers }) => headers.eventId))).toEqual(new Set([waiting?.eventId]))
    expect(dead.events).toEqual([])
  })

  it('spreads over the connections that take events', async () => {
    const clients = [await connect(platform), await connect(platform), await connect(platform)]
    const { body } = await open(platform, { subscriptions: [{ type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' }] })
    const bot = await connect(platform, String(body.ticket))
    const deliveries = events().burst({ count: 300 })
    await vi.waitFor(() => expect(deliveries.every(({ state }) => state === 'done')).toBe(true), 5000)
    expect(clients.reduce((sum, client) => sum + client.events.length, 0)).toBe(300)
    // Each connection gets about 100; none at all would be a chance of 1 in 10^52.
    expect(Math.min(...clients.map(client => client.events.length))).toBeGreaterThan(0)
    expect(bot.events).toEqual([])
  })

  it('does not use the stream while another channel is saved', async () => {
    const client = await connect(platform)
    await events().subscribe({ channel: 'off' })
    platform.platform.control.mutate({ op: 'removeMember', userid: 'lisi' })
    await events().subscribe({ channel: 'stream' })
    platform.platform.control.mutate({ op: 'removeMember', userid: 'wangwu' })
    await vi.waitFor(() => expect(client.events).toHaveLength(1))
    expect(client.events[0]?.data).toContain('wangwu')
  })
})

describe('scripted disorder', () => {
  it('sends copies, reverses, bursts, and names people nobody knows', async () => {
    const client = await connect(platform)
    events().hold()
    events().emit({ type: 'org_change', eventId: 'same', copies: 3 }, { type: 'user_add_org', fields: { userId: ['lisi'] } })
    platform.platform.control.mutate({ op: 'removeMember', userid: 'lisi' })
    expect(client.events).toEqual([])
    events().release({ order: 'reversed' })
    await vi.waitFor(() => expect(client.events).toHaveLength(5))
    expect(client.events.map(({ headers }) => headers.eventType)).toEqual([
      'user_leave_org',
      'user_add_org',
      'org_change',
      'org_change',
      'org_change',
    ])
    expect(client.events.slice(2).map(({ headers }) => headers.eventId)).toEqual(['same', 'same', 'same'])

    client.events = []
    const deliveries = events().burst({ count: 5000, unknown: true })
    await vi.waitFor(() => expect(deliveries.every(({ state }) => state === 'done')).toBe(true), 10_000)
    expect(new Set(client.events.map(({ data }) => data)).size).toBe(5000)
    expect(client.events[0]?.data).toContain('unknown-0')
  })
})

describe('events over the control API', () => {
  const post = async (path: string, body: object = {}) =>
    platform.raw(`/__sandbox/events${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

  it('emits, holds, releases, commands and reads', async () => {
    const client = await connect(platform)
    expect((await post('/hold')).body).toEqual({ ok: true })
    expect((await post('/emit', { type: 'user_add_org', fields: { userId: ['x'] }, eventId: 'abc', copies: 2 })).body).toEqual({ eventIds: ['abc'] })
    expect((await post('/burst', { count: 3 })).body.eventIds).toHaveLength(3)
    expect((await post('/release', { order: 'shuffled' })).body).toEqual({ released: 5 })
    await vi.waitFor(async () => expect((await platform.raw('/__sandbox/events')).body.counts).toEqual({ done: 5 }))
    expect((await platform.raw('/__sandbox/events?eventId=abc&limit=1')).body).toMatchObject({
      subscription: { channel: 'stream' },
      events: [{ eventId: 'abc', fields: { userId: ['x'] }, attempts: [{ outcome: 'success' }] }],
    })
    expect((await post('/connections', { action: 'drop' })).body).toEqual({ connections: 1 })
    await client.gone
    expect((await platform.raw('/__sandbox/events/connections')).body).toEqual({ connections: [] })
    await platform.raw('/__sandbox/events', { method: 'DELETE' })
    expect((await platform.raw('/__sandbox/events')).body).toMatchObject({ counts: {}, events: [] })
  })

  it('refuses nonsense with a sentence', async () => {
    expect((await post('/emit', {})).body.error).toContain('type')
    expect((await post('/burst', { count: 0 })).status).toBe(400)
    expect((await post('/subscription', { channel: 'pigeon' })).status).toBe(400)
    await post('/subscription', { channel: 'off' })
    expect((await post('/emit', { type: 'org_change' })).body.error).toContain('subscribes to no events')
  })
})
