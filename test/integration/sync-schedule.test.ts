import type { SyncSettings } from '#contract/sync/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { Database } from '../../server/db/index.ts'
import type { FreshInstance } from '../support/fresh.ts'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import { tables } from '../../server/db/index.ts'
import { readWanted, requestRun } from '../../server/directory/sync/fresh/wanted/request.ts'
import { AppError } from '../../server/http/app-error.ts'
import { engines } from '../support/engines.ts'
import { endRun, recordRuns, startFresh } from '../support/fresh.ts'
import { until } from '../support/until.ts'

const { setting } = tables
const nightly: SyncSettings['schedule'] = { cron: '0 3 * * *', timeZone: 'Asia/Shanghai' }

describe.each(engines)('the sync schedule on $engine', ({ open }) => {
  let sandbox: Sandbox
  let database: Database
  const instances: FreshInstance[] = []

  beforeAll(async () => {
    sandbox = await startSandbox()
    database = await open()
  })
  beforeEach(async () => {
    await database.db.delete(setting)
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
    const instance = await startFresh({ sandbox, database, settings: { schedule: nightly }, ...options })
    instances.push(instance)
    return instance
  }
  const due = async () =>
    (await database.db.select().from(setting).where(eq(setting.key, 'sync.schedule')))[0]?.value as { dueAt: number, cron: string } | undefined
  const scheduled = () => until(due)
  /** Three nights have passed. */
  const makeDue = () =>
    database.db
      .update(setting)
      .set({ value: sql`${setting.value} || jsonb_build_object('dueAt', ${Date.now() - 3 * 86_400_000}::bigint)` })
      .where(eq(setting.key, 'sync.schedule'))

  it('shows the next run, off the full hour', async () => {
    const { fresh } = await start()
    const next = new Date((await fresh.nextRunAt())!)
    expect(next.getTime()).toBeGreaterThan(Date.now())
    expect(next.getTime()).toBeLessThanOrEqual(Date.now() + 25 * 3600_000)
    expect(next.getUTCHours()).toBe(19)
    expect(next.getUTCMinutes()).toBeGreaterThanOrEqual(10)
    expect((await scheduled()).dueAt).toBe(next.getTime())
  })

  it('does nothing before it is due, and runs once when it is, however many fires were missed', async () => {
    const first = await start()
    await scheduled()
    expect(first.runs.complete).toEqual([])
    await first.stop()
    instances.length = 0
    await makeDue()

    const second = await start()
    const run = await until(() => second.runs.complete[0])
    expect(run.trigger).toBe('schedule')
    await endRun(database, run.id, 'succeeded')
    await until(async () => (await database.db.select().from(setting).where(eq(setting.key, 'sync.wanted'))).length === 0 || undefined)
    expect(second.runs.complete).toHaveLength(1)
    expect((await due())!.dueAt).toBeGreaterThan(Date.now())
  })

  it('fires on one of several instances', async () => {
    const runs = recordRuns(database)
    await start({ runs })
    await start({ runs })
    await start({ runs })
    await scheduled()
    await makeDue()
    const run = await until(() => runs.complete[0])
    // No run ends before it has been noted down that it has begun.
    await until(async () => (await readWanted(database.db))?.runId ?? undefined)
    await endRun(database, run.id, 'succeeded')
    await until(async () => (await database.db.select().from(setting).where(eq(setting.key, 'sync.wanted'))).length === 0 || undefined)
    expect(runs.complete).toHaveLength(1)
  })

  it('lets fires pass while the sync is switched off', async () => {
    const instance = await start({ settings: { schedule: nightly, enabled: false } })
    await scheduled()
    await makeDue()
    await until(async () => (await due())!.dueAt > Date.now() || undefined)
    expect(await instance.fresh.nextRunAt()).toBeNull()
    instance.settings.enabled = true
    expect(await instance.fresh.nextRunAt()).not.toBeNull()
    expect(await database.db.select().from(setting).where(eq(setting.key, 'sync.wanted'))).toEqual([])
    expect(instance.runs.complete).toEqual([])
  })

  it('follows a changed schedule at once, without catching up on what the old one missed', async () => {
    const instance = await start()
    await scheduled()
    instance.settings.schedule = { cron: null, timeZone: 'Asia/Shanghai' }
    await until(async () => (await due()) === undefined || undefined)
    expect(await instance.fresh.nextRunAt()).toBeNull()
    instance.settings.schedule = { cron: '30 4 * * 1', timeZone: 'Asia/Shanghai' }
    expect(await until(due)).toMatchObject({ cron: '30 4 * * 1' })
    expect(instance.runs.complete).toEqual([])
  })

  it('believes nothing of a clock that has been set back', async () => {
    await start()
    await scheduled()
    const later = Date.now() + 365 * 86_400_000
    await database.db
      .update(setting)
      .set({ value: sql`${setting.value} || jsonb_build_object('dueAt', ${later}::bigint, 'setAt', ${later}::bigint)` })
      .where(eq(setting.key, 'sync.schedule'))
    await until(async () => (await due())!.dueAt < later || undefined)
  })

  it('starts a run again, later, that somebody cancelled although events were settled on it', async () => {
    const { runs } = await start({ settings: { schedule: { cron: null, timeZone: 'Asia/Shanghai' } } })
    await requestRun(database.db, 'events', 'ten events')
    const run = await until(() => runs.complete[0])
    await endRun(database, run.id, 'cancelled')
    const wanted = await until(async () => {
      const now = await readWanted(database.db)
      return now?.runId === null ? now : undefined
    })
    expect(wanted).toMatchObject({ owed: true, failures: 0 })
    expect(wanted.notBefore).toBeGreaterThan(Date.now() + 3_000_000)
  })

  it('starts a run again at once that a restart of the server stopped, also when events were settled on it', async () => {
    const { runs } = await start({ settings: { schedule: { cron: null, timeZone: 'Asia/Shanghai' } } })
    await requestRun(database.db, 'events', 'ten events')
    const run = await until(() => runs.complete[0])
    await endRun(database, run.id, 'cancelled', { reason: 'shutdown', values: {} })
    expect((await until(() => runs.complete[1])).trigger).toBe('events')
  })

  it('starts a run again whose process died', async () => {
    const { runs } = await start()
    await scheduled()
    await makeDue()
    const run = await until(() => runs.complete[0])
    await database.db
      .update(tables.syncRun)
      .set({ heartbeatAt: new Date(Date.now() - 120_000) })
      .where(eq(tables.syncRun.id, run.id))
    expect((await until(() => runs.complete[1])).trigger).toBe('schedule')
  })

  it('waits for a run under way, and tries again after one that failed', async () => {
    const runs = recordRuns(database)
    const original = runs.start
    let busy = 0
    runs.start = async (...given) => {
      if (busy++ < 3)
        throw new AppError('sync_running')
      return original(...given)
    }
    await start({ runs })
    await scheduled()
    await makeDue()
    const run = await until(() => runs.complete[0])
    await endRun(database, run.id, 'failed', { reason: 'internal', values: {} })
    const wanted = await until(async () => {
      const [found] = await database.db.select().from(setting).where(eq(setting.key, 'sync.wanted'))
      const value = found?.value as { failures?: number, notBefore?: number } | undefined
      return value?.failures ? value : undefined
    })
    expect(wanted).toMatchObject({ failures: 1 })
    expect(wanted.notBefore).toBeGreaterThan(Date.now())
    await database.db
      .update(setting)
      .set({ value: sql`${setting.value} || '{"notBefore":0}'::jsonb` })
      .where(eq(setting.key, 'sync.wanted'))
    await until(() => runs.complete[1])
  })
})
