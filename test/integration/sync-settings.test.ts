import type { SyncSettings } from '#contract/sync/index.ts'
import type { Database } from '../../server/db/index.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { createSyncSettings, defaultSettings } from '../../server/directory/sync/settings/index.ts'
import { engines } from '../support/engines.ts'

const by = { name: '王管理', ip: '127.0.0.1' }

describe.each(engines)('settings of the organisation sync on $engine', ({ open }) => {
  let database: Database
  const service = () => createSyncSettings(database)
  const audits = () => database.db.select().from(tables.auditLog).where(eq(tables.auditLog.action, 'sync.settings.update'))

  beforeAll(async () => {
    database = await open()
  })
  beforeEach(async () => {
    await database.db.delete(tables.setting)
    await database.db.delete(tables.auditLog)
  })
  afterAll(() => database.close())

  it('are the defaults until somebody changes them, and then what was stored, with an audit of just the difference', async () => {
    expect(await service().read()).toEqual(defaultSettings)
    const wanted: SyncSettings = {
      ...defaultSettings,
      matchBy: ['email', 'mobile', 'email'],
      grace: { unit: 'days', value: 3 },
      schedule: { cron: '20 2 * * *', timeZone: 'Asia/Shanghai' },
    }
    await service().write(wanted, by)
    expect(await service().read()).toEqual({ ...wanted, matchBy: ['email', 'mobile'] })
    const [entry, ...more] = await audits()
    expect(more).toEqual([])
    expect(entry).toMatchObject({ actor: '王管理', ip: '127.0.0.1' })
    expect(Object.keys(entry!.detail as { after: object }).sort()).toEqual(['after', 'before'])
    expect(Object.keys((entry!.detail as { after: object }).after).sort()).toEqual(['grace', 'matchBy', 'schedule'])
  })

  it('are not written again when nothing differs', async () => {
    await service().write(defaultSettings, by)
    expect(await audits()).toEqual([])
  })

  it.each([
    ['99 2 * * *', 'Asia/Shanghai', 'schedule.cron', 'cron_format'],
    ['0 20 2 * * *', 'Asia/Shanghai', 'schedule.cron', 'cron_format'],
    [null, 'Mars/Olympus', 'schedule.timeZone', 'time_zone'],
  ])('refuse the schedule %s in %s', async (cron, timeZone, path, message) => {
    await expect(service().write({ ...defaultSettings, schedule: { cron, timeZone } }, by)).rejects.toMatchObject({
      code: 'validation_failed',
      details: { issues: [{ path, message }] },
    })
    expect(await service().read()).toEqual(defaultSettings)
  })

  it('give what an older version did not store its default', async () => {
    await database.db.insert(tables.setting).values({ key: 'sync', value: { enabled: false, welcome: true } })
    expect(await service().read()).toEqual({ ...defaultSettings, enabled: false, welcome: true })
  })
})
