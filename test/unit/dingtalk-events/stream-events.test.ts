import { describe, expect, it } from 'vitest'
import { eventFrame, startGateway, systemFrame } from './gateway.ts'
import { run, until } from './streams.ts'

const later = expect.stringContaining('"status":"LATER"')

describe('events over the stream', () => {
  it('are acknowledged only when they are stored', async () => {
    const gateway = await startGateway()
    let store = (): void => {}
    const { stream } = run({
      gateway,
      onEvent: () =>
        new Promise((resolve) => {
          store = resolve
        }),
    })
    const session = await gateway.session(1)
    session.send(eventFrame('e1'))
    session.send(systemFrame('ping', { opaque: 'x' }))
    // the answer to the later ping comes first
    await session.answerTo('sys-ping')
    expect(session.answers).toHaveLength(1)
    store()
    expect(await session.answerTo('m-e1')).toEqual({
      code: 200,
      message: 'OK',
      headers: { messageId: 'm-e1', contentType: 'application/json' },
      data: JSON.stringify({ status: 'SUCCESS', message: 'success' }),
    })
    expect(stream.state().lastEventAt).toBe(1_800_000_000_000)
  })

  it('arrive in the common shape', async () => {
    const gateway = await startGateway()
    const { events } = run({ gateway })
    const session = await gateway.session(1)
    session.send(eventFrame('e1', { timeStamp: '1685501863357', userId: ['u1'] }))
    await session.answerTo('m-e1')
    expect(events).toEqual([
      {
        id: 'e1',
        type: 'user_add_org',
        corpId: 'dingcorp',
        at: 1683533823336,
        data: { userids: ['u1'] },
        raw: { timeStamp: '1685501863357', userId: ['u1'] },
      },
    ])
  })

  it('that come together with the handshake are not lost', async () => {
    const gateway = await startGateway({ greeting: eventFrame('first') })
    const { events } = run({ gateway })
    await (await gateway.session(1)).answerTo('m-first')
    expect(events).toHaveLength(1)
  })

  it('may come by the thousand', async () => {
    const gateway = await startGateway()
    const { events } = run({ gateway })
    const session = await gateway.session(1)
    for (let i = 0; i < 2000; i++) session.send(eventFrame(`e${i}`))
    await until(() => expect(session.answers).toHaveLength(2000))
    expect(new Set(events.map(event => event.id)).size).toBe(2000)
    expect(session.answers.every(answer => answer.data.includes('SUCCESS'))).toBe(true)
  })

  it.each([
    ['rejects', () => Promise.reject(new Error('database is away'))],
    [
      'throws',
      () => {
        throw new Error('database is away')
      },
    ],
  ])('are asked for again when storing %s', async (_, onEvent) => {
    const gateway = await startGateway()
    run({ gateway, onEvent })
    const session = await gateway.session(1)
    session.send(eventFrame('e1'))
    expect(await session.answerTo('m-e1')).toMatchObject({ code: 200, data: later })
  })

  it('are asked for again before DingTalk\'s patience of 3 s is over', async () => {
    const gateway = await startGateway()
    const { clock, connected, stream } = run({ gateway, onEvent: () => new Promise(() => {}) })
    await connected()
    const session = await gateway.session(1)
    session.send(eventFrame('e1'))
    await until(() => expect(stream.state().lastEventAt).toBeDefined())
    await clock.advance(2499)
    session.send(systemFrame('ping', {}))
    await session.answerTo('sys-ping')
    expect(session.answers).toHaveLength(1)
    await clock.advance(1)
    expect(await session.answerTo('m-e1')).toMatchObject({ data: later })
  })
})

describe('events that could not be stored', () => {
  it('are reported when they do not come again', async () => {
    const gateway = await startGateway()
    const { clock, gaps } = run({ gateway, onEvent: () => Promise.reject(new Error('away')) })
    const session = await gateway.session(1)
    const came = clock.now()
    session.send(eventFrame('e1'))
    session.send(eventFrame('e2'))
    await session.answerTo('m-e2')
    await clock.advance(89_000)
    expect(gaps).toEqual([])
    await clock.advance(1000)
    expect(gaps).toEqual([{ from: came, to: came + 90_000, reason: 'not_stored' }])
  })

  it('are not reported when they were stored the second time', async () => {
    const gateway = await startGateway()
    let calls = 0
    const { clock, gaps } = run({
      gateway,
      onEvent: async () => {
        if (++calls === 1)
          throw new Error('away')
      },
    })
    const session = await gateway.session(1)
    session.send(eventFrame('e1'))
    await session.answerTo('m-e1')
    session.send(eventFrame('e1', undefined, { messageId: 'again' }))
    await session.answerTo('again')
    await clock.advance(200_000)
    expect(gaps.filter(gap => gap.reason === 'not_stored')).toEqual([])
  })

  it.each([
    ['no ids', eventFrame('e1', {})],
    ['broken data', eventFrame('e1', '{"userId":')],
    ['not an object', eventFrame('e1', '[]')],
    ['no type', eventFrame('e1', { userId: ['u'] }, { eventType: '' })],
  ])('because they are unreadable are reported too: %s', async (_, frame) => {
    const gateway = await startGateway()
    const { clock, gaps, events } = run({ gateway })
    const session = await gateway.session(1)
    session.send(frame)
    expect(await session.answerTo('m-e1')).toMatchObject({ data: later })
    await clock.advance(90_000)
    expect(gaps).toMatchObject([{ reason: 'not_stored' }])
    expect(events).toEqual([])
  })

  it.each(['nonsense', '{}', '[]', '{"type":7}'])('because the frame is none (%s) are reported too, and the connection stays', async (text) => {
    const gateway = await startGateway()
    const { clock, gaps } = run({ gateway })
    const session = await gateway.session(1)
    session.send(text)
    session.send(systemFrame('ping', {}))
    await session.answerTo('sys-ping')
    await clock.advance(90_000)
    expect(gaps).toMatchObject([{ reason: 'not_stored' }])
  })

  it('because the monthly quota is used up are reported, and shown', async () => {
    const gateway = await startGateway()
    const { clock, gaps, stream, events } = run({ gateway })
    const session = await gateway.session(1)
    session.send(eventFrame('e1', { errCode: 20001 }))
    expect(await session.answerTo('m-e1')).toMatchObject({ data: expect.stringContaining('SUCCESS') })
    expect(stream.state().quotaUsedUpAt).toBe(clock.now())
    await clock.advance(90_000)
    expect(gaps).toMatchObject([{ reason: 'not_stored' }])
    expect(events).toEqual([])
  })

  it('are reported at the latest when the stream stops', async () => {
    const gateway = await startGateway()
    const { stream, gaps } = run({ gateway, onEvent: () => Promise.reject(new Error('away')) })
    const session = await gateway.session(1)
    session.send(eventFrame('e1'))
    await session.answerTo('m-e1')
    await stream.stop()
    expect(gaps).toMatchObject([{ reason: 'not_stored' }])
  })
})

describe('other frames', () => {
  it('pings come back as they are', async () => {
    const gateway = await startGateway()
    run({ gateway })
    const session = await gateway.session(1)
    session.send(systemFrame('ping', { opaque: 'abc' }))
    expect(await session.answerTo('sys-ping')).toMatchObject({ code: 200, message: 'OK', data: '{"opaque":"abc"}' })
  })

  it('system topics we need nothing of are left alone, callbacks are declined', async () => {
    const gateway = await startGateway()
    run({ gateway })
    const session = await gateway.session(1)
    session.send(systemFrame('REGISTERED', {}))
    session.send({ type: 'CALLBACK', headers: { topic: '/v1.0/im/bot/messages/get', messageId: 'cb' }, data: '{}' })
    expect(await session.answerTo('cb')).toMatchObject({ code: 404 })
    expect(session.answers).toHaveLength(1)
  })
})
