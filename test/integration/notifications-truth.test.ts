import type { Sandbox } from '../../sandbox/index.ts'
import type { Database } from '../../server/db/index.ts'
import type { OutboxMessage } from '../../server/notifications/index.ts'
import type { Delivery } from '../support/notifications.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { DingTalkError } from '../../server/dingtalk/index.ts'
import { dayOf, startOfDay } from '../../server/notifications/days.ts'
import { sendPath, startDelivery } from '../support/notifications.ts'
import { until } from '../support/until.ts'

const minute = 60_000
const hour = 60 * minute
const by = { name: 'tester', ip: '127.0.0.1' }

describe('what becomes of a message', () => {
  let engine: Delivery
  let sandbox: Sandbox
  let database: Database

  beforeAll(async () => {
    engine = await startDelivery({ sandbox: { members: 150, departments: 5 }, people: 140 })
    ;({ sandbox, database } = engine)
  })
  beforeEach(() => engine.reset())
  afterAll(() => engine.close())

  const control = () => sandbox.platform.control
  const enqueue = (...messages: OutboxMessage[]) => engine.notifications.enqueue(database.db, messages)
  const wait = (ms: number) => control().shiftClock(ms)
  /** A send that DingTalk has taken, and whose answer comes when it is let go. */
  async function underWay(more: Parameters<Delivery['restart']>[0] = {}) {
    const gate = Promise.withResolvers<void>()
    const slow = await engine.restart({
      async sendWorkNotification(...given) {
        const sent = await engine.dingtalk.messages.sendWorkNotification(...given)
        await gate.promise
        return sent
      },
      ...more,
    })
    const delivered = slow.deliver()
    await until(() => engine.calls().length > 0 || undefined)
    return { slow, async answer() {
      gate.resolve()
      await delivered
    } }
  }

  it('is recalled although it was under way, as soon as DingTalk has answered', async () => {
    const { sendings: [oops] } = await enqueue(engine.message(0, 'oops'))
    const { answer } = await underWay()
    expect(await engine.notifications.admin.recall(oops!, by)).toEqual({ recalled: 0, underWay: 1, tooLate: 0, failed: 0 })
    expect(engine.mailbox(0)[0]).toMatchObject({ recalled: false })
    await answer()
    expect(engine.mailbox(0)[0]).toMatchObject({ recalled: true })
    expect(await engine.state('oops')).toEqual(['recalled', null])
  })

  it('is recalled later when DingTalk does not answer the recall, and not sent when it had not been', async () => {
    const { sendings: [oops] } = await enqueue(engine.message(0, 'oops'))
    const { answer } = await underWay({
      async recall() {
        throw new DingTalkError({ reason: 'timeout', api: '/topapi/message/corpconversation/recall', httpStatus: 0, outcome: 'unknown' })
      },
    })
    await engine.notifications.admin.recall(oops!, by)
    await answer()
    expect(await engine.state('oops')).toEqual(['not_checked', null])
    wait(2 * minute)
    await engine.notifications.tidy()
    expect(await engine.state('oops')).toEqual(['recalled', null])

    const { sendings: [never] } = await enqueue(engine.message(1, 'never'))
    const gate = Promise.withResolvers<void>()
    const refusing = await engine.restart({
      async sendWorkNotification(...given) {
        await gate.promise
        control().faults({ kind: 'errcode', path: sendPath, errcode: 41047, errmsg: '每分钟人次上限', times: 1 })
        return engine.dingtalk.messages.sendWorkNotification(...given)
      },
    })
    const delivered = refusing.deliver()
    await until(async () => (await engine.state('never', 1))[0] === 'sending' || undefined)
    await engine.notifications.admin.recall(never!, by)
    gate.resolve()
    await delivered
    wait(hour)
    await engine.drain()
    expect(await engine.state('never', 1)).toEqual(['recalled', 'recalled'])
    expect(engine.mailbox(1)).toEqual([])
  })

  it('is not asked back every minute when DingTalk refuses or does not answer, nor while calls are stopped', async () => {
    const path = '/topapi/message/corpconversation/recall'
    const asked = () => control().calls().filter(call => call.path === path).length
    const minutes = async (count: number, notifications = engine.notifications) => {
      for (let passed = 0; passed < count; passed++) {
        wait(minute)
        await notifications.tidy()
      }
    }
    const { sendings: [refused] } = await enqueue(engine.message(0, 'refused'))
    await engine.drain()
    control().faults({ kind: 'errcode', path, errcode: 60011, errmsg: '管理权限不足', every: 1 })
    expect(await engine.notifications.admin.recall(refused!, by)).toMatchObject({ underWay: 1, failed: 0 })
    await minutes(12)
    expect(asked()).toBeGreaterThan(2)
    expect(asked()).toBeLessThan(7)
    expect(await engine.row(`refused:${engine.people[0]!.accountId}`)).toMatchObject({ state: 'not_checked', reason: 'not_recalled', detail: '60011' })
    const { recipients } = await engine.notifications.admin.describe(refused!, { limit: 5 }, 'en-US')
    expect(recipients.items[0]!.cause).toMatch(/could not be taken back.*Why: .*permission/i)

    control().clearFaults()
    let unanswered = 0
    const silence = await engine.restart({
      async recall() {
        unanswered++
        throw new DingTalkError({ reason: 'timeout', api: path, httpStatus: 0, outcome: 'unknown' })
      },
    })
    const { sendings: [silent] } = await enqueue(engine.message(1, 'silent'))
    await engine.drain()
    await silence.admin.recall(silent!, by)
    await minutes(30, silence)
    expect(unanswered).toBeGreaterThan(3)
    expect(unanswered).toBeLessThan(9)
    control().faults({ kind: 'errcode', path: sendPath, errcode: 40056, errmsg: '不合法的agentid', times: 1 })
    await enqueue(engine.message(2, 'stops'))
    await engine.drain()
    const stopped = asked()
    await minutes(40)
    expect(asked()).toBe(stopped)
    await engine.notifications.admin.resume(by)
    await minutes(1)
    expect(await engine.state('silent', 1)).toEqual(['recalled', null])
  })

  it('is not sent when it waited until it was of no use, and says so; by hand it goes out all the same', async () => {
    await engine.notifications.admin.pause(by)
    const soon = new Date(sandbox.platform.now() + hour)
    const { sendings: [plan] } = await enqueue(engine.message(0, 'plan', { expiresAt: soon }))
    await enqueue(engine.message(1, 'news'), engine.message(2, 'lasting', { expiresAt: new Date(sandbox.platform.now() + 72 * hour) }))
    wait(2 * hour)
    await engine.notifications.tidy()
    expect(await Promise.all([engine.state('plan'), engine.state('news', 1)])).toEqual([['expired', 'expired'], ['queued', null]])
    wait(23 * hour)
    await engine.notifications.admin.resume(by)
    await engine.drain()
    expect(await Promise.all([engine.state('plan'), engine.state('news', 1), engine.state('lasting', 2)])).toEqual([['expired', 'expired'], ['expired', 'expired'], ['not_checked', null]])
    expect(engine.calls()).toHaveLength(1)
    expect(await engine.notifications.admin.describe(plan!, { limit: 5 }, 'en-US')).toMatchObject({ can: { retry: 1 }, recipients: { items: [{ cause: expect.stringMatching(/of no use.*An administrator stopped sending/) }] } })
    expect(await engine.notifications.admin.retry(plan!, undefined, by)).toBe(1)
    await engine.drain()
    expect(engine.mailbox(0)).toHaveLength(1)
  })

  it('expires in a call that was pushed back, too, and keeps what it waited for', async () => {
    control().faults({ kind: 'errcode', path: sendPath, errcode: 41047, errmsg: '每分钟人次上限', every: 1 })
    await enqueue(engine.message(0, 'pushed back', { expiresAt: new Date(sandbox.platform.now() + hour) }))
    await engine.drain()
    wait(2 * hour)
    control().clearFaults()
    await engine.drain()
    expect(await engine.row(`pushed back:${engine.people[0]!.accountId}`)).toMatchObject({ state: 'expired', reason: 'expired', detail: '41047' })
    expect(engine.mailbox(0)).toEqual([])
  })

  it('leaves a call that waits when its reader\'s quiet hours begin, and the others stay', async () => {
    control().faults({ kind: 'errcode', path: sendPath, errcode: 41047, errmsg: '每分钟人次上限', times: 1 })
    await enqueue(engine.message(0, 'to two'), engine.message(1, 'to two'))
    await engine.drain()
    const morning = new Date(sandbox.platform.now() + 8 * hour)
    engine.notifications.registerQuiet(async (_, at) => new Map(at < morning ? [[engine.people[0]!.accountId, morning]] : []))
    wait(6_000)
    await engine.drain()
    expect([engine.mailbox(0).length, engine.mailbox(1).length]).toEqual([0, 1])
    expect(await engine.state('to two')).toEqual(['queued', '41047'])
    wait(8 * hour)
    await engine.drain()
    expect([engine.mailbox(0).length, engine.mailbox(1).length]).toEqual([1, 1])
  })

  it('is known to have arrived when DingTalk calls the second attempt a duplicate', async () => {
    control().faults({ kind: 'lost-answer', path: sendPath, times: 1 })
    const { sendings: [lost] } = await enqueue(engine.message(0, 'lost'))
    await engine.drain()
    control().faults({ kind: 'reset', path: sendPath, times: 1 })
    const { sendings: [gone] } = await enqueue(engine.message(1, 'gone'))
    await engine.drain()
    expect(await Promise.all([engine.state('lost'), engine.state('gone', 1)])).toEqual([['possibly', 'network'], ['possibly', 'network']])
    wait(minute)
    for (const id of [lost!, gone!]) expect(await engine.notifications.admin.retry(id, undefined, by)).toBe(1)
    await engine.drain()
    wait(3 * minute)
    while (await engine.notifications.checkResults());
    expect(await Promise.all([engine.state('lost'), engine.state('gone', 1)])).toEqual([['delivered', 'delivered_before'], ['unread', null]])
    expect([engine.mailbox(0).length, engine.mailbox(1).length]).toEqual([1, 1])
    expect(await engine.notifications.admin.retry(lost!, undefined, by)).toBe(0)
  })

  it('is asked about before it is sent again, where its task is known', async () => {
    const { sendings: [known] } = await enqueue(engine.message(0, 'known'))
    await engine.drain()
    const { accountId } = engine.people[0]!
    await database.db.update(tables.notification).set({ state: 'possibly', reason: 'interrupted' }).where(eq(tables.notification.accountId, accountId))
    expect(await engine.notifications.admin.retry(known!, undefined, by)).toBe(0)
    expect(await engine.state('known')).toEqual(['unread', null])
    expect(engine.calls()).toHaveLength(1)
  })

  it('overtakes what waits for the limits when it is important', async () => {
    await engine.settings({ receiversPerMinute: 100 })
    const low = { priority: 'low' as const }
    control().faults({ kind: 'errcode', path: sendPath, errcode: 41047, errmsg: '每分钟人次上限', times: 1 })
    await enqueue(...Array.from({ length: 50 }, (_, n) => engine.message(n, 'pushed back', low)))
    await engine.notifications.deliver()
    wait(minute + 10)
    await enqueue(...Array.from({ length: 90 }, (_, n) => engine.message(n, 'for many', low)))
    // It is the turn of the call that was pushed back: 50 of 95. The 90 have to wait for the next minute.
    await engine.notifications.deliver()
    expect(control().tasks().map(({ receivers }) => receivers)).toEqual([50])
    await enqueue(engine.message(0, 'important', { priority: 'high' }))
    await engine.notifications.deliver()
    expect(control().tasks().map(({ receivers }) => receivers)).toEqual([50, 1])
  })

  it('is made although all other calls hang, when it is important', async () => {
    const gate = Promise.withResolvers<void>()
    const hanging = await engine.restart({
      async sendWorkNotification(...given) {
        if (!JSON.stringify(given).includes('important'))
          await gate.promise
        return engine.dingtalk.messages.sendWorkNotification(...given)
      },
    })
    await enqueue(...Array.from({ length: 12 }, (_, n) => engine.message(n, `hangs ${n}`)))
    const stuck = hanging.deliver()
    await until(async () => (await engine.rows()).filter(({ state }) => state === 'sending').length === 8 || undefined)
    await enqueue(engine.message(20, 'important', { priority: 'high' }))
    const more = hanging.deliver()
    await until(() => engine.mailbox(20).length === 1 || undefined)
    gate.resolve()
    await Promise.all([stuck, more])
  })

  it('counts against the minute each time it leaves', async () => {
    await engine.settings({ receiversPerMinute: 100 })
    control().faults({ kind: 'errcode', path: sendPath, errcode: 41047, errmsg: '每分钟人次上限', times: 1 })
    await enqueue(...Array.from({ length: 60 }, (_, n) => engine.message(n, 'sixty')))
    await engine.notifications.deliver()
    wait(10_000)
    await engine.notifications.deliver()
    expect(engine.calls()).toHaveLength(1)
    wait(51_000)
    await engine.notifications.deliver()
    expect(engine.calls()).toHaveLength(2)
  })

  it('has its neighbours of a burst asked about, one call a minute', async () => {
    await engine.settings({ receiversPerMinute: 300 })
    await enqueue(...engine.people.map((_, n) => engine.message(n, 'burst')))
    await engine.drain()
    const states = (await engine.rows()).map(({ state }) => state)
    expect([states.filter(state => state === 'sent').length, states.filter(state => state === 'not_checked').length]).toEqual([100, 40])
  })

  it('is not asked about in saving mode, nor after 24 hours', async () => {
    await engine.settings({ saving: { mode: 'on', times: ['09:00'] } })
    await enqueue(engine.message(0, 'saving', { priority: 'high' }))
    await engine.drain()
    expect(await engine.state('saving')).toEqual(['not_checked', null])
    await engine.settings({ saving: { mode: 'off', times: ['09:00'] } })
    wait(6_000)
    const { sendings: [late] } = await enqueue(engine.message(1, 'late', { priority: 'high' }))
    await engine.drain()
    expect(await engine.state('late', 1)).toEqual(['sent', null])
    wait(24 * hour + 1000)
    expect(await engine.notifications.checkResults()).toBe(false)
    await engine.notifications.tidy()
    expect(await engine.state('late', 1)).toEqual(['not_checked', null])
    expect(await engine.notifications.admin.check(late!)).toEqual({ asked: 0, tooLate: 1, failed: 0 })
  })

  it('costs the month in which it leaves, and goes out when the next one begins', async () => {
    const at = (text: string) => control().mutate({ op: 'clock', setMs: Date.parse(`${text}+08:00`) })
    at('2027-01-31T23:59:50')
    await engine.settings({ budget: 100 })
    await enqueue(engine.message(0, 'january'))
    await engine.drain()
    control().faults({ kind: 'errcode', path: sendPath, errcode: 88, subCode: '90020', errmsg: '超过每月调用限制', times: 1 })
    await enqueue(engine.message(1, 'february'))
    await engine.drain()
    await engine.notifications.settled()
    expect(await engine.notifications.budget.read()).toMatchObject({ month: '2027-01', used: 1, level: 'spent' })
    at('2027-02-01T00:00:10')
    await engine.drain()
    expect(engine.mailbox(1)).toEqual([])
    expect(await engine.notifications.budget.read()).toMatchObject({ month: '2027-02', used: 0, level: 'ok', exhaustedAt: null })
    at('2027-02-01T00:05:01')
    await engine.drain()
    await engine.notifications.settled()
    expect(engine.mailbox(1)).toHaveLength(1)
    expect(await engine.notifications.budget.read()).toMatchObject({ month: '2027-02', used: 1 })
  })

  it('reaches 5,001 people by their departments in two minutes, each within its limit', async () => {
    await engine.settings({ receiversPerMinute: 5000 })
    const all = { kind: 'announcement', title: 'All', message: { msgtype: 'text' as const, text: { content: 'All' } } }
    const { queued } = await engine.notifications.enqueueForDepartments(database.db, { ...all, key: 'all', departments: [{ id: 1, people: 3000 }, { id: 2, people: 2001 }] })
    expect(queued).toBe(2)
    const from = sandbox.platform.now()
    await engine.drain()
    expect((await engine.rows()).map(({ receivers, state }) => [receivers, state])).toEqual([[3000, 'not_checked'], [2001, 'not_checked']])
    expect(sandbox.platform.now() - from).toBeGreaterThanOrEqual(minute)
  })

  it('goes on by itself a day after somebody has mended the AgentId without saying so', async () => {
    control().faults({ kind: 'errcode', path: sendPath, errcode: 40056, errmsg: '不合法的agentid', times: 1 })
    await enqueue(engine.message(0, 'waits', { expiresAt: new Date(sandbox.platform.now() + 72 * hour) }))
    await engine.drain()
    control().faults({ kind: 'errcode', path: '/topapi/message/corpconversation/status_bar/update', errcode: 40056, errmsg: '不合法的agentid', times: 1 })
    const probes = () => control().calls().filter(({ path }) => path.endsWith('/status_bar/update')).length
    wait(23 * hour)
    await engine.notifications.tidy()
    expect(probes()).toBe(0)
    wait(2 * hour)
    for (const _ of ['once', 'not again']) await engine.notifications.tidy()
    expect(probes()).toBe(1)
    expect((await engine.notifications.admin.queue('zh-CN')).paused).toMatchObject({ reason: '40056' })
    wait(25 * hour)
    await engine.notifications.tidy()
    expect((await engine.notifications.admin.queue('zh-CN')).paused).toBeNull()
    await engine.drain()
    expect(engine.mailbox(0)).toHaveLength(1)
  })

  // The last ones: the client that met the page calls nobody for five minutes of the real clock.
  describe('behind a web page in place of the answer', () => {
    async function met(message: OutboxMessage) {
      const client = engine.another()
      const other = await engine.restart({ sendWorkNotification: client.messages.sendWorkNotification })
      control().faults({ kind: 'html', carriedOut: true, path: sendPath, times: 1 })
      const { sendings: [id] } = await enqueue(message)
      await other.deliver()
      await other.stop()
      await client.close()
      expect(await engine.state(message.key)).toEqual(['sending', 'ip_banned'])
      return id!
    }
    const beforeMidnight = (ms: number) => wait(startOfDay(dayOf(sandbox.platform.now())) + 24 * hour - ms - sandbox.platform.now())

    it('is known to have arrived when DingTalk drops the same content', async () => {
      await met(engine.message(0, 'same day'))
      wait(6 * minute)
      await engine.drain()
      wait(3 * minute)
      while (await engine.notifications.checkResults());
      expect(await engine.state('same day')).toEqual(['delivered', 'delivered_before'])
      expect(engine.mailbox(0)).toHaveLength(1)
    })

    it('is possibly delivered after midnight, when DingTalk would not drop a second copy, until somebody sends it again', async () => {
      beforeMidnight(3 * minute)
      const id = await met(engine.message(0, 'midnight'))
      wait(6 * minute)
      await engine.drain()
      expect(await engine.state('midnight')).toEqual(['possibly', 'broken_answer'])
      expect(engine.mailbox(0)).toHaveLength(1)
      expect(await engine.notifications.admin.retry(id, undefined, by)).toBe(1)
      await engine.drain()
      expect(engine.mailbox(0)).toHaveLength(2)
    })

    it('is possibly delivered too when quiet hours kept it until the next day', async () => {
      beforeMidnight(10 * minute)
      await met(engine.message(0, 'quiet'))
      const morning = new Date(sandbox.platform.now() + 8 * hour)
      engine.notifications.registerQuiet(async (_, at) => new Map(at < morning ? [[engine.people[0]!.accountId, morning]] : []))
      wait(6 * minute)
      await engine.drain()
      expect((await engine.state('quiet'))[0]).toBe('queued')
      wait(9 * hour)
      await engine.drain()
      expect(await engine.state('quiet')).toEqual(['possibly', 'broken_answer'])
      expect(engine.mailbox(0)).toHaveLength(1)
    })
  })
})
