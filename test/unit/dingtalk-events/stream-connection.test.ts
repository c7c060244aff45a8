import { createServer } from 'node:http'
import net from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DingTalkError } from '../../../server/dingtalk/index.ts'
import { textOf } from './callers.ts'
import { eventFrame, startGateway, systemFrame } from './gateway.ts'
import { run, until } from './streams.ts'

/** Moves on in steps that leave real sockets the time to answer. */
async function live(clock: { advance: (ms: number) => Promise<void> }, ms: number, step: number, between: () => Promise<void>): Promise<void> {
  for (let done = 0; done < ms; done += step) {
    await clock.advance(step)
    await between()
  }
}

describe('the connection', () => {
  it('uses a fresh ticket each time, and leaves no trace of it in the log or the state', async () => {
    const gateway = await startGateway()
    const { clock, connected, log, stream } = run({ gateway })
    await connected()
    ;(await gateway.session(1)).break()
    await until(() => expect(stream.state().status).toBe('reconnecting'))
    await clock.advance(1000)
    await connected(2)
    expect(gateway.sessions.map(session => session.request.url)).toEqual(['/connect?ticket=ticket-1', '/connect?ticket=ticket-2'])
    expect(textOf(log)).toContain('connecting again')
    expect(textOf(log)).not.toContain('ticket')
    expect(JSON.stringify(stream.state())).not.toContain('ticket')
  })

  it('moves at once when DingTalk announces the end, and still answers on the old one', async () => {
    const gateway = await startGateway()
    let store = (): void => {}
    const { clock, connected, gaps } = run({
      gateway,
      onEvent: () =>
        new Promise((resolve) => {
          store = resolve
        }),
    })
    await connected()
    const first = await gateway.session(1)
    await live(clock, 32_000, 8000, async () => {
      const before = first.answers.length
      first.send(systemFrame('ping', {}))
      await until(() => expect(first.answers.length).toBe(before + 1))
    })
    first.send(eventFrame('e1'))
    first.send(systemFrame('disconnect', { reason: 'connection is expired' }))
    await connected(2)
    store()
    expect((await first.answerTo('m-e1')).data).toContain('SUCCESS')
    expect(first.closed).toBeUndefined()
    await clock.advance(15_000)
    await until(() => expect(first.closed).toBeDefined())
    expect((await gateway.session(2)).closed).toBeUndefined()
    expect(gaps).toEqual([])
  })

  it('does not hammer a gateway that sends everyone away', async () => {
    const gateway = await startGateway({ greeting: systemFrame('disconnect', { reason: 'overloaded' }) })
    const { clock, opened, stream } = run({ gateway })
    for (let nth = 1; nth <= 5; nth++) {
      await until(() => expect(stream.state()).toMatchObject({ status: 'reconnecting', failures: nth }))
      await clock.advance(2 ** (nth - 1) * 1000 - 1)
      expect(opened).toHaveLength(nth)
      await clock.advance(1)
      expect(opened).toHaveLength(nth + 1)
    }
  })

  it('stays as long as DingTalk answers pings', async () => {
    const gateway = await startGateway()
    const { clock, connected, opened, stream } = run({ gateway })
    await connected()
    const session = await gateway.session(1)
    for (let nth = 1; nth <= 30; nth++) {
      await clock.advance(20_000)
      await until(() => expect(stream.state().heardAt).toBe(clock.now()))
    }
    expect(session.pings).toBe(30)
    expect(opened).toHaveLength(1)
  })

  it('is given up after 50 s of silence, and the gap is reported', async () => {
    const gateway = await startGateway({ pongs: false })
    const { clock, connected, gaps, stream } = run({ gateway })
    await connected()
    const from = clock.now()
    await clock.advance(49_000)
    expect(stream.state().status).toBe('connected')
    await clock.advance(1000)
    expect(stream.state()).toMatchObject({ status: 'reconnecting', since: from + 50_000 })
    await clock.advance(1000)
    await connected(2)
    expect(gaps).toEqual([{ from, to: from + 51_000, reason: 'silent' }])
    await until(() => expect(gateway.sessions[0]?.closed).toBe(1006))
  })

  it('is made anew after the machine slept', async () => {
    const gateway = await startGateway()
    const { clock, connected, gaps, sleep } = run({ gateway })
    await connected()
    const from = clock.now()
    sleep(3_600_000)
    await clock.advance(20_000)
    await clock.advance(1000)
    await connected(2)
    expect(gaps).toMatchObject([{ from, reason: 'silent' }])
  })

  it('does not survive a frame of absurd size, but the stream does', async () => {
    const gateway = await startGateway()
    const { clock, connected, stream } = run({ gateway })
    await connected()
    ;(await gateway.session(1)).send('x'.repeat(5 * 1024 * 1024))
    await until(() => expect(stream.state().status).toBe('reconnecting'))
    await clock.advance(1000)
    await connected(2)
  })
})

describe('gaps', () => {
  it('are reported after a long absence, from the last sign of life', async () => {
    const gateway = await startGateway()
    const port = Number(new URL(gateway.url).port)
    const { clock, connected, gaps, stream, opened } = run({ gateway })
    await connected()
    const from = clock.now()
    await gateway.close()
    await until(() => expect(stream.state().status).toBe('reconnecting'))
    for (const pause of [1, 2, 4, 8, 16]) {
      const attempts = opened.length
      await clock.advance(pause * 1000)
      expect(opened).toHaveLength(attempts + 1)
      const failures = attempts + 1
      await until(() => expect(stream.state().failures).toBe(failures))
    }
    expect(stream.state()).toMatchObject({ status: 'reconnecting', error: { reason: 'network', text: 'ECONNREFUSED' } })
    await startGateway({ port })
    await clock.advance(32_000)
    await connected(2)
    expect(gaps).toEqual([{ from, to: from + 63_000, reason: 'closed' }])
    expect(stream.state().error).toBeUndefined()
  })

  it('are not reported after a short absence', async () => {
    const gateway = await startGateway()
    const { clock, connected, gaps, stream } = run({ gateway })
    await connected()
    ;(await gateway.session(1)).break()
    await until(() => expect(stream.state().status).toBe('reconnecting'))
    await clock.advance(1000)
    await connected(2)
    expect(gaps).toEqual([])
  })

  it('include the time before the start, when it is known', async () => {
    const gateway = await startGateway()
    const heardAt = 1_800_000_000_000 - 86_400_000
    const { connected, gaps } = run({ gateway, heardAt })
    await connected()
    expect(gaps).toEqual([{ from: heardAt, to: 1_800_000_000_000, reason: 'started' }])
  })

  it('do not break the stream when the catch-up fails', async () => {
    const gateway = await startGateway()
    const { connected, log } = run({
      gateway,
      heardAt: 0,
      onGap: () => {
        throw new Error('no catch-up today')
      },
    })
    await connected()
    await until(() => expect(textOf(log)).toContain('no catch-up today'))
  })
})

describe('a gateway that cannot be reached', () => {
  it('is tried after 1, 2, 4 … 60 s', async () => {
    const { clock, opened, stream } = run({
      open: () => Promise.reject(new DingTalkError({ reason: 'network', api: '/open', httpStatus: 0, outcome: 'rejected' })),
    })
    await clock.advance(400_000)
    expect(opened.slice(1).map((at, i) => (at - opened[i]!) / 1000)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60])
    expect(stream.state()).toMatchObject({ status: 'connecting', since: 1_800_000_000_000, failures: 12 })
  })

  it('is left alone as long as DingTalk wants', async () => {
    const { clock, opened } = run({
      open: () => Promise.reject(new DingTalkError({ reason: 'ip_banned', api: '/open', httpStatus: 200, outcome: 'rejected', retryAfter: 300 })),
    })
    await clock.advance(299_000)
    expect(opened).toHaveLength(1)
    await clock.advance(1000)
    expect(opened).toHaveLength(2)
  })

  it('says so when it refuses the ticket', async () => {
    const server = createServer((_, res) => res.writeHead(401).end())
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as net.AddressInfo
    const { stream } = run({ open: async () => new URL(`ws://127.0.0.1:${port}/connect?ticket=t`) })
    await until(() => expect(stream.state().error).toMatchObject({ reason: 'network', text: '401' }))
  })

  it('is given up after 10 s when it accepts and says nothing', async () => {
    const sockets: net.Socket[] = []
    const server = net.createServer(socket => sockets.push(socket))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      sockets.forEach(socket => socket.destroy())
      server.close()
    })
    const { port } = server.address() as net.AddressInfo
    const { stream, clock } = run({ open: async () => new URL(`ws://127.0.0.1:${port}/connect?ticket=t`) })
    await until(() => expect(sockets).toHaveLength(1))
    const gone = new Promise(resolve => sockets[0]!.once('close', resolve).resume())
    await clock.advance(10_000)
    await until(() => expect(stream.state().error).toMatchObject({ reason: 'timeout' }))
    await gone
  })
})

describe('stopping', () => {
  it('lets an event be stored and acknowledged first, then closes politely', async () => {
    const gateway = await startGateway()
    let store = (): void => {}
    const { stream, connected, opened } = run({
      gateway,
      onEvent: () =>
        new Promise((resolve) => {
          store = resolve
        }),
    })
    await connected()
    const session = await gateway.session(1)
    session.send(eventFrame('e1'))
    await until(() => expect(stream.state().lastEventAt).toBeDefined())
    const stopped = stream.stop()
    session.send(eventFrame('e2'))
    expect((await session.answerTo('m-e2')).data).toContain('LATER')
    store()
    await stopped
    expect(session.answers.map(answer => [answer.headers.messageId, answer.data.includes('SUCCESS')])).toEqual([
      ['m-e2', false],
      ['m-e1', true],
    ])
    await until(() => expect(session.closed).toBe(1000))
    expect(stream.state().status).toBe('stopped')
    expect(opened).toHaveLength(1)
  })

  it('works while connecting, while pausing, and twice', async () => {
    const connecting = run({ open: signal => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))) })
    await connecting.stream.stop()
    const pausing = run({ open: () => Promise.reject(new Error('no')) })
    await until(() => expect(pausing.stream.state().failures).toBe(1))
    await pausing.stream.stop()
    await pausing.stream.stop()
    await pausing.clock.advance(120_000)
    expect([connecting.opened.length, pausing.opened.length]).toEqual([1, 1])
    expect(pausing.clock.next).toBeUndefined()
  })

  it('does not wait for a gateway that does not close', async () => {
    const gateway = await startGateway()
    const { stream, connected, clock } = run({ gateway })
    await connected()
    const session = await gateway.session(1)
    session.request.socket.pause()
    const stopped = stream.stop()
    await until(() => expect(clock.next).toBeDefined())
    await clock.advance(1000)
    await stopped
    expect(stream.state().status).toBe('stopped')
  })
})
