import type { Delivery } from '../../../sandbox/dingtalk/platform/events/event.ts'
import type { Manner, Receiver } from './event-receiver.ts'
import type { Json, TestPlatform } from './open-platform.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { PUSH, startReceiver } from './event-receiver.ts'
import { startTestPlatform } from './open-platform.ts'

let platform: TestPlatform
let receiver: Receiver

beforeAll(async () => {
  platform = await startTestPlatform()
})
beforeEach(async () => {
  platform.platform.control.reset()
  const { body } = await platform.raw(`/gettoken?appkey=${platform.app.clientId}&appsecret=${platform.app.clientSecret}`)
  platform.token = String(body.access_token)
  receiver = await startReceiver(platform.app.clientId)
})
afterEach(() => receiver.close())
afterAll(() => platform.close())

const events = () => platform.platform.control.events
const outcomes = (delivery: Delivery | undefined): string[] | undefined => delivery?.attempts.map(attempt => attempt.outcome)

async function save(input: object = {}): Promise<{ status: number, body: Json }> {
  return platform.raw('/__sandbox/events/subscription', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'http', url: receiver.url, ...PUSH, ...input }),
  })
}

async function failedResult(): Promise<{ has_more: boolean, failed_list: Json[] }> {
  return (await platform.raw(`/call_back/get_call_back_failed_result?access_token=${platform.token}`)).body as never
}

describe('saving an http subscription', () => {
  it('sends check_url, encrypted for the Client ID and signed under both names', async () => {
    expect((await save()).status).toBe(200)
    expect(receiver.received).toMatchObject([{ message: { EventType: 'check_url' }, owner: platform.app.clientId }])
    const query = receiver.received[0]?.query
    expect(query?.get('msg_signature')).toBe(query?.get('expected'))
    expect(query?.get('signature')).toBe(query?.get('expected'))
    expect(query?.get('app'), 'the address keeps its own query').toBe('1')
    expect((await platform.raw('/__sandbox/events')).body).toMatchObject({ subscription: { channel: 'http', url: receiver.url } })
  })

  it.each<[Manner, number]>([
    ['otherWord', 71009],
    ['otherOwner', 400052],
    ['badSignature', 400052],
    ['plain', 400052],
    ['status', 400052],
    ['redirect', 400052],
  ])('is refused when the answer is %s', async (manner, code) => {
    receiver.manner = manner
    expect(await save()).toMatchObject({ status: 400, body: { code, error: expect.any(String) as string } })
    expect((await platform.raw('/__sandbox/events')).body).toMatchObject({ subscription: { channel: 'off' } })
  })

  it('is refused when nobody answers in time, nobody is there, or the input is malformed', async () => {
    platform.platform.control.settings({ events: { replyMs: 80 } })
    receiver.manner = 'silent'
    expect((await save()).body.code).toBe(400054)
    expect((await save({ url: 'http://127.0.0.1:9/x' })).body.code).toBe(71012)
    expect((await save({ url: 'not a url' })).body.code).toBe(71011)
    expect((await save({ aesKey: 'short' })).body.error).toContain('43 letters and digits')
    expect((await save({ token: 'a b' })).body.error).toContain('3 to 32')
    await expect(events().subscribe({ channel: 'http', url: 'ftp://x', ...PUSH })).rejects.toMatchObject({ code: 71011 })
  })

  it('is not possible behind the back of the check', () => {
    expect(() => platform.platform.control.settings({ events: { channel: 'http', url: receiver.url } })).toThrow(/check_url/)
  })
})

describe('http push', () => {
  it('posts an event flat, with its metadata', async () => {
    await save()
    platform.platform.control.mutate({ op: 'removeMember', userid: 'lisi' })
    await vi.waitFor(() => expect(events().log()[0]?.state).toBe('done'))
    const [delivery] = events().log()
    expect(receiver.received[1]?.message).toEqual({
      EventType: 'user_leave_org',
      EventTime: delivery?.bornAt,
      CorpId: platform.app.corpId,
      BizId: `${delivery?.bornAt}00`,
      eventId: delivery?.eventId,
      timeStamp: delivery?.fields.timeStamp,
      userId: ['lisi'],
    })
    expect(delivery?.attempts).toMatchObject([{ outcome: 'success', status: 200, reply: 'success' }])
  })

  it('can write the keys of older pages, leave out the eventId, and send copies', async () => {
    await save()
    platform.platform.control.settings({ events: { oldKeys: true, withoutEventId: true, copies: 2 } })
    platform.platform.control.mutate({ op: 'removeMember', userid: 'lisi' })
    await vi.waitFor(() => expect(receiver.received).toHaveLength(3))
    expect(receiver.received[1]?.message).toMatchObject({ EventType: 'user_leave_org', TimeStamp: expect.any(String) as string, UserId: ['lisi'] })
    expect(receiver.received[1]?.message).not.toHaveProperty('eventId')
    expect(receiver.received[2]?.message).toEqual(receiver.received[1]?.message)
  })

  it('tries again after 10 and 30 seconds of the sandbox clock, then parks', async () => {
    await save()
    receiver.manner = 'plain'
    platform.platform.control.mutate({ op: 'removeMember', userid: 'lisi' })
    const [delivery] = events().log()
    await vi.waitFor(() => expect(outcomes(delivery)).toEqual(['bad-reply']))
    platform.platform.control.shiftClock(10_000)
    await vi.waitFor(() => expect(outcomes(delivery)).toHaveLength(2))
    receiver.manner = 'status'
    platform.platform.control.shiftClock(30_000)
    await vi.waitFor(() => expect(outcomes(delivery)).toEqual(['bad-reply', 'bad-reply', 'bad-status']))
    expect(delivery?.state).toBe('parked')
    const sent = receiver.received.filter(({ message }) => message.EventType === 'user_leave_org')
    expect(new Set(sent.map(({ message }) => message.eventId)).size, 'one eventId').toBe(1)

    expect((await failedResult()).failed_list, 'too early').toEqual([])
    platform.platform.control.shiftClock(240_000)
    expect(await failedResult()).toMatchObject({
      errcode: 0,
      has_more: false,
      failed_list: [
        { call_back_tag: 'user_leave_org', event_time: delivery?.bornAt, user_leave_org: { userid: ['lisi'], corpid: platform.app.corpId } },
      ],
    })
    expect((await failedResult()).failed_list, 'read once').toEqual([])
  })

  it('succeeds on a retry, and does not retry what succeeded', async () => {
    await save()
    platform.platform.control.settings({ events: { retryMs: [5000] } })
    receiver.manner = 'plain'
    const [delivery] = events().emit({ type: 'org_change' })
    await vi.waitFor(() => expect(outcomes(delivery)).toHaveLength(1))
    receiver.manner = 'success'
    platform.platform.control.shiftClock(5000)
    await vi.waitFor(() => expect(delivery?.state).toBe('done'))
    platform.platform.control.shiftClock(3_600_000)
    expect((await failedResult()).failed_list).toEqual([])
    expect(outcomes(delivery)).toEqual(['bad-reply', 'success'])
    expect(receiver.received).toHaveLength(3)
  })

  it('hands out parked events 200 at a time', async () => {
    await save()
    platform.platform.control.settings({ events: { retryMs: [], readableMs: 0 } })
    receiver.manner = 'plain'
    const deliveries = events().burst({ count: 250, type: 'org_dept_modify', unknown: true })
    await vi.waitFor(() => expect(deliveries.every(({ state }) => state === 'parked')).toBe(true), 5000)
    const first = await failedResult()
    const second = await failedResult()
    expect([first.has_more, first.failed_list.length, second.has_more, second.failed_list.length]).toEqual([true, 200, false, 50])
    expect(
      new Set([...first.failed_list, ...second.failed_list].map(entry => JSON.stringify(entry.org_dept_modify))).size,
      'nothing twice, nothing lost',
    ).toBe(250)
    expect(second.failed_list[0]).toMatchObject({ org_dept_modify: { deptid: [expect.any(Number)] } })
    expect((await failedResult()).failed_list).toEqual([])
  })

  it('gives up what another channel was saved for', async () => {
    await save()
    receiver.manner = 'plain'
    const [delivery] = events().emit({ type: 'org_change' })
    await vi.waitFor(() => expect(outcomes(delivery)).toHaveLength(1))
    await events().subscribe({ channel: 'off' })
    platform.platform.control.shiftClock(10_000)
    await vi.waitFor(() => expect(delivery?.state).toBe('lost'))
    expect(() => events().emit({ type: 'org_change' })).toThrow(/subscribes to no events/)
  })

  it('sends held events in another order', async () => {
    await save()
    platform.platform.control.settings({ events: { inFlight: 1 } })
    events().hold()
    platform.platform.control.mutate(
      { op: 'addDepartment', department: { name: '甲', deptId: 771 } },
      { op: 'updateDepartment', deptId: 771, changes: { name: '乙' } },
      { op: 'removeDepartment', deptId: 771 },
    )
    expect(
      events()
        .log()
        .map(({ state }) => state),
    ).toEqual(['held', 'held', 'held'])
    expect(events().release({ order: 'reversed' })).toBe(3)
    await vi.waitFor(() => expect(receiver.received).toHaveLength(4))
    expect(receiver.received.slice(1).map(({ message }) => message.EventType)).toEqual(['org_dept_remove', 'org_dept_modify', 'org_dept_create'])
  })
})
