import type { Json, TestPlatform } from './open-platform.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestPlatform } from './open-platform.ts'

const BASE = '/topapi/message/corpconversation'
const DAY = 86_400_000
let platform: TestPlatform
let token: string

beforeAll(async () => {
  platform = await startTestPlatform()
})
beforeEach(async () => {
  platform.platform.control.reset()
  // A fixed time of day: the limits count by minute and by day.
  platform.platform.control.mutate({ op: 'clock', setMs: Date.parse('2026-06-01T10:00:00+08:00') })
  token = await freshToken()
})
afterAll(() => platform.close())

async function freshToken(): Promise<string> {
  const { body } = await platform.raw(`/gettoken?appkey=${platform.app.clientId}&appsecret=${platform.app.clientSecret}`)
  return String(body.access_token)
}

function text(content: string): Json {
  return { msgtype: 'text', text: { content } }
}

function oa(status?: string): Json {
  return {
    msgtype: 'oa',
    oa: {
      message_url: 'https://crm/m',
      head: { bgcolor: 'FFBBBBBB', text: '头' },
      body: { title: '标题' },
      ...(status === undefined ? {} : { status_bar: { status_value: status } }),
    },
  }
}

function call(name: string, input: Json): Promise<Json> {
  return platform.old(`${BASE}/${name}`, { agent_id: platform.app.agentId, ...input }, token)
}

function send(input: Json): Promise<Json> {
  return call('asyncsend_v2', input)
}

async function resultOf(sent: Json): Promise<Json> {
  return (await call('getsendresult', { task_id: sent.task_id })).send_result as Json
}

describe('sending (row 19)', () => {
  it('delivers to the people named and reports it', async () => {
    const sent = await send({ userid_list: 'lisi,wangwu,nobody', msg: text('月会通知') })
    expect(sent).toMatchObject({ errcode: 0, task_id: expect.any(Number) })
    expect(platform.platform.messagesOf('lisi')).toMatchObject([{ taskId: sent.task_id, msg: text('月会通知'), read: false, recalled: false }])
    expect(await call('getsendprogress', { task_id: sent.task_id })).toMatchObject({ errcode: 0, progress: { progress_in_percent: 100, status: 2 } })
    expect(await resultOf(sent)).toEqual({
      invalid_user_id_list: ['nobody'],
      forbidden_user_id_list: [],
      failed_user_id_list: [],
      read_user_id_list: [],
      unread_user_id_list: ['lisi', 'wangwu'],
      invalid_dept_id_list: [],
      forbidden_list: [],
    })
    platform.platform.markRead('lisi', Number(sent.task_id))
    expect(await resultOf(sent)).toMatchObject({ read_user_id_list: ['lisi'], unread_user_id_list: ['wangwu'] })
  })

  it('expands departments and takes the message as text in a form', async () => {
    const sales = platform.platform.departments().find(department => department.name === '销售中心')?.deptId
    const reply = await platform.raw(`${BASE}/asyncsend_v2?access_token=${token}`, {
      method: 'POST',
      body: new URLSearchParams({ agent_id: String(platform.app.agentId), dept_id_list: `${sales},424242`, msg: JSON.stringify(text('销售部')) }),
    })
    expect(reply.body).toMatchObject({ errcode: 0 })
    expect(platform.platform.messagesOf('zhaoliu'), 'two levels below').toHaveLength(1)
    expect(platform.platform.messagesOf('sunqi')).toHaveLength(0)
    expect(await resultOf(reply.body)).toMatchObject({ invalid_dept_id_list: [424242] })
  })

  it('leaves out people who cannot open the app', async () => {
    platform.platform.control.settings({ visibleRange: 'admins' })
    const sent = await send({ userid_list: 'lisi,zhangsan', msg: text('a') })
    expect(await resultOf(sent)).toMatchObject({ invalid_user_id_list: ['lisi'], unread_user_id_list: ['zhangsan'] })
  })

  it.each<[string, Json, number]>([
    ['another agent', { agent_id: 1, userid_list: 'lisi', msg: text('x') }, 40056],
    ['no agent', { agent_id: undefined, userid_list: 'lisi', msg: text('x') }, 41011],
    ['no receivers', { msg: text('x') }, 400002],
    ['101 userids', { userid_list: Array.from({ length: 101 }, (_, index) => `u${index}`).join(), msg: text('x') }, 400002],
    ['21 departments', { dept_id_list: Array.from({ length: 21 }, (_, index) => index + 1).join(), msg: text('x') }, 400002],
    ['2,049 bytes', { userid_list: 'lisi', msg: text('字'.repeat(671)) }, 34016],
    ['an unknown type', { userid_list: 'lisi', msg: { msgtype: 'video', video: {} } }, 40008],
    ['two bodies', { userid_list: 'lisi', msg: { ...text('x'), markdown: { title: 'a', text: 'b' } } }, 34014],
    ['a body under the wrong key', { userid_list: 'lisi', msg: { msgtype: 'text', markdown: { title: 'a', text: 'b' } } }, 34014],
    ['broken JSON', { userid_list: 'lisi', msg: '{"msgtype":' }, 34014],
    ['no message', { userid_list: 'lisi' }, 400002],
    ['a link without address', { userid_list: 'lisi', msg: { msgtype: 'link', link: { picUrl: 'a', title: 'b', text: 'c' } } }, 34009],
    ['an image without id', { userid_list: 'lisi', msg: { msgtype: 'image', image: {} } }, 40007],
    ['a long title', { userid_list: 'lisi', msg: { msgtype: 'markdown', markdown: { title: 'x'.repeat(65), text: 'b' } } }, 34016],
    [
      'half a single button',
      { userid_list: 'lisi', msg: { msgtype: 'action_card', action_card: { title: 'a', markdown: 'b', single_title: 'c' } } },
      34014,
    ],
    [
      'a colour with 0x',
      { userid_list: 'lisi', msg: { msgtype: 'oa', oa: { message_url: 'https://a', head: { bgcolor: '0xFFBBBBBB', text: 'a' }, body: {} } } },
      34014,
    ],
  ])('refuses %s', async (_what, input, errcode) => {
    expect(await send(input)).toMatchObject({ errcode })
    expect(platform.platform.messagesOf('lisi')).toEqual([])
  })

  it('accepts exactly 2,048 bytes', async () => {
    const room = 2048 - JSON.stringify(text('')).length
    expect(await send({ userid_list: 'lisi', msg: text('x'.repeat(room)) })).toMatchObject({ errcode: 0 })
  })

  it('delivers later when told so', async () => {
    platform.platform.control.settings({ deliveryMs: 60 })
    const delivered = new Promise(resolve => platform.platform.onMessage(resolve))
    const sent = await send({ userid_list: 'lisi', msg: text('later') })
    expect(await call('getsendprogress', { task_id: sent.task_id })).toMatchObject({ progress: { status: 1 } })
    expect(await delivered).toBe('lisi')
    expect(await call('getsendprogress', { task_id: sent.task_id })).toMatchObject({ progress: { status: 2 } })
  })
})

describe('silent limits (row 20)', () => {
  it('drops the same content to the same person on the same day in China', async () => {
    platform.platform.control.mutate({ op: 'clock', setMs: Date.parse('2026-06-01T23:00:00+08:00') })
    token = await freshToken()
    await send({ userid_list: 'lisi', msg: text('同样') })
    const again = await send({ userid_list: 'lisi,wangwu', msg: text('同样') })
    expect(again).toMatchObject({ errcode: 0, task_id: expect.any(Number) })
    expect(await resultOf(again)).toMatchObject({
      forbidden_user_id_list: ['lisi'],
      forbidden_list: [{ code: '143106', count: 1, userid: 'lisi' }],
      unread_user_id_list: ['wangwu'],
    })
    expect(platform.platform.messagesOf('lisi')).toHaveLength(1)
    platform.platform.control.shiftClock(70 * 60_000)
    await send({ userid_list: 'lisi', msg: text('同样') })
    expect(platform.platform.messagesOf('lisi'), 'a new day').toHaveLength(2)
  })

  it('drops the 501st message of a day', async () => {
    for (let batch = 0; batch < 10; batch++)
      await Promise.all(Array.from({ length: 50 }, (_, index) => send({ userid_list: 'lisi', msg: text(`n${batch}-${index}`) })))
    const over = await send({ userid_list: 'lisi', msg: text('one too many') })
    expect(await resultOf(over)).toMatchObject({ forbidden_list: [{ code: '143105', count: 500, userid: 'lisi' }] })
  })

  it('drops receivers beyond 5,000 a minute, and the fourth message to everybody', async () => {
    platform.platform.control.reset({ members: 4000 })
    platform.platform.control.mutate({ op: 'clock', setMs: Date.parse('2026-06-01T10:00:00+08:00') })
    token = await freshToken()
    await send({ to_all_user: true, msg: text('1') })
    await send({ to_all_user: true, msg: text('2') })
    const reached = platform.platform.members().filter(({ userid }) => platform.platform.messagesOf(userid).length === 2).length
    expect(reached).toBe(1000)
    const late = await send({ userid_list: 'lisi', msg: text('3') })
    expect(await resultOf(late)).toMatchObject({ forbidden_list: [{ code: '143103', userid: 'lisi' }] })
    platform.platform.control.shiftClock(60_000)
    expect(await send({ to_all_user: true, msg: text('4') })).toMatchObject({ errcode: 0 })
    expect(await send({ to_all_user: true, msg: text('5') })).toMatchObject({ errcode: 41045 })
  })

  it('reaches at most 5,000 people through departments', async () => {
    platform.platform.control.reset({ members: 6000 })
    token = await freshToken()
    await send({ dept_id_list: '1', msg: text('all') })
    expect(platform.platform.control.tasks()[0]).toMatchObject({ receivers: 5000 })
  })
})

describe('following up (rows 21, 22)', () => {
  it('knows neither other tasks nor other agents', async () => {
    const { task_id } = await send({ userid_list: 'lisi', msg: text('x') })
    for (const name of ['getsendprogress', 'getsendresult']) {
      expect(await call(name, { task_id: 1 })).toMatchObject({ errcode: 40035 })
      expect(await call(name, { task_id, agent_id: 1 })).toMatchObject({ errcode: 40035 })
    }
    expect(await call('recall', { msg_task_id: 1 })).toMatchObject({ errcode: 400002 })
    expect(await call('status_bar/update', { task_id, agent_id: 1, status_value: 'x' })).toMatchObject({ errcode: 40056 })
  })

  it('has no result for more than 100 receivers, nor after 24 h', async () => {
    const big = platform.platform.departments().find(department => department.name === '客户服务中心')?.deptId
    const many = await send({ dept_id_list: String(big), msg: text('many') })
    expect(await call('getsendresult', { task_id: many.task_id })).toMatchObject({ errcode: 15, sub_code: 'isp.top-remote-connection-timeout' })
    const few = await send({ userid_list: 'lisi', msg: text('few') })
    platform.platform.control.shiftClock(DAY + 1000)
    token = await freshToken()
    expect(await resultOf(few)).toMatchObject({ read_user_id_list: [], unread_user_id_list: [] })
    expect(await call('getsendprogress', { task_id: few.task_id })).toMatchObject({ errcode: 40035 })
  })

  it('recalls within 24 h', async () => {
    const seen: boolean[] = []
    const { task_id } = await send({ userid_list: 'lisi', msg: text('oops') })
    const stop = platform.platform.onMessage((_userid, message) => seen.push(message.recalled))
    expect(await call('recall', { msg_task_id: task_id })).toMatchObject({ errcode: 0 })
    stop()
    expect(seen).toEqual([true])
    expect(platform.platform.messagesOf('lisi')).toMatchObject([{ recalled: true }])
    platform.platform.control.shiftClock(DAY + 1000)
    token = await freshToken()
    expect(await call('recall', { msg_task_id: task_id })).toMatchObject({ errcode: 400002 })
  })

  it('changes the status bar of oa messages to at most five people', async () => {
    const sent = await send({ userid_list: 'lisi', msg: oa('进行中') })
    expect(await call('status_bar/update', { task_id: sent.task_id, status_value: '完成', status_bg: '0xFF00FF00' })).toMatchObject({ errcode: 0 })
    expect(platform.platform.messagesOf('lisi')[0]?.msg).toMatchObject({ oa: { status_bar: { status_value: '完成', status_bg: '0xFF00FF00' } } })
    const plain = await send({ userid_list: 'lisi', msg: text('x') })
    expect(await call('status_bar/update', { task_id: plain.task_id, status_value: 'x' })).toMatchObject({ errcode: 40035 })
    const six = await send({ userid_list: 'lisi,wangwu,zhaoliu,sunqi,zhouba,wujiu', msg: oa('进行中') })
    expect(platform.platform.messagesOf('zhaoliu')[0]?.msg.oa, 'no status bar for six').not.toHaveProperty('status_bar')
    expect(await call('status_bar/update', { task_id: six.task_id, status_value: 'x' })).toMatchObject({ errcode: 41052 })
    platform.platform.control.shiftClock(7 * DAY + 1000)
    token = await freshToken()
    expect(await call('status_bar/update', { task_id: sent.task_id, status_value: 'x' })).toMatchObject({ errcode: 40035 })
  })
})
