import type { Sandbox } from '../../sandbox/index.ts'
import type { Database } from '../../server/db/index.ts'
import type { FreshInstance } from '../support/fresh.ts'
import { isDeepStrictEqual } from 'node:util'
import { count, eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import { tables } from '../../server/db/index.ts'
import { requestRun } from '../../server/directory/sync/fresh/wanted/request.ts'
import { AppError } from '../../server/http/app-error.ts'
import { engines } from '../support/engines.ts'
import { endRun, eventKeys, recordRuns, startFresh } from '../support/fresh.ts'
import { until } from '../support/until.ts'

const { platformEvent } = tables

describe.each(engines)('the event inbox on $engine', ({ open }) => {
  let sandbox: Sandbox
  let database: Database
  const instances: FreshInstance[] = []

  beforeAll(async () => {
    sandbox = await startSandbox()
    database = await open()
  })
  beforeEach(async () => {
    sandbox.platform.control.reset()
    await database.db.delete(platformEvent)
    await database.db.delete(tables.setting)
    await database.db.delete(tables.syncRun)
  })
  afterEach(async () => {
    await Promise.all(instances.splice(0).map(instance => instance.stop()))
  })
  afterAll(async () => {
    await database.close()
    await sandbox.close()
  })

  const start = async (options: Partial<Parameters<typeof startFresh>[0]> = {}) => {
    const instance = await startFresh({ sandbox, database, ...options })
    instances.push(instance)
    return instance
  }
  /** An instance that DingTalk pushes to. */
  const startPushed = async (options: Partial<Parameters<typeof startFresh>[0]> = {}) => {
    const instance = await start({ channel: 'http', ...options })
    await sandbox.platform.control.events.subscribe({ channel: 'http', url: instance.pushUrl, ...eventKeys })
    return instance
  }
  const byStatus = async () => {
    const rows = await database.db.select({ status: platformEvent.status, events: count() }).from(platformEvent).groupBy(platformEvent.status)
    return Object.fromEntries(rows.map(({ status, events }) => [status, events]))
  }
  const settled = (wanted: object) =>
    until(async () => {
      const found = await byStatus()
      return isDeepStrictEqual(found, wanted) || undefined
    })

  it('follows an event once, however often it comes', async () => {
    const { runs } = await startPushed()
    sandbox.platform.control.events.emit({ type: 'user_modify_org', fields: { userId: ['lisi'] }, copies: 5 })
    await until(() => sandbox.platform.control.events.log().every(({ state }) => state === 'done') || undefined)
    await settled({ ignored: 1 })
    expect(runs.targeted).toEqual([{ userids: ['lisi'], deptIds: [] }])
  })

  it('takes 10,000 events at once, loses none, and makes few runs of them', async () => {
    const { runs } = await startPushed()
    sandbox.platform.control.settings({ rates: { perApi: null } })
    sandbox.platform.control.events.burst({ count: 10_000 })
    await until(() => sandbox.platform.control.events.log().every(({ state }) => state === 'done') || undefined, 150_000)
    await until(async () => (await byStatus()).new === undefined || undefined, 30_000)
    const [stored] = await database.db.select({ events: count() }).from(platformEvent)
    expect(stored).toEqual({ events: 10_000 })
    expect(runs.targeted.length).toBeLessThan(100)
    expect(new Set(runs.targeted.flatMap(({ userids }) => userids)).size).toBe(sandbox.platform.members().length)
  }, 200_000)

  it('reads the whole company instead of more than 200 people one by one', async () => {
    const { runs } = await startPushed()
    sandbox.platform.control.events.emit({ type: 'user_modify_org', fields: { userId: Array.from({ length: 201 }, (_, index) => `user-${index}`) } })
    await settled({ done: 1 })
    await until(() => runs.complete.length > 0 || undefined)
    expect(runs).toMatchObject({ targeted: [], complete: [{ trigger: 'events' }] })
  })

  it('still looks at once at somebody who left, among changes of more than 200 people', async () => {
    const { runs } = await startPushed()
    sandbox.platform.control.events.hold()
    sandbox.platform.control.events.emit({ type: 'user_modify_org', fields: { userId: Array.from({ length: 201 }, (_, index) => `user-${index}`) } }, { type: 'user_leave_org', fields: { userId: ['lisi'] } })
    sandbox.platform.control.events.release()
    await until(() => (runs.complete.length > 0 && runs.targeted.length > 0) || undefined)
    expect(runs.targeted).toEqual([{ userids: ['lisi'], deptIds: [] }])
  })

  it('asks for one complete run for all changes of the scope, and for another only when one came meanwhile', async () => {
    const { runs } = await startPushed()
    sandbox.platform.control.events.emit({ type: 'org_change' }, { type: 'inner_app_scopes_change', fields: { userIds: ['lisi'] } })
    const [first] = await until(() => (runs.complete.length > 0 ? runs.complete : undefined))
    sandbox.platform.control.events.emit({ type: 'org_change' })
    await settled({ done: 3 })
    expect(runs.complete).toHaveLength(1)
    await endRun(database, first!.id, 'succeeded')
    const second = await until(() => runs.complete[1])
    await endRun(database, second.id, 'succeeded')
    await until(async () => (await database.db.select().from(tables.setting).where(eq(tables.setting.key, 'sync.wanted'))).length === 0 || undefined)
    expect(runs.complete).toHaveLength(2)
  })

  it('ignores what it cannot follow, and says why', async () => {
    const { runs } = await startPushed()
    sandbox.platform.control.events.emit(
      { type: 'attendance_check_record', fields: { userId: ['lisi'] }, eventId: 'other' },
      { type: 'org_remove', eventId: 'gone' },
      { type: 'user_leave_org', fields: { userId: ['nobody'] }, eventId: 'nobody' },
      { type: 'org_dept_remove', fields: { deptId: [424242] }, eventId: 'nowhere' },
    )
    await settled({ ignored: 4 })
    const rows = await database.db.select({ id: platformEvent.id, error: platformEvent.error }).from(platformEvent).orderBy(platformEvent.id)
    expect(rows).toEqual([
      { id: 'gone', error: 'not_followed' },
      { id: 'nobody', error: 'unknown_person' },
      { id: 'nowhere', error: 'unknown_department' },
      { id: 'other', error: 'unknown_type' },
    ])
    expect(runs.complete).toEqual([])
  })

  it('lets events wait while the sync is switched off, and follows them when it is on again', async () => {
    const { fresh, runs, settings } = await startPushed({ settings: { enabled: false } })
    sandbox.platform.control.events.emit({ type: 'user_modify_org', fields: { userId: ['lisi'] } }, { type: 'org_change' })
    await settled({ new: 2 })
    await fresh.nextRunAt()
    expect(runs).toMatchObject({ targeted: [], complete: [] })
    settings.enabled = true
    await settled({ done: 1, ignored: 1 })
    expect(runs.targeted).toHaveLength(1)
  })

  it('waits for a run under way, which costs no attempt', async () => {
    const runs = recordRuns(database)
    runs.failWith = new AppError('sync_running')
    await startPushed({ runs })
    sandbox.platform.control.events.emit({ type: 'user_modify_org', fields: { userId: ['lisi'] } })
    await until(
      async () =>
        (await database.db.select().from(platformEvent)).some(({ attempts, nextAttemptAt }) => attempts === 0 && nextAttemptAt > new Date())
        || undefined,
    )
    runs.failWith = undefined
    await settled({ ignored: 1 })
    expect((await database.db.select().from(platformEvent))[0]).toMatchObject({ attempts: 1 })
  })

  it('tries again later what fails, and in the end leaves it to a complete run', async () => {
    const runs = recordRuns(database)
    runs.failWith = new Error('DingTalk is down')
    const { fresh } = await startPushed({ runs })
    sandbox.platform.control.events.emit({ type: 'user_modify_org', fields: { userId: ['lisi'] } })
    for (let attempt = 1; attempt < 8; attempt++) {
      await until(
        async () => (await database.db.select().from(platformEvent)).some(event => event.attempts === attempt && event.error !== null) || undefined,
      )
      expect(runs.complete).toEqual([])
      await database.db.update(platformEvent).set({ nextAttemptAt: new Date(), error: null })
    }
    await settled({ failed: 1 })
    await until(() => runs.complete[0])
    expect((await fresh.eventSettings({ baseUrl: '', locale: 'en-US' })).state).toMatchObject({ waiting: 0, failed: 1 })
  })

  it('tries only that again about which DingTalk did not answer', async () => {
    const { runs } = await startPushed()
    runs.unread = new Map([['sunqi', new Error('60120')]])
    sandbox.platform.control.events.emit(...['lisi', 'sunqi'].map(userid => ({ type: 'user_modify_org', fields: { userId: [userid] } })))
    const waiting = await until(async () => (await database.db.select().from(platformEvent)).find(({ error }) => error === '60120'))
    expect(waiting).toMatchObject({ status: 'new', data: { userids: ['sunqi'] } })
    await settled({ ignored: 1, new: 1 })
  })

  it('shares the work between two instances, each event once', async () => {
    const one = await startPushed()
    const two = await start({ channel: 'http', runs: one.runs })
    sandbox.platform.control.events.emit(
      ...Array.from({ length: 100 }, (_, index) => ({ type: 'user_modify_org', fields: { userId: [`user-${index}`] } })),
    )
    await sandbox.platform.control.events.subscribe({ channel: 'http', url: two.pushUrl, ...eventKeys })
    sandbox.platform.control.events.emit(
      ...Array.from({ length: 100 }, (_, index) => ({ type: 'user_modify_org', fields: { userId: [`user-${index + 100}`] } })),
    )
    await settled({ ignored: 200 })
    const asked = one.runs.targeted.flatMap(({ userids }) => userids)
    expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted())
    expect(asked).toHaveLength(200)
  })

  it('takes over events that another process had taken and never finished', async () => {
    const past = new Date(Date.now() - 1000)
    const data = { corpId: sandbox.app.corpId, userids: ['lisi'], deptIds: [] }
    await database.db
      .insert(platformEvent)
      .values({ id: 'left', type: 'user_modify_org', channel: 'http', at: past, data, attempts: 1, nextAttemptAt: past })
    const { runs } = await start()
    await settled({ ignored: 1 })
    expect(runs.targeted).toEqual([{ userids: ['lisi'], deptIds: [] }])
  })

  it('takes events that would wait for ever because the clock was set back', async () => {
    const { runs } = await start()
    const data = { corpId: sandbox.app.corpId, userids: ['lisi'], deptIds: [] }
    await database.db
      .insert(platformEvent)
      .values({ id: 'ahead', type: 'user_modify_org', channel: 'http', at: new Date(), data, nextAttemptAt: new Date(Date.now() + 24 * 3600_000) })
    await settled({ ignored: 1 })
    expect(runs.targeted).toEqual([{ userids: ['lisi'], deptIds: [] }])
  })

  it('never gives up the complete run that settled events depend on', async () => {
    const { runs } = await startPushed()
    const wanted = async () => (await database.db.select().from(tables.setting).where(eq(tables.setting.key, 'sync.wanted')))[0]
    sandbox.platform.control.events.emit({ type: 'org_change' })
    for (let failures = 1; failures < 8; failures++) {
      const { id } = await until(() => runs.complete[failures - 1])
      await until(async () => ((await wanted())?.value as { runId?: string }).runId === id || undefined)
      await endRun(database, id, 'failed', { reason: 'internal', values: {} })
      const value = await until(async () => {
        const noted = (await wanted())?.value as { failures: number, notBefore: number } | undefined
        return noted?.failures === failures ? noted : undefined
      })
      expect(value.notBefore).toBeGreaterThan(Date.now())
      await database.db.update(tables.setting).set({ value: { ...value, notBefore: 0 } }).where(eq(tables.setting.key, 'sync.wanted'))
    }
    const { id } = await until(() => runs.complete[7])
    await endRun(database, id, 'succeeded')
    await until(async () => (await wanted()) === undefined || undefined)
  })

  it('brings a wanted run forward that was to start later', async () => {
    await requestRun(database.db, 'catch_up', 'later', Date.now() + 3600_000)
    const { runs } = await startPushed()
    sandbox.platform.control.events.emit({ type: 'org_change' })
    await until(() => runs.complete[0])
  })

  it('does not take the events that another instance is working on, however long that takes', async () => {
    const blocked = Promise.withResolvers<void>()
    const one = await startPushed({ timings: { leaseMs: 300 } })
    const original = one.runs.applyTargeted
    one.runs.applyTargeted = async (targets, trigger) => {
      const outcome = await original(targets, trigger)
      await blocked.promise
      return outcome
    }
    await start({ runs: one.runs, timings: { leaseMs: 300 } })
    sandbox.platform.control.events.emit({ type: 'user_modify_org', fields: { userId: ['lisi'] } })
    await until(() => one.runs.targeted[0])
    const takenUntil = async () => (await database.db.select().from(platformEvent))[0]!.nextAttemptAt.getTime()
    const first = await takenUntil()
    await until(async () => (await takenUntil()) > first + 900 || undefined)
    expect(one.runs.targeted).toHaveLength(1)
    blocked.resolve()
    await settled({ ignored: 1 })
    expect(one.runs.targeted).toHaveLength(1)
  })
})
