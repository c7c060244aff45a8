import type { TestPlatform } from './open-platform.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startTestPlatform } from './open-platform.ts'
import { connect, open, OPEN } from './stream-client.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startTestPlatform({ settings: { events: { channel: 'stream', pingMs: null } } })
})
beforeEach(() => platform.platform.control.reset())
afterAll(() => platform.close())

const events = () => platform.platform.control.events

describe('opening a stream', () => {
  it('needs the credentials, no token, and answers an address on this server', async () => {
    const { status, body } = await open(platform)
    expect([status, body.endpoint]).toEqual([200, `${platform.platformUrl.replace('http', 'ws')}/connect`])
    expect(await open(platform, { clientSecret: 'wrong' })).toMatchObject({ status: 401, body: { code: 'authFailed' } })
  })

  it.each([
    { subscriptions: [] },
    { subscriptions: [{ type: 'EVENT', topic: 'user_add_org' }] },
    { subscriptions: [{ type: 'CALLBACK', topic: '/v1.0/unknown' }] },
    { clientId: 1 },
  ])('refuses %o', async (input) => {
    expect((await open(platform, input)).status).toBe(400)
  })

  it('answers XML to those who do not ask for JSON', async () => {
    const reply = await open(platform, {}, {})
    expect(reply.headers.get('content-type')).toContain('application/xml')
    expect(reply.text).toMatch(/<ticket>[0-9a-f]+<\/ticket>/)
  })

  it('can be refused by a scripted fault', async () => {
    platform.platform.control.faults({ path: OPEN, kind: 'status', status: 503, times: 1 })
    expect((await open(platform)).status).toBe(503)
    expect((await open(platform)).status).toBe(200)
  })

  it('hands out tickets that live 90 seconds and open one connection', async () => {
    const ticket = String((await open(platform)).body.ticket)
    const stale = String((await open(platform)).body.ticket)
    const client = await connect(platform, ticket)
    await expect(connect(platform, ticket), 'used').rejects.toThrow('401')
    platform.platform.control.shiftClock(90_000)
    await expect(connect(platform, stale), 'too old').rejects.toThrow('401')
    await expect(connect(platform, 'nonsense')).rejects.toThrow('401')
    expect(events().connections()).toMatchObject([{ state: 'open', events: true }])
    client.ws.close()
    await client.gone
    await vi.waitFor(() => expect(events().connections()).toEqual([]))
  })
})

describe('a stream connection', () => {
  it('is pinged by hand and at intervals, and the answers are checked', async () => {
    const client = await connect(platform)
    expect(events().command({ action: 'ping' })).toBe(1)
    await vi.waitFor(() => expect(client.system).toHaveLength(1))
    expect(JSON.parse(client.system[0]?.data ?? '')).toEqual({ opaque: expect.any(String) })
    await vi.waitFor(() => expect(events().connections()[0]?.unansweredPings).toBe(0))

    platform.platform.control.settings({ events: { pingMs: 60_000 } })
    const second = await connect(platform)
    platform.platform.control.shiftClock(60_000)
    await vi.waitFor(() => expect(second.system).toHaveLength(1))
    platform.platform.control.shiftClock(60_000)
    await vi.waitFor(() => expect(second.system).toHaveLength(2))
  })

  it('is announced to end, gets nothing more, and is closed ten seconds later', async () => {
    const client = await connect(platform)
    events().command({ action: 'disconnect', reason: 'connection is expired' })
    await vi.waitFor(() => expect(client.system).toHaveLength(1))
    expect(client.system[0]).toMatchObject({ headers: { topic: 'disconnect' }, data: '{"reason":"connection is expired"}' })
    const [delivery] = events().emit({ type: 'org_change' })
    expect(delivery?.attempts.map(({ outcome }) => outcome)).toEqual(['no-connection'])
    expect(client.ws.readyState).toBe(client.ws.OPEN)
    platform.platform.control.shiftClock(10_000)
    await client.gone
    expect(client.events).toEqual([])
  })

  it('goes dead: no frames, no pong, no closing handshake, but an open TCP connection', async () => {
    const client = await connect(platform)
    const pongs = vi.fn()
    client.ws.on('pong', pongs)
    client.ws.ping()
    await vi.waitFor(() => expect(pongs).toHaveBeenCalledTimes(1))
    events().command({ action: 'dead' })
    events().command({ action: 'ping' })
    events().emit({ type: 'org_change' })
    client.ws.ping()
    client.ws.close()
    // A second connection works: whatever the dead one was going to answer would have come by now.
    const other = await connect(platform)
    other.ws.ping()
    await new Promise(resolve => other.ws.once('pong', resolve))
    expect(pongs).toHaveBeenCalledTimes(1)
    expect([client.system.length, client.events.length, client.ws.readyState]).toEqual([0, 0, client.ws.CLOSING])
    client.ws.terminate()
    await vi.waitFor(() => expect(events().connections()).toHaveLength(1))
  })

  it('is cut without a word, one of them or all', async () => {
    const [first, second] = [await connect(platform), await connect(platform)]
    const connectionId = events().connections()[0]?.connectionId ?? ''
    expect(events().command({ action: 'drop', connectionId })).toBe(1)
    expect(await first.gone).toBe(1006)
    expect(second.ws.readyState).toBe(second.ws.OPEN)
    expect(() => events().command({ action: 'drop', connectionId: 'nobody' })).toThrow(/no such connection/)
    platform.platform.control.reset()
    expect(await second.gone).toBe(1006)
  })

  it('carries other system topics, and shrugs at what it cannot read', async () => {
    const client = await connect(platform)
    client.ws.send('nonsense')
    client.ws.send('{"code":200,"headers":{"messageId":"unknown"},"data":"{}"}')
    events().command({ action: 'system', topic: 'KEEPALIVE' })
    await vi.waitFor(() => expect(client.system.map(({ headers }) => headers.topic)).toEqual(['KEEPALIVE']))
    await vi.waitFor(() =>
      expect(
        events()
          .connections()[0]
          ?.frames
          .map(({ from }) => from)
          .sort(),
      ).toEqual(['client', 'client', 'platform']),
    )
  })
})
