import type { Setup } from './upstream.ts'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messageView } from '../../../sandbox/dingtalk/container/control/messages.ts'
import { setUp } from './upstream.ts'

const frame = { taskId: 1, sentAt: 0, read: false, recalled: false }

describe('a work notification in the list', () => {
  it('shows title, six rows at most, and a link per kind of client', () => {
    const form = Array.from({ length: 8 }, (_, index) => ({ key: `第${index}行：`, value: index }))
    const view = messageView({
      ...frame,
      msg: {
        msgtype: 'oa',
        oa: {
          message_url: 'https://m',
          pc_message_url: 'https://pc',
          head: {},
          body: { title: '新客户', form, rich: { num: '15', unit: '元' }, author: '李四' },
        },
      },
    })
    expect(view).toMatchObject({ title: '新客户', figure: '15元', author: '李四', link: 'https://m', pcLink: 'https://pc' })
    expect(view.lines).toHaveLength(6)
  })

  it('uses the phone link on PC when there is no other', () => {
    expect(messageView({ ...frame, msg: { msgtype: 'oa', oa: { message_url: 'https://m', body: { title: 't' } } } }).pcLink).toBe('https://m')
  })

  it('offers the buttons of an action card', () => {
    const msg = {
      msgtype: 'action_card',
      action_card: { title: 't', markdown: '# 标题\n**重点** [链接](https://x)', btn_json_list: [{ title: '同意', action_url: 'https://a' }] },
    }
    expect(messageView({ ...frame, msg })).toMatchObject({ lines: ['标题', '重点 链接'], buttons: [{ title: '同意', link: 'https://a' }] })
  })

  it('says so when it cannot be read', () => {
    expect(messageView({ ...frame, msg: { msgtype: 'oa' } }).title).toContain('无法显示')
    expect(messageView({ ...frame, msg: { msgtype: 'voice', voice: {} } }).title).toBe('[voice]')
  })
})

describe('the live feed', () => {
  let setup: Setup
  beforeAll(async () => {
    setup = await setUp((_req, res) => res.end())
  })
  afterAll(() => setup.close())

  it('brings a message when it is delivered, and reading it counts', async () => {
    const response = await setup.stream('localhost', '/__container/events')
    await once(response, 'data')
    const { taskId } = setup.platform.deliver('lisi', { msgtype: 'text', text: { content: '你好' } })
    const [chunk] = (await once(response, 'data')) as [{ toString: () => string }]
    expect(chunk.toString()).toContain('"userid":"lisi"')
    response.destroy()

    const unread = async (): Promise<number | undefined> =>
      (JSON.parse((await setup.ask('localhost', '/__container/members?ids=lisi')).body) as { members: { unread: number }[] }).members[0]?.unread
    expect(await unread()).toBe(1)
    await setup.control('messages/read', { userid: 'lisi', taskId })
    expect(await unread()).toBe(0)
  })

  it('never tells the client secret', async () => {
    expect((await setup.ask('localhost', '/__container/state')).body).not.toContain('secret-1')
  })
})
