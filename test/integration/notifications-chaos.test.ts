import type { FaultInput } from '../../sandbox/dingtalk/platform/gateway/faults.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { Database } from '../../server/db/index.ts'
import type { Notifications } from '../../server/notifications/index.ts'
import type { Delivery } from '../support/notifications.ts'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCalendar } from '../../server/calendar/index.ts'
import { tables } from '../../server/db/index.ts'
import { createDirectory } from '../../server/directory/index.ts'
import { createMessages } from '../../server/messages/index.ts'
import { readPause } from '../../server/notifications/queue/state.ts'
import { engines } from '../support/engines.ts'
import { sendPath, startDelivery } from '../support/notifications.ts'
import { until } from '../support/until.ts'

const eventCount = 24
const peopleCount = 12

/** What a night with DingTalk is like. */
const weather: FaultInput[] = [
  { kind: 'lost-answer', path: sendPath, every: 7 },
  { kind: 'reset', path: sendPath, every: 11 },
  { kind: 'truncate', path: sendPath, every: 13 },
  { kind: 'errcode', path: sendPath, after: 3, times: 1, errcode: 88, subCode: '90018', errmsg: 'qps' },
  { kind: 'errcode', path: sendPath, every: 6, errcode: 41047, errmsg: '每分钟人次上限' },
  { kind: 'errcode', path: sendPath, every: 17, errcode: -1, errmsg: '系统繁忙' },
  { kind: 'status', path: sendPath, every: 19, status: 502, body: 'bad gateway' },
  { kind: 'expire-tokens', path: sendPath, every: 4 },
]

/** States of which DingTalk must have delivered the message exactly once, perhaps once, or not at all. */
const deliveredOnce = new Set(['sent', 'not_checked', 'read', 'unread'])
const perhaps = new Set(['possibly'])
const notDelivered = new Set(['dropped', 'failed', 'invalid', 'unbound'])

describe.each(engines)('every business event on $engine, whatever goes wrong in between,', ({ open }) => {
  let engine: Delivery
  let sandbox: Sandbox
  let database: Database

  beforeAll(async () => {
    engine = await startDelivery({ open, sandbox: { members: 30, departments: 3 }, people: peopleCount })
    ;({ sandbox, database } = engine)
  })
  beforeEach(() => engine.reset())
  afterAll(() => engine.close())

  /** Each event goes to one to three people with the same words. */
  async function writeEvents(): Promise<void> {
    for (let event = 0; event < eventCount; event++) {
      const receivers = Array.from({ length: (event % 3) + 1 }, (_, n) => (event * 5 + n * 3) % peopleCount)
      await engine.notifications.enqueue(database.db, [...new Set(receivers)].map(person => engine.message(person, `event ${event}`)))
    }
  }

  const othersOf = (states: Map<string, number>) => [...states.keys()].filter(state => !deliveredOnce.has(state)).sort()
  const arrivedOf = (states: Map<string, number>) => [...states].reduce((sum, [state, count]) => sum + (deliveredOnce.has(state) ? count : 0), 0)

  type Sent = ReturnType<Sandbox['platform']['messagesOf']>[number]['msg']
  // A call of an earlier test that the platform held back can still arrive: of another kind, and none of these.
  const isText = (msg: Sent, content: string) => (msg.text as { content: string } | undefined)?.content === content

  /** `elsewhere`: contents that somebody else has sent to everybody in the app's name. */
  async function tellTheTruth(elsewhere: string[] = [], is = isText): Promise<Map<string, number>> {
    const states = new Map<string, number>()
    for (const { key, state, reason, accountId } of await engine.rows()) {
      const { userid } = engine.people.find(person => person.accountId === accountId)!
      const content = key.slice(0, key.lastIndexOf(':'))
      const copies = sandbox.platform.messagesOf(userid).filter(({ msg }) => is(msg, content)).length - (elsewhere.includes(content) ? 1 : 0)
      if (deliveredOnce.has(state))
        expect(copies, `${key} is ${state}`).toBe(1)
      else if (perhaps.has(state))
        expect(copies, `${key} is ${state}`).toBeLessThanOrEqual(1)
      else
        expect([notDelivered.has(state), copies, reason !== null], `${key} is ${state}`).toEqual([true, 0, true])
      states.set(state, (states.get(state) ?? 0) + 1)
    }
    return states
  }

  it('is delivered once, or shown with the reason, or marked as possibly delivered', async () => {
    sandbox.platform.control.faults(...weather)
    await writeEvents()
    for (let hour = 0; hour < 8; hour++) {
      await engine.drain()
      sandbox.platform.control.shiftClock(20 * 60_000)
    }
    const states = await tellTheTruth()
    expect(arrivedOf(states)).toBeGreaterThan(eventCount / 2)
    expect(states.get('possibly')).toBeGreaterThan(0)
    expect(othersOf(states)).toEqual(['possibly'])
  })

  it('is shown as dropped with the reason when DingTalk drops it without a word', async () => {
    const { control } = sandbox.platform
    const userids = engine.people.map(({ userid }) => userid)
    const elsewhere = (content: string, to: string[]) => engine.dingtalk.messages.sendWorkNotification({ userids: to, message: { msgtype: 'text', text: { content } } })
    control.mutate({ op: 'clock', setMs: Date.parse('2027-01-05T10:00:00+08:00') })
    control.settings({ silent: { perDay: 8, perMinute: 30 } })
    await engine.settings({ results: { important: true, samplePercent: 100 } })
    // Another system speaks in the app's name: somebody has the same words, somebody else has had enough, the minute is full.
    await elsewhere('event 3', userids)
    for (let n = 0; n < 8; n++) await elsewhere(`enough ${n}`, [userids[1]!])
    control.clearCalls()
    control.faults({ kind: 'lost-answer', path: sendPath, every: 9 }, { kind: 'errcode', path: sendPath, every: 6, errcode: 41047, errmsg: '每分钟人次上限' })
    await writeEvents()
    const pass = async (rounds: number) => {
      for (let round = 0; round < rounds; round++) {
        await engine.drain()
        control.shiftClock(4 * 60_000)
        while (await engine.notifications.checkResults());
      }
      return engine.rows()
    }
    const today = await pass(12)
    expect(today.some(({ state, reason }) => state === 'dropped' && reason === '143106')).toBe(true)
    // What was too much for one day waits for the next morning, and arrives.
    const held = today.filter(({ state, reason }) => state === 'queued' && reason === '143105')
    expect(held.length).toBeGreaterThan(0)
    expect(new Set(held.map(({ dueAt }) => dueAt.toISOString()))).toEqual(new Set(['2027-01-06T00:00:00.000Z']))
    control.mutate({ op: 'clock', setMs: Date.parse('2027-01-06T08:00:01+08:00') })
    control.settings({ silent: { perDay: 100, perMinute: 30 } })
    const rows = await pass(6)
    expect(rows.filter(({ id }) => held.some(one => one.id === id)).every(({ state }) => ['unread', 'possibly'].includes(state))).toBe(true)
    // What a full minute cost was sent again, later.
    expect(rows.filter(({ state, attempts }) => state === 'unread' && attempts > 1).length).toBeGreaterThan(0)
    const states = await tellTheTruth(['event 3'])
    expect(othersOf(states)).toEqual(['dropped', 'possibly'])
  })

  it('is so after crashes before, in and after calls as well', async () => {
    await writeEvents()
    const never = new Promise<never>(() => {})
    let calls = 0
    const crashing = {
      // Dies before the call is made, or after DingTalk took it and before anybody knows.
      sendWorkNotification: async (...given: Parameters<typeof engine.dingtalk.messages.sendWorkNotification>) => {
        // Several are under way at once: each goes by its own number.
        const nth = ++calls
        if (nth % 4 === 1)
          return never
        const sent = await engine.dingtalk.messages.sendWorkNotification(...given)
        return nth % 4 === 2 ? never : sent
      },
    }
    for (const _life of ['first', 'second']) {
      const alive = await engine.restart(crashing)
      const before = calls
      void alive.deliver()
      // One of each kind at least; half of these calls never come back.
      await until(() => calls >= before + 4 || undefined)
      sandbox.platform.control.shiftClock(120_000)
    }
    const last = await engine.restart()
    await engine.drain()
    sandbox.platform.control.shiftClock(120_000)
    await last.tidy()
    const states = await tellTheTruth()
    expect(othersOf(states)).toEqual(['possibly'])
    expect(states.get('possibly')).toBeLessThanOrEqual(2 * 8 * 3)
  })

  it('is so from the assignment of a record on: told, written to the outbox and sent, with restarts in between', async () => {
    const { db } = database
    await engine.settings({ gatherSeconds: 0 })
    const directory = createDirectory({ db })
    const messagesOver = (notifications: Notifications) =>
      createMessages({ db, directory, notifications, settings: { namesIn: async () => ({ corpId: sandbox.app.corpId, agentId: '1' }) }, calendar: createCalendar({ db }), reminders: undefined, linkBase: 'https://crm.example.com', publicUrlSet: true, log: pino({ level: 'silent' }) })
    type Messages = ReturnType<typeof messagesOver>
    const assign = (messages: Messages, n: number, fails = false) => db.transaction(async (tx) => {
      await messages.publish(tx, [{
        key: `assigned-${n}`,
        type: 'record.assigned',
        at: new Date(sandbox.platform.now()),
        actor: null,
        record: { kind: 'leads', id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, name: `assigned-${n}号` },
        parties: { owner: engine.people[n % peopleCount]!.accountId },
        values: {},
      }])
      if (fails)
        throw new Error('the business did not happen')
    })
    const told = () => until(async () => (await db.$count(tables.messageNotice)) === 0 || undefined)
    sandbox.platform.control.faults(...weather)

    const first = messagesOver(engine.notifications)
    first.start()
    for (let n = 0; n < 12; n++) await assign(first, n)
    await expect(assign(first, 99, true)).rejects.toThrow()
    await told()
    await engine.drain()
    await first.stop()

    // This process dies after the commit and before it has told anybody; the next one over a call that DingTalk has taken.
    const dead = messagesOver(engine.notifications)
    for (let n = 12; n < eventCount; n++) await assign(dead, n)
    expect(await db.$count(tables.messageNotice)).toBe(eventCount - 12)
    const taken = Promise.withResolvers<void>()
    const crashing = await engine.restart({
      sendWorkNotification: async (...given) => {
        await engine.dingtalk.messages.sendWorkNotification(...given).catch(() => {})
        taken.resolve()
        return new Promise<never>(() => {})
      },
    })
    const second = messagesOver(crashing)
    second.start()
    await told()
    void crashing.deliver()
    await taken.promise
    await second.stop()
    const last = await engine.restart()
    for (let hour = 0; hour < 8; hour++) {
      sandbox.platform.control.shiftClock(20 * 60_000)
      await last.tidy()
      await engine.drain()
    }

    const rows = await engine.rows()
    expect(rows.map(({ key }) => key.split(':')[0]).sort()).toEqual(Array.from({ length: eventCount }, (_, n) => `assigned-${n}`).sort())
    expect(await db.$count(tables.inboxMessage)).toBe(eventCount)
    const states = await tellTheTruth([], (msg, content) => JSON.stringify(msg).includes(`${content}号`))
    // Each event is a call of its own here, and most calls of this night are disturbed.
    expect(arrivedOf(states)).toBeGreaterThan(eventCount / 4)
    expect(states.get('possibly')).toBeGreaterThan(0)
    expect(othersOf(states)).toEqual(['possibly'])
  }, 90_000)

  it('leaves two instances at the same time without a second copy', async () => {
    await writeEvents()
    const other = await engine.restart()
    await Promise.all([engine.drain(), (async () => {
      while (await other.deliver() !== undefined);
    })()])
    await engine.drain()
    expect(othersOf(await tellTheTruth())).toEqual([])
  })

  it('stops with an alert in the same transaction when the AgentId is wrong', async () => {
    const seen: { inside: boolean, outside: boolean | undefined }[] = []
    engine.notifications.onAlert(async (tx) => {
      seen.push({
        inside: await readPause(tx, sandbox.platform.now()) !== null,
        // The embedded database has one connection, which is this transaction's.
        outside: database.engine === 'server' ? await readPause(database.db, sandbox.platform.now()) !== null : undefined,
      })
      throw new Error('administrators cannot be told')
    })
    sandbox.platform.control.faults({ kind: 'errcode', path: sendPath, errcode: 40056, errmsg: '不合法的agentid', times: 1 })
    await engine.notifications.enqueue(database.db, [engine.message(0, 'stopped')])
    await engine.drain()
    expect(seen).toEqual([{ inside: true, outside: database.engine === 'server' ? false : undefined }])
    // Somebody who cannot be told does not keep the queue from stopping, nor the others from hearing of it.
    expect(await readPause(database.db, sandbox.platform.now())).toMatchObject({ reason: '40056' })
    expect(engine.alerts).toHaveLength(1)
  })
})
