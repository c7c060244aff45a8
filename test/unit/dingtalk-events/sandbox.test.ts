import type { Events } from '../../../server/dingtalk/events/create.ts'
import type { FailedBatch } from '../../../server/dingtalk/events/failed.ts'
import type { PushOutcome } from '../../../server/dingtalk/events/http-push.ts'
import type { StreamOptions } from '../../../server/dingtalk/events/stream/options.ts'
import type { Stream } from '../../../server/dingtalk/events/stream/stream.ts'
import type { TestPlatform } from '../sandbox/open-platform.ts'
import { createServer } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { systemClock } from '../../../server/dingtalk/clock.ts'
import { createEvents } from '../../../server/dingtalk/events/create.ts'
import { readPush } from '../../../server/dingtalk/events/http-push.ts'
import { generateEventSecrets } from '../../../server/dingtalk/events/secrets.ts'
import { startTestPlatform } from '../sandbox/open-platform.ts'
import { callersOf, createLog } from './callers.ts'

/* The sandbox was written from the same facts by itself, so both sides have to agree on them. */

let platform: TestPlatform
let events: Events

beforeAll(async () => {
  platform = await startTestPlatform({ settings: { events: { channel: 'stream', pingMs: null } } })
})
beforeEach(async () => {
  platform.platform.control.reset()
  const { body } = await platform.raw(`/gettoken?appkey=${platform.app.clientId}&appsecret=${platform.app.clientSecret}`)
  const log = createLog()
  const url = platform.platformUrl
  events = createEvents({
    ...callersOf({ url, calls: [], of: () => [] }, log, String(body.access_token)),
    credentials: async () => ({ corpId: platform.app.corpId, clientId: platform.app.clientId, clientSecret: platform.app.clientSecret }),
    hosts: { api: url, oapi: url, login: url },
    clock: systemClock,
    logger: log,
    timeoutMs: 3000,
  })
})
afterAll(() => platform.close())

const control = () => platform.platform.control
const app = () => platform.app

async function streaming(options: Partial<StreamOptions> = {}): Promise<{ stream: Stream, seen: unknown[] }> {
  const seen: unknown[] = []
  const stream = events.startStream({
    corpId: app().corpId,
    onEvent: async ({ type, data, corpId }) => void seen.push({ type, data, corpId }),
    onGap: () => {},
    ...options,
  })
  onTestFinished(() => stream.stop())
  await vi.waitFor(() => expect(stream.state().status).toBe('connected'), 3000)
  return { stream, seen }
}

describe('a stream, with the sandbox', () => {
  it('receives what happens in the company, once', async () => {
    const { seen } = await streaming()
    control().mutate({ op: 'removeMember', userid: 'lisi' })
    const [delivery] = control().events.log()
    await vi.waitFor(() => expect(delivery?.state).toBe('done'))
    expect(seen).toEqual([{ type: 'user_leave_org', corpId: app().corpId, data: { userids: ['lisi'] } }])
    expect(delivery?.attempts).toMatchObject([{ outcome: 'success' }])
  })

  it('gets again what could not be stored', async () => {
    let calls = 0
    await streaming({
      onEvent: async () => {
        if (++calls === 1)
          throw new Error('the database is away')
      },
    })
    const [delivery] = control().events.emit({ type: 'org_change' })
    await vi.waitFor(() => expect(delivery?.attempts).toMatchObject([{ outcome: 'later' }]))
    control().shiftClock(10_000)
    await vi.waitFor(() => expect(delivery?.state).toBe('done'))
    expect(calls).toBe(2)
  })

  it('answers pings, and comes back when DingTalk asks for it', async () => {
    const { stream } = await streaming()
    control().events.command({ action: 'ping' })
    expect(control().events.connections()).toMatchObject([{ unansweredPings: 1 }])
    await vi.waitFor(() => expect(control().events.connections()).toMatchObject([{ unansweredPings: 0 }]))
    control().events.command({ action: 'disconnect' })
    await vi.waitFor(() => expect(stream.state()).toMatchObject({ status: 'connected', reconnects: 1 }), 5000)
    const [delivery] = control().events.emit({ type: 'org_change' })
    await vi.waitFor(() => expect(delivery?.state).toBe('done'))
  })

  it('notices a connection that is dead but open', async () => {
    const gaps: unknown[] = []
    const { stream } = await streaming({ onGap: gap => void gaps.push(gap), timings: { keepaliveMs: 50, silenceMs: 200, gapMs: 100 } })
    control().events.command({ action: 'dead' })
    await vi.waitFor(() => expect(stream.state().reconnects).toBe(1), 5000)
    expect(gaps).toMatchObject([{ reason: 'silent' }])
  })
})

describe('pushes over HTTP, with the sandbox', () => {
  const secrets = generateEventSecrets()

  /** An address that answers as the server will; `storing` decides whether an event can be stored. */
  async function receiver(storing: () => boolean): Promise<{ url: string, outcomes: PushOutcome[] }> {
    const outcomes: PushOutcome[] = []
    const server = createServer((req, res) => {
      void (async () => {
        const body: unknown = JSON.parse((await req.toArray()).join(''))
        const query = Object.fromEntries(new URL(req.url ?? '', 'http://x').searchParams)
        const outcome = readPush(query, body, {
          secrets: { ...secrets, owner: app().clientId },
          corpId: app().corpId,
          now: Date.now(),
          windowMs: 3_600_000,
        })
        outcomes.push(outcome)
        const answered = outcome.kind !== 'refused' && (outcome.kind !== 'event' || storing())
        res.writeHead(answered ? 200 : 500).end(JSON.stringify(answered ? outcome.reply : {}))
      })()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const address = server.address()
    return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/dingtalk/events`, outcomes }
  }

  it('passes the check of the address and receives events', async () => {
    const { url, outcomes } = await receiver(() => true)
    await control().events.subscribe({ channel: 'http', url, ...secrets })
    control().mutate({ op: 'removeMember', userid: 'lisi' })
    const [delivery] = control().events.log()
    await vi.waitFor(() => expect(delivery?.state).toBe('done'))
    expect(outcomes).toMatchObject([
      { kind: 'check_url' },
      { kind: 'event', event: { id: delivery?.eventId, type: 'user_leave_org', at: delivery?.bornAt, data: { userids: ['lisi'] } } },
    ])
  })

  it('finds the failed ones afterwards', async () => {
    const { url } = await receiver(() => false)
    await control().events.subscribe({ channel: 'http', url, ...secrets })
    control().settings({ events: { retryMs: [], readableMs: 0 } })
    const deliveries = control().events.burst({ count: 250, type: 'org_dept_modify', unknown: true })
    await vi.waitFor(() => expect(deliveries.every(({ state }) => state === 'parked')).toBe(true), 5000)
    const batches: FailedBatch[] = []
    for await (const batch of events.failedPushes()) batches.push(batch)
    expect(batches.map(batch => [batch.events.length, batch.unreadable])).toEqual([
      [200, 0],
      [50, 0],
    ])
    expect(new Set(batches.flatMap(batch => batch.events.map(event => event.data.deptIds?.[0]))).size).toBe(250)
  })
})
