import type { Sandbox } from '../../sandbox/index.ts'
import type { Database } from '../../server/db/index.ts'
import type { FreshInstance } from '../support/fresh.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import { tables } from '../../server/db/index.ts'
import { remember } from '../../server/directory/sync/fresh/memory.ts'
import { freshEmbedded } from '../support/database.ts'
import { eventKeys, recordRuns, startFresh } from '../support/fresh.ts'
import { until } from '../support/until.ts'

/** Milliseconds; so that a dead connection is noticed while the test waits. */
const impatient = { keepaliveMs: 50, silenceMs: 200, gapMs: 100, stableMs: 100 }

describe('the event stream', () => {
  let sandbox: Sandbox
  let database: Database
  const instances: FreshInstance[] = []

  beforeAll(async () => {
    sandbox = await startSandbox()
    database = await freshEmbedded()
  })
  beforeEach(async () => {
    sandbox.platform.control.reset()
    await sandbox.platform.control.events.subscribe({ channel: 'stream' })
    await database.db.delete(tables.platformEvent)
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
    const instance = await startFresh({ sandbox, database, channel: 'stream', ...options })
    instances.push(instance)
    return instance
  }
  const connections = () => sandbox.platform.control.events.connections().filter(({ state }) => state === 'open')
  const connected = (number = 1) => until(() => connections().length === number || undefined)
  const stored = () => database.db.select().from(tables.platformEvent)
  const stateOf = async ({ fresh }: FreshInstance) => (await fresh.eventSettings({ baseUrl: '', locale: 'en-US' })).state
  const change = (userid: string) => ({ type: 'user_modify_org', fields: { userId: [userid] } })

  it('stores an event before it tells DingTalk so, and follows it', async () => {
    const instance = await start()
    await connected()
    const [delivery] = sandbox.platform.control.events.emit(change('lisi'))
    await until(() => delivery!.state === 'done' || undefined)
    expect(await stored()).toMatchObject([{ id: delivery!.eventId, channel: 'stream' }])
    await until(() => instance.runs.targeted[0])
    expect(await stateOf(instance)).toMatchObject({ connection: 'connected', detail: null, lastEventAt: expect.any(String) })
  })

  it('asks for an event again that could not be stored', async () => {
    sandbox.platform.control.settings({ events: { laterMs: 50 } })
    const instance = await start()
    await connected()
    const original = database.db.insert.bind(database.db)
    let refused = 0
    database.db.insert = ((table: typeof tables.platformEvent) => {
      if (table === tables.platformEvent && refused++ < 2)
        throw new Error('the disk is full')
      return original(table)
    }) as typeof database.db.insert
    const [delivery] = sandbox.platform.control.events.emit(change('lisi'))
    await until(() => delivery!.state === 'done' || undefined).finally(() => (database.db.insert = original))
    expect(delivery!.attempts.map(({ outcome }) => outcome)).toEqual(['later', 'later', 'success'])
    await until(() => instance.runs.targeted[0])
    expect(instance.runs.targeted).toHaveLength(1)
  })

  it('notices a connection that is dead without saying so, connects again and reads the company', async () => {
    const instance = await start({ timings: { stream: impatient } })
    await connected()
    const [dead] = connections()
    sandbox.platform.control.events.command({ action: 'dead' })
    await until(() => connections().some(({ connectionId }) => connectionId !== dead!.connectionId) || undefined)
    expect((await until(() => instance.runs.complete[0])).trigger).toBe('catch_up')
    const [delivery] = sandbox.platform.control.events.emit(change('lisi'))
    await until(() => delivery!.state === 'done' || undefined)
  })

  it('makes one complete run of many gaps', async () => {
    const instance = await start({ timings: { stream: { ...impatient, gapMs: 0 } } })
    await connected()
    for (let gap = 0; gap < 2; gap++) {
      const [old] = connections()
      sandbox.platform.control.events.command({ action: 'drop' })
      await until(() => connections().some(({ connectionId }) => connectionId !== old!.connectionId) || undefined)
    }
    await until(() => instance.runs.complete[0])
    expect(instance.runs.complete).toHaveLength(1)
  })

  it('reads the company after a stop that was longer than DingTalk tries, not after a short one', async () => {
    const first = await start()
    await connected()
    await first.stop()
    instances.length = 0
    const short = await start()
    await connected()
    await short.stop()
    instances.length = 0
    expect(short.runs.complete).toEqual([])

    await remember(database.db, { heardAt: Date.now() - 60_000 })
    const long = await start()
    expect((await until(() => long.runs.complete[0])).trigger).toBe('catch_up')
  })

  it('waits with the catch-up while the sync is switched off', async () => {
    await remember(database.db, { heardAt: Date.now() - 60_000 })
    const instance = await start({ settings: { enabled: false } })
    await connected()
    await until(async () => (await database.db.select().from(tables.setting)).some(({ key }) => key === 'sync.wanted') || undefined)
    expect(instance.runs.complete).toEqual([])
    instance.settings.enabled = true
    await until(() => instance.runs.complete[0])
  })

  it('connects and disconnects with the setting', async () => {
    const instance = await start({ channel: 'off' })
    expect(await stateOf(instance)).toMatchObject({ connection: 'off' })
    await instance.fresh.changeEventSettings({ channel: 'stream' }, 'tester', '127.0.0.1')
    await connected()
    await instance.fresh.changeEventSettings({ channel: 'http', ...eventKeys }, 'tester', '127.0.0.1')
    await connected(0)
    expect(await stateOf(instance)).toMatchObject({ connection: 'waiting' })
  })

  it('says why it cannot connect, and goes on trying', async () => {
    sandbox.platform.control.faults({ path: '/v1.0/gateway/connections/open', kind: 'status', status: 503, times: 1 })
    const instance = await start()
    await until(async () => (await stateOf(instance)).detail ?? undefined)
    expect((await stateOf(instance)).connection).toMatch(/connecting|failed/)
    await connected()
    await until(async () => (await stateOf(instance)).connection === 'connected' || undefined)
  })

  it('is received by two instances, and each event is followed once', async () => {
    const runs = recordRuns(database)
    await start({ runs })
    await start({ runs })
    await connected(2)
    const userids = Array.from({ length: 60 }, (_, index) => `user-${index}`)
    sandbox.platform.control.events.emit(...userids.map(change))
    await until(async () => (await stored()).filter(({ status }) => status === 'ignored').length === 60 || undefined)
    expect(runs.targeted.flatMap(targets => targets.userids).toSorted()).toEqual(userids.toSorted())
  })
})
