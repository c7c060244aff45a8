import type { Sandbox } from '../../sandbox/index.ts'
import type { Database } from '../../server/db/index.ts'
import type { Delivery } from '../support/notifications.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { afterQuiet, dayOf, momentOn } from '../../server/messages/publish/quiet.ts'
import { sendPath, startDelivery } from '../support/notifications.ts'
import { until } from '../support/until.ts'

const dayMs = 24 * 3600_000
const by = { name: 'tester', ip: '127.0.0.1' }

describe('the delivery of the outbox', () => {
  let engine: Delivery
  let sandbox: Sandbox
  let database: Database

  beforeAll(async () => {
    engine = await startDelivery({ sandbox: { members: 150, departments: 5 }, people: 140 })
    ;({ sandbox, database } = engine)
  })
  beforeEach(() => engine.reset())
  afterAll(() => engine.close())

  it('sends the same content in calls of at most 100, and personal content singly', async () => {
    const everybody = engine.people.map((_, n) => engine.message(n, 'announcement'))
    await engine.notifications.enqueue(database.db, [...everybody, engine.message(0, 'mine'), engine.message(1, 'yours')])
    await engine.drain()
    expect(engine.calls().map(({ params }) => String(params.userid_list).split(',').length).sort((a, b) => a - b)).toEqual([1, 1, 40, 100])
    expect(engine.calls()[0]?.params).toMatchObject({ agent_id: sandbox.app.agentId, to_all_user: false, msg: { msgtype: 'text', text: { content: expect.any(String) } } })
    expect(engine.mailbox(0).map(({ msg }) => msg.text)).toEqual(expect.arrayContaining([{ content: 'announcement' }, { content: 'mine' }]))
    expect((await engine.rows()).every(({ state }) => state === 'not_checked')).toBe(true)
  })

  it('is silent in quiet hours whenever a message was written, except for what is urgent, and delivers afterwards', async () => {
    const until = new Date(sandbox.platform.now() + 8 * 3600_000)
    engine.notifications.registerQuiet(async (_, at) => new Map(at < until ? [[engine.people[0]!.accountId, until]] : []))
    const gather = { key: 'assigned' }
    await engine.notifications.enqueue(database.db, [
      engine.message(0, 'window', { gather }),
      engine.message(0, 'plain'),
      engine.message(0, 'urgent', { kind: 'announcement', priority: 'high' }),
      engine.message(1, 'awake'),
    ])
    sandbox.platform.control.shiftClock(61_000)
    await engine.drain()
    expect(engine.mailbox(0).map(({ msg }) => msg.text)).toEqual([{ content: 'urgent' }])
    expect(engine.mailbox(1)).toHaveLength(1)
    sandbox.platform.control.shiftClock(8 * 3600_000)
    await engine.drain()
    expect(engine.mailbox(0)).toHaveLength(3)
  })

  it('delivers on Monday what a window kept until quiet hours of a whole weekend, also what is sent again by hand; a reminder ends with its plan', async () => {
    const { platform } = sandbox
    const isWorking = (day: string) => ![0, 6].includes(new Date(day).getUTCDay())
    const hours = { from: '18:00', to: '08:30', daysOff: true }
    engine.notifications.registerQuiet(async (_, at) => {
      const until = afterQuiet(at, hours, isWorking)
      return new Map(until ? [[engine.people[0]!.accountId, until]] : [])
    })
    let friday = momentOn(dayOf(new Date(platform.now() + dayMs)), '17:59').getTime() + 30_000
    while (new Date(friday).getUTCDay() !== 5) friday += dayMs
    const moveTo = (moment: number) => platform.control.shiftClock(moment - platform.now())
    moveTo(friday)
    const { binding } = tables
    const [kept] = await database.db.delete(binding).where(eq(binding.accountId, engine.people[0]!.accountId)).returning()
    const { sendings: [missed] } = await engine.notifications.enqueue(database.db, [engine.message(0, 'by hand')])
    await engine.drain()
    await database.db.insert(binding).values(kept!)
    const expiresAt = new Date(friday + dayMs)
    await engine.notifications.enqueue(database.db, [
      engine.message(0, 'window', { gather: { key: 'assigned' }, expiresAt }),
      engine.message(0, 'reminder', { kind: 'plan.due', gather: { key: 'plan.due' }, expiresAt }),
    ])
    await engine.notifications.admin.retry(missed!, undefined, by)
    moveTo(friday + 61_000)
    await engine.drain()
    moveTo(friday + 2 * dayMs)
    await engine.drain()
    expect(engine.mailbox(0)).toEqual([])
    moveTo(momentOn(dayOf(new Date(friday + 3 * dayMs)), '08:30').getTime())
    await engine.drain()
    const arrived = engine.mailbox(0).map(({ msg }) => msg.text)
    expect(arrived).toHaveLength(2)
    expect(arrived).toEqual(expect.arrayContaining([{ content: 'by hand' }, { content: 'window' }]))
    expect(await engine.state('reminder')).toEqual(['expired', 'expired'])
  })

  it('sends somebody who gets bound what they missed that day, and nothing older', async () => {
    const { accountId, userid } = engine.people[2]!
    const { binding } = tables
    const [kept] = await database.db.delete(binding).where(eq(binding.accountId, accountId)).returning()
    await engine.notifications.enqueue(database.db, [engine.message(2, 'old')])
    sandbox.platform.control.shiftClock(25 * 3600_000)
    await engine.notifications.enqueue(database.db, [engine.message(2, 'missed')])
    await engine.notifications.tidy()
    await engine.drain()
    expect(await engine.state('missed', 2)).toEqual(['unbound', 'unbound'])
    await database.db.insert(binding).values({ ...kept!, userid, createdAt: new Date(sandbox.platform.now()) })
    await engine.notifications.tidy()
    await engine.drain()
    expect(engine.mailbox(2).map(({ msg }) => msg.text)).toEqual([{ content: 'missed' }])
    expect(await engine.state('old', 2)).toEqual(['unbound', 'unbound'])
  })

  it('makes one message of those of one person within the window, and keeps the originals', async () => {
    engine.notifications.registerMerge((kind, messages) => ({ title: `${messages.length}`, message: { msgtype: 'text', text: { content: `${kind}: ${messages.map(({ data }) => data.name).join(', ')}` } } }))
    const gather = { key: 'assigned' }
    await engine.notifications.enqueue(database.db, ['a', 'b', 'c'].map(name => engine.message(0, name, { gather, data: { name } })))
    await engine.notifications.enqueue(database.db, [engine.message(1, 'alone', { gather })])
    await engine.drain()
    expect(engine.mailbox(0)).toEqual([])
    sandbox.platform.control.shiftClock(61_000)
    await engine.drain()
    expect(engine.mailbox(0).map(({ msg }) => msg.text)).toEqual([{ content: 'record.assigned: a, b, c' }])
    expect(engine.mailbox(1).map(({ msg }) => msg.text)).toEqual([{ content: 'alone' }])
    expect(await engine.state('a')).toEqual(['merged', null])
    const { sendingId } = await engine.row(`a:${engine.people[0]!.accountId}`)
    const { recipients } = await engine.notifications.admin.describe(sendingId, { limit: 10 }, 'zh-CN')
    expect(recipients.items).toMatchObject([{ state: 'merged', carrierState: 'not_checked', mergedInto: expect.any(String) }])
  })

  it('waits for quiet hours to end', async () => {
    await engine.notifications.enqueue(database.db, [engine.message(0, 'quiet', { notBefore: new Date(sandbox.platform.now() + 3600_000) })])
    await engine.drain()
    expect(engine.mailbox(0)).toEqual([])
    sandbox.platform.control.shiftClock(3600_000)
    await engine.drain()
    expect(engine.mailbox(0)).toHaveLength(1)
  })

  it('does not spend a call on what DingTalk would not deliver', async () => {
    const { accountId } = engine.people[2]!
    await database.db.update(tables.account).set({ status: 'disabled' }).where(eq(tables.account.id, accountId))
    await database.db.delete(tables.binding).where(eq(tables.binding.accountId, engine.people[3]!.accountId))
    const same = { message: { msgtype: 'text' as const, text: { content: 'same' } } }
    await engine.notifications.enqueue(database.db, [engine.message(0, 'first', same), engine.message(0, 'again', same), engine.message(2, 'left'), engine.message(3, 'nobody')])
    await engine.drain()
    expect(engine.calls()).toHaveLength(1)
    expect(await engine.state('again')).toEqual(['queued', null])
    sandbox.platform.control.shiftClock(30_000)
    await engine.drain()
    expect(engine.calls()).toHaveLength(1)
    expect(await Promise.all([engine.state('first'), engine.state('again'), engine.state('left', 2), engine.state('nobody', 3)])).toEqual([['not_checked', null], ['dropped', '143106'], ['failed', 'departed'], ['unbound', 'unbound']])
    sandbox.platform.control.shiftClock(24 * 3600_000)
    await engine.notifications.enqueue(database.db, [engine.message(0, 'tomorrow', same)])
    await engine.drain()
    expect(await engine.state('tomorrow')).toEqual(['not_checked', null])
  })

  it('keeps for the next morning what is too much for a day, unless it is of no use by then', async () => {
    sandbox.platform.control.mutate({ op: 'clock', setMs: Date.parse('2027-01-05T15:00:00+08:00') })
    const now = sandbox.platform.now()
    const { accountId, userid } = engine.people[4]!
    const { sendings: [sending] } = await engine.notifications.enqueue(database.db, [engine.message(5, 'any')])
    await database.db.insert(tables.notification).values(Array.from({ length: 500 }, (_, n) => ({
      sendingId: sending!,
      key: `full ${n}`,
      kind: 'plan.due',
      priority: 1,
      accountId,
      userid,
      contentHash: `full ${n}`,
      dueAt: new Date(now),
      sentAt: new Date(now),
      state: 'not_checked' as const,
    })))
    await engine.notifications.enqueue(database.db, [engine.message(4, 'later'), engine.message(4, 'soon', { expiresAt: new Date(now + 3600_000) })])
    await engine.drain()
    expect(await Promise.all([engine.state('later', 4), engine.state('soon', 4)])).toEqual([['queued', '143105'], ['dropped', '143105']])
    sandbox.platform.control.mutate({ op: 'clock', setMs: Date.parse('2027-01-06T08:00:01+08:00') })
    await engine.drain()
    expect((await engine.state('later', 4))[0]).toBe('not_checked')
  })

  it('keeps to the receivers of a minute and of a second', async () => {
    await engine.settings({ receiversPerMinute: 120, receiversPerSecond: 50 })
    await engine.notifications.enqueue(database.db, engine.people.map((_, n) => engine.message(n, 'announcement')))
    const from = sandbox.platform.now()
    await engine.drain()
    const sent = sandbox.platform.control.tasks().map(({ sentAt, receivers }) => ({ at: sentAt - from, receivers }))
    expect(sent.map(({ receivers }) => receivers)).toEqual([50, 50, 40])
    expect(sent[1]!.at - sent[0]!.at).toBeGreaterThanOrEqual(1000)
    expect(sent[2]!.at - sent[0]!.at).toBeGreaterThanOrEqual(60_000)
  })

  it('shows as possibly delivered what got no answer, and never sends it again by itself', async () => {
    sandbox.platform.control.faults({ kind: 'lost-answer', path: sendPath, times: 1 })
    await engine.notifications.enqueue(database.db, [engine.message(0, 'lost')])
    await engine.drain()
    sandbox.platform.control.faults({ kind: 'hang', path: sendPath, times: 1 })
    await engine.notifications.enqueue(database.db, [engine.message(1, 'hung')])
    await until(() => engine.impatient.token.get().catch(() => undefined))
    const impatient = await engine.restart(engine.impatient.messages)
    await impatient.deliver()
    sandbox.platform.control.shiftClock(3600_000)
    await engine.drain()
    expect(await Promise.all([engine.state('lost'), engine.state('hung', 1)])).toEqual([['possibly', 'network'], ['possibly', 'timeout']])
    expect(engine.calls()).toHaveLength(2)
  })

  it('repeats byte for byte what was certainly not taken', async () => {
    sandbox.platform.control.faults({ kind: 'errcode', path: sendPath, errcode: 41047, errmsg: '每分钟人次上限', times: 1 })
    await engine.notifications.enqueue(database.db, [0, 1, 2].map(n => engine.message(n, 'pushed back')))
    await engine.drain()
    expect(await engine.state('pushed back')).toEqual(['sending', '41047'])
    sandbox.platform.control.shiftClock(6_000)
    await engine.drain()
    const [call] = await database.db.select().from(tables.notificationCall)
    expect(call).toMatchObject({ state: 'accepted', attempts: 2 })
    expect(sandbox.platform.control.tasks()).toHaveLength(1)
    expect(await engine.state('pushed back')).toEqual(['not_checked', null])
  })

  it('stops the queue for a wrong AgentId, once, and goes on after a test that arrives', async () => {
    sandbox.platform.control.faults({ kind: 'errcode', path: sendPath, errcode: 40056, errmsg: '不合法的agentid', times: 1 })
    await engine.notifications.enqueue(database.db, [engine.message(0, 'a'), engine.message(1, 'b')])
    await engine.drain()
    await engine.notifications.deliver()
    expect(engine.alerts).toEqual([expect.objectContaining({ kind: 'paused', reason: '40056' })])
    expect(await engine.notifications.admin.queue('en-US')).toMatchObject({ paused: { reason: '40056', cause: expect.stringContaining('AgentId') } })
    const before = engine.calls().length
    await engine.notifications.enqueue(database.db, [engine.message(2, 'c')])
    await engine.drain()
    expect(engine.calls()).toHaveLength(before)
    const test = await engine.notifications.admin.test({ id: engine.people[5]!.accountId, name: 'Tester' }, undefined, 'en-US', by)
    expect(test).toMatchObject({ resumed: true, result: { state: 'sent' } })
    await engine.drain()
    expect((await engine.rows()).map(({ state }) => state)).toEqual(['not_checked', 'not_checked', 'not_checked', 'sent'])
  })

  it('stops after three equal refusals that nobody knows, and resuming does not begin with what was refused', async () => {
    sandbox.platform.control.faults({ kind: 'errcode', path: sendPath, errcode: 987654, errmsg: '未知', times: 3 })
    await engine.notifications.enqueue(database.db, [0, 1, 2, 3].map(n => engine.message(n, `unlike ${n}`)))
    await engine.drain()
    await engine.notifications.deliver()
    expect(engine.alerts).toEqual([expect.objectContaining({ kind: 'paused', reason: '987654' })])
    await engine.notifications.admin.resume(by)
    await engine.drain()
    expect((await engine.rows()).map(({ state }) => state).sort()).toEqual(['failed', 'failed', 'failed', 'not_checked'])
    expect(engine.alerts).toHaveLength(1)
  })

  it('stops for the used up quota until the next month, and the meter says so', async () => {
    sandbox.platform.control.faults({ kind: 'errcode', path: sendPath, errcode: 88, subCode: '90020', errmsg: '超过每月调用限制', times: 1 })
    await engine.notifications.enqueue(database.db, [engine.message(0, 'too much')])
    await engine.drain()
    await engine.notifications.stop()
    expect(await engine.notifications.budget.read()).toMatchObject({ level: 'spent', exhaustedAt: expect.any(String), saving: true })
    const { paused } = await engine.notifications.admin.queue('zh-CN')
    expect(paused?.until?.endsWith('T16:05:00.000Z')).toBe(true)
    sandbox.platform.control.shiftClock(Date.parse(paused!.until!) - sandbox.platform.now() + 1000)
    expect(await engine.notifications.budget.read()).toMatchObject({ level: 'ok', used: 0, exhaustedAt: null })
  })

  it('finds the one recipient who spoils a call', async () => {
    sandbox.platform.control.faults({ kind: 'errcode', path: sendPath, errcode: 40031, errmsg: '不合法的UserID列表', times: 2 })
    await engine.notifications.enqueue(database.db, [0, 1, 2, 3].map(n => engine.message(n, 'to four')))
    await engine.drain()
    expect(sandbox.platform.control.tasks().map(({ receivers }) => receivers).sort()).toEqual([1, 1, 2])
    expect((await engine.rows()).every(({ state }) => state === 'not_checked')).toBe(true)
  })

  it('tells the truth of each recipient, and sends again what was dropped for a passing reason', async () => {
    sandbox.platform.control.mutate({ op: 'removeMember', userid: engine.people[1]!.userid })
    await engine.notifications.enqueue(database.db, [0, 1, 2].map(n => engine.message(n, 'important', { priority: 'high' })))
    await engine.drain()
    sandbox.platform.markRead(engine.people[0]!.userid, engine.mailbox(0)[0]!.taskId)
    sandbox.platform.control.shiftClock(3 * 60_000)
    expect(await engine.notifications.checkResults()).toBe(true)
    expect(await Promise.all([engine.state('important'), engine.state('important', 1), engine.state('important', 2)])).toEqual([['read', null], ['invalid', 'invalid_user'], ['unread', null]])
    expect(await engine.notifications.checkResults()).toBe(false)
  })

  it('asks about the neighbours of a message that was silently dropped', async () => {
    await engine.notifications.enqueue(database.db, [engine.message(0, 'dropped', { priority: 'high' }), engine.message(1, 'neighbour')])
    await engine.drain()
    expect(await engine.state('neighbour', 1)).toEqual(['not_checked', null])
    sandbox.platform.control.shiftClock(3 * 60_000)
    const { sendResult } = engine.dingtalk.messages
    const crowded = await engine.restart({
      sendResult: async (...given) => ({ ...(await sendResult(...given)), readUserids: [], unreadUserids: [], forbidden: [{ userid: engine.people[0]!.userid, code: '143103', count: 5000 }] }),
    })
    expect(await crowded.checkResults()).toBe(true)
    expect(await engine.state('dropped')).toEqual(['queued', '143103'])
    expect(await engine.notifications.checkResults()).toBe(true)
    expect(await engine.state('neighbour', 1)).toEqual(['unread', null])
  })

  it('asks about whatever is sent again, by itself or by hand, although nobody would have asked about the first', async () => {
    await engine.settings({ results: { important: false, samplePercent: 100 } })
    const { sendings: [passing] } = await engine.notifications.enqueue(database.db, [engine.message(0, 'passing')])
    await engine.drain()
    await engine.settings({ results: { important: false, samplePercent: 0 } })
    sandbox.platform.control.shiftClock(3 * 60_000)
    const { sendResult } = engine.dingtalk.messages
    let dropping = true
    const crowded = await engine.restart({
      sendResult: async (...given) => ({ ...(await sendResult(...given)), readUserids: [], unreadUserids: [], forbidden: dropping ? [{ userid: engine.people[0]!.userid, code: '143103', count: 5000 }] : [] }),
    })
    expect(await crowded.checkResults()).toBe(true)
    expect(await engine.state('passing')).toEqual(['queued', '143103'])
    sandbox.platform.control.shiftClock(4 * 60_000)
    await engine.drain()
    expect((await engine.state('passing'))[0]).toBe('sent')
    // Dropped again and again it is given up; by hand it goes out once more, and is asked about as well.
    for (let turn = 0; turn < 2; turn++) {
      sandbox.platform.control.shiftClock(4 * 60_000)
      await crowded.checkResults()
      await engine.drain()
    }
    sandbox.platform.control.shiftClock(4 * 60_000)
    await crowded.checkResults()
    expect((await engine.state('passing'))[0]).toBe('dropped')
    dropping = false
    sandbox.platform.control.mutate({ op: 'clock', setMs: sandbox.platform.now() + 24 * 3600_000 })
    expect(await engine.notifications.admin.retry(passing!, undefined, by)).toBe(1)
    await engine.drain()
    expect((await engine.state('passing'))[0]).toBe('sent')
  })

  it('counts a message for the day on which it leaves, and lets a twin wait until the first one is settled', async () => {
    sandbox.platform.control.mutate({ op: 'clock', setMs: Date.parse('2027-01-05T23:59:58+08:00') })
    sandbox.platform.control.faults({ kind: 'errcode', path: sendPath, errcode: 41047, errmsg: '每分钟人次上限', every: 1 })
    const same = { message: { msgtype: 'text' as const, text: { content: 'same' } } }
    const { sendings: [first] } = await engine.notifications.enqueue(database.db, [engine.message(0, 'first', same)])
    await engine.drain()
    expect(await engine.rows()).toMatchObject([{ state: 'sending', sentAt: null }])
    await engine.notifications.enqueue(database.db, [engine.message(0, 'twin', same)])
    await engine.drain()
    expect(await engine.state('twin')).toEqual(['queued', null])
    await engine.notifications.admin.recall(first!, by)
    sandbox.platform.control.clearFaults()
    sandbox.platform.control.shiftClock(60_000)
    await engine.drain()
    expect((await engine.row(`twin:${engine.people[0]!.accountId}`)).sentAt?.getTime()).toBeGreaterThan(Date.parse('2027-01-06T00:00:00+08:00'))
  })

  it('recalls within a day, spares what waits, and does not ask for results afterwards', async () => {
    const { sendings: [sent] } = await engine.notifications.enqueue(database.db, [engine.message(0, 'oops')])
    await engine.drain()
    const { sendings: [waits] } = await engine.notifications.enqueue(database.db, [engine.message(1, 'not yet', { notBefore: new Date(sandbox.platform.now() + 60_000) })])
    expect(await engine.notifications.admin.recall(sent!, by)).toEqual({ recalled: 1, underWay: 0, tooLate: 0, failed: 0 })
    expect(await engine.notifications.admin.recall(waits!, by)).toEqual({ recalled: 1, underWay: 0, tooLate: 0, failed: 0 })
    expect(engine.mailbox(0)[0]).toMatchObject({ recalled: true })
    const { sendings: [old] } = await engine.notifications.enqueue(database.db, [engine.message(2, 'old')])
    await engine.drain()
    sandbox.platform.control.shiftClock(25 * 3600_000)
    expect(await engine.notifications.admin.recall(old!, by)).toEqual({ recalled: 0, underWay: 0, tooLate: 1, failed: 0 })
    expect(await engine.notifications.admin.check(old!)).toEqual({ asked: 0, tooLate: 1, failed: 0 })
    expect(await engine.notifications.admin.describe(old!, { limit: 20 }, 'zh-CN')).toMatchObject({ can: { recall: false, check: false, retry: 0 } })
  })

  it('sends digests instead of single messages in saving mode, important ones at once', async () => {
    engine.notifications.registerMerge((kind, messages, _locale, at) => ({ title: kind, message: { msgtype: 'text', text: { content: `${kind} ${messages.length} ${at.getTime()}` } } }))
    sandbox.platform.control.mutate({ op: 'clock', setMs: Date.parse('2027-01-05T10:00:00+08:00') })
    await engine.settings({ saving: { mode: 'on', times: ['09:00', '14:00'] } })
    await engine.notifications.enqueue(database.db, [engine.message(0, 'a'), engine.message(0, 'b', { kind: 'plan.due' }), engine.message(0, 'urgent', { priority: 'high' }), engine.message(1, 'single')])
    await engine.drain()
    expect(engine.mailbox(0).map(({ msg }) => msg.text)).toEqual([{ content: 'urgent' }])
    sandbox.platform.control.mutate({ op: 'clock', setMs: Date.parse('2027-01-05T14:00:01+08:00') })
    await engine.drain()
    expect(engine.mailbox(0).map(({ msg }) => msg.text)).toEqual([{ content: expect.stringMatching(/^digest 2/) }, { content: 'urgent' }])
    expect(engine.mailbox(1)).toHaveLength(1)
  })

  it('sends to departments in calls of 20, whose people nobody asks about', async () => {
    await engine.notifications.enqueueForDepartments(database.db, { key: 'all', kind: 'announcement', title: 'All', message: { msgtype: 'text', text: { content: 'All' } }, departments: [{ id: 1, people: 150 }] })
    await engine.drain()
    expect(engine.calls()[0]?.params).toMatchObject({ dept_id_list: '1', to_all_user: false })
    expect(await engine.row('all:departments-0')).toMatchObject({ state: 'not_checked', receivers: 150 })
  })

  it('warns at each mark of the budget once a month, and again when the budget is another one', async () => {
    const told = () => engine.alerts.flatMap(alert => alert.kind === 'budget' ? `${alert.percent} of ${alert.budget}` : [])
    engine.alerts.splice(0)
    await engine.settings({ budget: 10 })
    await engine.notifications.enqueue(database.db, Array.from({ length: 8 }, (_, n) => engine.message(n % 4, `mark ${n}`)))
    await engine.drain()
    await engine.notifications.settled()
    expect(told()).toEqual(['70 of 10'])
    await engine.notifications.enqueue(database.db, [engine.message(5, 'one more')])
    await engine.drain()
    await engine.notifications.settled()
    expect(told()).toEqual(['70 of 10', '90 of 10'])
    // More was bought: far from any mark. Then less is to be used, and that is behind us already.
    const { budget: _, ...rest } = await engine.notifications.admin.readSettings()
    await engine.notifications.admin.writeSettings({ ...rest, budget: 100 }, by)
    expect(told()).toHaveLength(2)
    await engine.notifications.admin.writeSettings({ ...rest, budget: 12 }, by)
    expect(told().slice(2)).toEqual(['70 of 12'])
    await engine.notifications.admin.writeSettings({ ...rest, budget: 12 }, by)
    expect(told()).toHaveLength(3)
  })

  it('counts the calls of the month by what they were for', async () => {
    await engine.settings({ budget: 3 })
    await engine.notifications.enqueue(database.db, [engine.message(0, 'a', { priority: 'high' }), engine.message(1, 'b', { priority: 'high' })])
    await engine.drain()
    sandbox.platform.control.shiftClock(3 * 60_000)
    expect(await engine.notifications.checkResults()).toBe(true)
    await engine.notifications.settled()
    sandbox.platform.control.shiftClock(6_000)
    // Nothing is left for asking; the messages go on.
    expect(await engine.notifications.checkResults()).toBe(false)
    await engine.notifications.stop()
    expect(await engine.notifications.budget.read()).toMatchObject({ used: 3, level: 'spent', byKind: [{ kind: 'send', calls: 2 }, { kind: 'results', calls: 1 }] })
    expect(engine.alerts.filter(({ kind }) => kind === 'budget').length).toBeGreaterThan(0)
  })
})
