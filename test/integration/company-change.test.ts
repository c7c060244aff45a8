import type { DingTalkSettings } from '#contract/settings.ts'
import type { TestApp } from '../support/app.ts'
import type { Delivery } from '../support/notifications.ts'
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { word } from '../../server/notifications/index.ts'
import { startApp } from '../support/app.ts'
import { sendPath, startDelivery } from '../support/notifications.ts'
import { until } from '../support/until.ts'

const by = { name: 'tester', ip: '127.0.0.1' }
const toAll = { kind: 'announcement', title: 'All', message: { msgtype: 'text' as const, text: { content: 'All' } }, departments: [{ id: 1, people: 20 }] }

describe('the outbox of a company that is left', () => {
  let engine: Delivery
  beforeAll(async () => {
    engine = await startDelivery()
  })
  afterAll(() => engine.close())

  it('sends nothing more of it: neither calls that wait nor departments, announcements or results; personal messages are addressed anew', async () => {
    const { notifications, database: { db }, sandbox } = engine
    const { sendings: [taken] } = await notifications.enqueue(db, [engine.message(3, 'taken', { priority: 'high' })])
    await engine.drain()
    sandbox.platform.control.faults({ kind: 'errcode', path: sendPath, errcode: 41047, errmsg: '每分钟人次上限', times: 1 })
    await notifications.enqueue(db, [engine.message(0, 'pushed back')])
    await engine.drain()
    expect(await engine.state('pushed back')).toEqual(['sending', '41047'])
    const { sendings: [all] } = await notifications.enqueueForDepartments(db, { key: 'all', ...toAll })
    await notifications.enqueue(db, [engine.message(1, 'news', { kind: 'announcement' }), engine.message(2, 'mine'), engine.message(4, 'leads back', { message: { msgtype: 'text', text: { content: 'dingtalk://dingtalkclient/action/openapp?corpid=dingleft&app_id=0_1' } } })])
    engine.sandbox.platform.control.clearCalls()

    await db.transaction(tx => notifications.leaveCompany(tx, { from: 'dingleft', ends: ['announcement'] }))
    await db.delete(tables.binding)
    sandbox.platform.control.shiftClock(5 * 60_000)
    await engine.drain()
    expect(await notifications.checkResults()).toBe(false)
    expect(await notifications.admin.recall(taken!, by)).toMatchObject({ recalled: 0, failed: 1 })
    expect(await notifications.admin.retry(all!, undefined, by)).toBe(0)
    await engine.drain()
    expect(engine.sandbox.platform.control.calls()).toEqual([])
    expect(await engine.row('all:departments-0')).toMatchObject({ state: 'failed', reason: 'company_changed' })
    expect(await engine.state('news', 1)).toEqual(['failed', 'company_changed'])
    expect(await engine.state('leads back', 4)).toEqual(['failed', 'company_changed'])
    expect([await engine.state('pushed back'), await engine.state('mine', 2)]).toEqual([['unbound', 'unbound'], ['unbound', 'unbound']])
    expect([word('company_changed', 'zh-CN').cause, word('company_changed', 'en-US').cause]).toEqual([expect.stringContaining('企业已更换'), expect.stringContaining('Another company')])

    const { userid } = engine.people[5]!
    await db.insert(tables.binding).values({ userid, unionid: '', accountId: engine.people[0]!.accountId, source: 'admin', createdAt: new Date(sandbox.platform.now()) })
    await notifications.tidy()
    await engine.drain()
    expect(engine.calls().map(({ params }) => params.userid_list)).toEqual([userid])
  })

  it('does not make a call again that was under way, whatever DingTalk answers', async () => {
    await engine.reset()
    const { notifications, database: { db }, sandbox } = engine
    const answer = { kind: 'errcode', path: sendPath, errcode: 41047, errmsg: '每分钟人次上限', times: 1 } as const
    sandbox.platform.control.faults(answer)
    await notifications.enqueue(db, [engine.message(0, 'under way')])
    const slow = await engine.restart({
      sendWorkNotification: async (...given) => {
        await db.transaction(tx => notifications.leaveCompany(tx, { from: 'dingleft', ends: [] }))
        return engine.dingtalk.messages.sendWorkNotification(...given)
      },
    })
    await slow.deliver()
    sandbox.platform.control.shiftClock(5 * 60_000)
    await engine.drain()
    expect(engine.calls()).toHaveLength(1)
    expect(await engine.state('under way')).toEqual(['possibly', 'company_changed'])
  })
})

describe('another company', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ deliveryTimings: { pollMs: 100 } })
  })
  afterAll(() => app.close())

  it('is sent nothing that names people, departments or to-dos of the one before', async () => {
    const admin = await app.loggedIn('zhangsan')
    await app.sync(admin)
    const { db } = app.database
    const { corpId, clientId, agentId } = app.sandbox.app
    const put = (change: object) => admin.put<DingTalkSettings>('/api/settings/dingtalk', { corpId, clientId, agentId: String(agentId), ...change })
    await put({ notifications: false })
    const [lisi] = await db.select().from(tables.binding).where(eq(tables.binding.userid, 'lisi'))
    const { notification, notificationCall, notificationSending, planTodo } = tables
    const text = (content: string) => JSON.stringify({ msgtype: 'text', text: { content } })
    const sendings = await db.insert(notificationSending).values(['to a person', 'to departments'].map(title => ({ kind: 'record.assigned', title, payload: text(title) }))).returning()
    const [call] = await db.insert(notificationCall).values({ kind: 'record.assigned', priority: 1, payload: text('to a person'), userids: ['wangwu'], receivers: 1, state: 'waiting', nextAttemptAt: new Date() }).returning()
    const common = { kind: 'record.assigned', contentHash: 'h', priority: 1, dueAt: new Date(), expiresAt: new Date(Date.now() + 3600_000) }
    await db.insert(notification).values([
      { ...common, sendingId: sendings[0]!.id, key: 'person', accountId: lisi!.accountId, state: 'sending' as const, callId: call!.id, userid: 'wangwu' },
      { ...common, sendingId: sendings[1]!.id, key: 'departments', deptIds: [1], receivers: 5, contentHash: 'd', state: 'queued' as const },
    ])
    await db.insert(planTodo).values({ planId: randomUUID(), accountId: lisi!.accountId, subject: '旧企业的待办', wanted: 'done', taskId: 'task-of-the-old-company', unionid: lisi!.unionid, state: 'waiting' })

    expect((await put({ corpId: 'dingother0001', confirmed: ['corp', 'connection'] })).body.corpId).toBe('dingother0001')
    expect(await db.$count(planTodo)).toBe(0)
    // Back in the first one they could all arrive.
    expect((await put({ notifications: true, confirmed: ['corp'] })).status).toBe(200)
    await until(() => app.sandbox.platform.messagesOf('lisi').length > 0 || undefined)
    const sent = app.sandbox.platform.control.calls().filter(({ path }) => path === sendPath).map(({ params }) => [params.userid_list, params.dept_id_list])
    expect(sent).toEqual([['lisi', undefined]])
    expect(await db.select({ state: notification.state, reason: notification.reason }).from(notification).where(eq(notification.key, 'departments'))).toEqual([{ state: 'failed', reason: 'company_changed' }])
  })
})
