import type { WorkNotification } from '../../../server/dingtalk/index.ts'
import { describe, expect, it } from 'vitest'
import { messageBytes } from '../../../server/dingtalk/index.ts'
import { app, clientOf, startPlatform } from './platform.ts'

const base = '/topapi/message/corpconversation'
function text(content: string): WorkNotification['message'] {
  return { msgtype: 'text', text: { content } }
}

describe('work notifications', () => {
  it('are handed over and answer the task', async () => {
    const platform = await startPlatform({ [`${base}/asyncsend_v2`]: { json: { errcode: 0, task_id: 256271667526, request_id: 'r' } } })
    await expect(clientOf(platform).messages.sendWorkNotification({ userids: ['a', 'b'], deptIds: [2, 3], message: text('月会') })).resolves.toEqual({
      taskId: 256271667526,
    })
    expect(platform.of(`${base}/asyncsend_v2`)[0]?.body).toEqual({
      agent_id: 42,
      userid_list: 'a,b',
      dept_id_list: '2,3',
      to_all_user: false,
      msg: text('月会'),
    })
  })

  it.each<[string, WorkNotification, string]>([
    ['nobody', { message: text('x') }, 'bad_receivers'],
    ['101 people', { userids: Array.from({ length: 101 }, (_, i) => `u${i}`), message: text('x') }, 'bad_receivers'],
    ['21 departments', { deptIds: Array.from({ length: 21 }, (_, i) => i), message: text('x') }, 'bad_receivers'],
    ['a userid with a comma', { userids: ['a,b'], message: text('x') }, 'bad_receivers'],
    ['more than 2048 bytes', { userids: ['a'], message: text('汉'.repeat(700)) }, 'bad_message'],
    [
      'a long button',
      { userids: ['a'], message: { msgtype: 'action_card', action_card: { markdown: 'm', single_title: 'x'.repeat(21), single_url: 'https://x' } } },
      'bad_message',
    ],
    [
      'a long link',
      {
        userids: ['a'],
        message: { msgtype: 'action_card', action_card: { markdown: 'm', single_title: 'x', single_url: `https://${'x'.repeat(500)}` } },
      },
      'bad_message',
    ],
    [
      'a long list of buttons',
      {
        userids: ['a'],
        message: {
          msgtype: 'action_card',
          action_card: {
            markdown: 'm',
            btn_orientation: '0',
            btn_json_list: [
              { title: 'a', action_url: `https://${'x'.repeat(600)}` },
              { title: 'b', action_url: `https://${'x'.repeat(500)}` },
            ],
          },
        },
      },
      'bad_message',
    ],
  ])('never leave with %s', async (_name, notification, reason) => {
    const platform = await startPlatform({})
    await expect(clientOf(platform).messages.sendWorkNotification(notification)).rejects.toMatchObject({ reason, outcome: 'rejected' })
    expect(platform.calls).toHaveLength(0)
  })

  it('are measured in bytes', () => {
    expect(messageBytes(text('汉'))).toBe(messageBytes(text('abc')))
  })

  it('need an AgentId', async () => {
    const platform = await startPlatform({})
    await expect(clientOf(platform, { credentials: async () => ({ ...app, agentId: '' }) }).messages.recall(1)).rejects.toMatchObject({
      reason: 'agent_id_missing',
    })
  })

  it('tell their progress and who did not get them', async () => {
    const platform = await startPlatform({
      [`${base}/getsendprogress`]: { json: { errcode: 0, progress: { progress_in_percent: 100, status: 2 } } },
      [`${base}/getsendresult`]: {
        json: {
          errcode: 0,
          send_result: {
            invalid_user_id_list: ['x'],
            read_user_id_list: ['r'],
            unread_user_id_list: null,
            forbidden_list: [{ code: '143106', count: 1, userid: 'd' }],
          },
        },
      },
      [`${base}/recall`]: { json: { errcode: 0, errmsg: 'ok' } },
    })
    const { messages } = clientOf(platform)
    await expect(messages.sendProgress(5)).resolves.toEqual({ percent: 100, status: 'done' })
    await expect(messages.sendResult(5)).resolves.toEqual({
      invalidUserids: ['x'],
      invalidDeptIds: [],
      forbiddenUserids: [],
      failedUserids: [],
      readUserids: ['r'],
      unreadUserids: [],
      forbidden: [{ code: '143106', userid: 'd', count: 1 }],
    })
    await messages.recall(5)
    expect(platform.of(`${base}/recall`)[0]?.body).toEqual({ agent_id: 42, msg_task_id: 5 })
  })
})
