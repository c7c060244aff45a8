import type { DingTalkCredentials } from '../../server/dingtalk/index.ts'
import type { SyncCompany } from '../support/sync-company.ts'
import { eq } from 'drizzle-orm'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { setStatus } from '../../server/directory/people/status.ts'
import { keepGrace } from '../../server/directory/sync/fresh/grace.ts'
import { dropWanted, readWanted } from '../../server/directory/sync/fresh/wanted/request.ts'
import { engines } from '../support/engines.ts'
import { syncCompany } from '../support/sync-company.ts'

const dayMs = 86_400_000

describe.each(engines)('the grace of people who left on $engine', ({ open }) => {
  let company: SyncCompany
  beforeAll(async () => {
    company = await syncCompany(open)
  })
  beforeEach(() => company.reset())
  afterAll(() => company.close())

  const keep = (now?: number) =>
    keepGrace({
      db: company.db,
      runs: { ...company.sync, start: company.sync.start, prune: async () => 0, recover: async () => {} },
      readSettings: async () => company.settings,
      credentials: async () => ({}) as DingTalkCredentials,
      log: pino({ level: 'silent' }),
    }, now)
  const missingFor = (userid: string, days: number) =>
    company.db.update(tables.binding).set({ missingSince: new Date(Date.now() - days * dayMs) }).where(eq(tables.binding.userid, userid))
  const missing = async (userid: string) => (await company.db.select().from(tables.binding).where(eq(tables.binding.userid, userid)))[0]?.missingSince

  async function leave(...userids: string[]): Promise<void> {
    company.mutate(...userids.map(userid => ({ op: 'removeMember' as const, userid })))
    await company.sync.applyTargeted({ userids, deptIds: [] }, 'events')
  }

  it('of days ends by itself, and not for whoever is back', async () => {
    const { run, settings, accountOf, mutate, sandbox } = company
    await run()
    settings.grace = { unit: 'days', value: 3 }
    const back = sandbox.platform.members().find(({ userid }) => userid === 'sunqi')!
    await leave('zhaoliu', 'sunqi')
    expect(await missing('zhaoliu')).toBeInstanceOf(Date)
    await keep()
    expect(await accountOf('zhaoliu')).toMatchObject({ status: 'active' })

    await missingFor('zhaoliu', 4)
    await missingFor('sunqi', 4)
    mutate({ op: 'addMember', member: { userid: 'sunqi', name: back.name, deptIds: back.deptIds, unionid: back.unionid } })
    await keep()
    expect(await accountOf('zhaoliu')).toMatchObject({ status: 'disabled', disabledBy: 'sync' })
    expect(await accountOf('sunqi')).toMatchObject({ status: 'active' })
    expect(await missing('sunqi')).toBeNull()
  })

  it.each(['days', 'runs'] as const)('ends at once when somebody sets it to none (%s)', async (unit) => {
    const { run, settings, accountOf } = company
    await run()
    settings.grace = { unit, value: 3 }
    await leave('zhaoliu')
    await keep()
    expect(await accountOf('zhaoliu')).toMatchObject({ status: 'active' })
    settings.grace = { unit, value: 0 }
    await keep()
    expect(await accountOf('zhaoliu')).toMatchObject({ status: 'disabled' })
  })

  it('of many waits for an approval, once', async () => {
    const { run, settings, sandbox, sync } = company
    await run()
    settings.grace = { unit: 'days', value: 3 }
    const leavers = sandbox.platform.members().filter(({ external }) => !external).slice(-20).map(({ userid }) => userid)
    await leave(...leavers)
    for (const userid of leavers) await missingFor(userid, 4)
    await keep()
    await keep()
    const { runs } = await sync.list({ limit: 10 })
    expect(runs.filter(({ status }) => status === 'stopped')).toMatchObject([{ trigger: 'background', stop: { kind: 'guard', disabled: 20 } }])
  })

  it('does not begin for those whom an approval left out', async () => {
    const { run, apply, accountOf, changesOf, mutate, sandbox, db } = company
    await run()
    const leavers = sandbox.platform.members().filter(({ external, userid }) => !external && userid !== 'zhaoliu').slice(-20).map(({ userid }) => userid)
    mutate({ op: 'updateMember', userid: 'zhaoliu', changes: { title: '总监' } }, ...leavers.map(userid => ({ op: 'removeMember' as const, userid })))
    const stopped = await run()
    expect(stopped).toMatchObject({ status: 'stopped' })
    const title = (await changesOf(stopped.id)).find(({ kind }) => kind === 'account.update')!
    expect(await apply(stopped.id, [title.id])).toMatchObject({ status: 'succeeded', counts: { accountsUpdated: 1, accountsDisabled: 0 } })
    expect(await missing(leavers[0]!)).toBeNull()
    await keep()
    for (const userid of leavers) expect(await accountOf(userid)).toMatchObject({ status: 'active' })
    // Nor has anybody approved of what small runs may have removed.
    expect(await db.select({ by: tables.syncRun.approvedBy }).from(tables.syncRun).where(eq(tables.syncRun.id, stopped.id))).toEqual([{ by: null }])
  })

  it('does not begin anew for those whom somebody lets in again', async () => {
    const { run, undo, accountOf, changesOf, mutate, db } = company
    await run()
    mutate({ op: 'removeMember', userid: 'zhaoliu' }, { op: 'removeMember', userid: 'sunqi' })
    const { id } = await run()
    const chosen = (await changesOf(id)).find(({ kind, userid }) => kind === 'account.disable' && userid === 'zhaoliu')!
    await undo(id, [chosen.id])
    expect(await db.select({ state: tables.binding.state, missingRuns: tables.binding.missingRuns }).from(tables.binding).where(eq(tables.binding.userid, 'zhaoliu'))).toEqual([{ state: 'present', missingRuns: 0 }])
    const sunqi = (await accountOf('sunqi'))!
    await setStatus({ db, endSessions: async () => {} }, sunqi.id, 'active', { accountId: '', name: 'tester' })
    await keep()
    expect([(await accountOf('zhaoliu'))!.status, (await accountOf('sunqi'))!.status]).toEqual(['active', 'active'])
  })

  it('of runs is counted once a day where no schedule makes any', async () => {
    const { run, settings, db } = company
    await run()
    settings.grace = { unit: 'runs', value: 2 }
    expect(await keep(Date.now() + 2 * dayMs)).toBe(false)
    await leave('zhaoliu')
    expect(await keep()).toBe(false)
    expect(await keep(Date.now() + dayMs + 1000)).toBe(true)
    expect(await keep(Date.now() + dayMs + 2000)).toBe(false)
    const wanted = (await readWanted(db))!
    expect(wanted).toMatchObject({ trigger: 'catch_up', request: 1 })
    await dropWanted(db, wanted)
    settings.schedule = { cron: '20 2 * * *', timeZone: 'Asia/Shanghai' }
    expect(await keep(Date.now() + dayMs + 3000)).toBe(false)
  })
})
