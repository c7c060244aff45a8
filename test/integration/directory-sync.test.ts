import type { SyncSettings } from '#contract/sync/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { Database } from '../../server/db/index.ts'
import type { Directory } from '../../server/directory/index.ts'
import type { Sync } from '../../server/directory/sync/index.ts'
import { eq, inArray } from 'drizzle-orm'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import { createOwnedRecords } from '../../server/crm/index.ts'
import { tables } from '../../server/db/index.ts'
import { createDingTalk } from '../../server/dingtalk/index.ts'
import { createDirectory } from '../../server/directory/index.ts'
import { createConflicts, createSync } from '../../server/directory/sync/index.ts'
import { presentRun } from '../../server/directory/sync/runs/view.ts'
import { defaultSettings } from '../../server/directory/sync/settings/index.ts'
import { hurriedClock } from '../support/clock.ts'
import { engines } from '../support/engines.ts'
import { held as heldIn, truth as truthOf } from '../support/truth.ts'
import { until } from '../support/until.ts'

const log = pino({ level: 'silent' })

describe.each(engines)('organisation sync on $engine', ({ open }) => {
  let sandbox: Sandbox
  let database: Database
  let directory: Directory
  let sync: Sync
  let settings: SyncSettings
  let close: () => Promise<void>

  beforeAll(async () => {
    sandbox = await startSandbox({ settings: { rates: { perApi: null } } })
    database = await open()
    directory = createDirectory({ db: database.db })
  })

  /** A company as generated, a database that knows nothing of it, and a process that has just started. */
  beforeEach(async () => {
    const {
      platform: { control },
      platformUrl,
      app,
    } = sandbox
    control.clearFaults()
    control.reset()
    await database.db.delete(tables.account)
    await database.db.delete(tables.department)
    await database.db.delete(tables.syncRun)
    await database.db.delete(tables.syncConflict)

    const dingtalk = createDingTalk({
      hosts: { api: platformUrl, oapi: platformUrl, login: platformUrl },
      credentials: async () => ({ corpId: app.corpId, clientId: app.clientId, clientSecret: app.clientSecret }),
      logger: log,
      clock: hurriedClock(),
      onCall: info => sync.noteCall(info),
    })
    const endSessions = async (tx: Database['db'], ids: string[]) => {
      await tx.delete(tables.session).where(inArray(tables.session.accountId, ids))
    }
    settings = structuredClone(defaultSettings)
    sync = createSync({
      corpId: async () => app.corpId,
      db: database.db,
      dingtalk,
      endSessions,
      log,
      readSettings: async () => settings,
      recordConflicts: createConflicts({ db: database.db }).record,
      ownedRecords: createOwnedRecords(),
    })
    close = async () => {
      await sync.stop()
      await dingtalk.close()
    }
  })
  afterEach(() => close())
  afterAll(async () => {
    await database.close()
    await sandbox.close()
  })

  async function run(mode: 'preview' | 'apply' = 'apply') {
    const { id } = await sync.start(mode, 'tester')
    return until(async () => {
      const found = presentRun(await sync.get(id), 'en-US')
      return found.status === 'running' ? undefined : found
    })
  }

  const held = () => heldIn(database)
  const truth = () => truthOf(sandbox)
  const accountOf = async (userid: string) => (await directory.findMember({ userid }))!

  it('brings the whole company, and finds nothing to do the second time', async () => {
    const first = await run()
    expect(first).toMatchObject({ status: 'succeeded', phase: 'done', error: null, scope: { wholeCompany: true, departments: 12, members: 160 } })
    expect(first.counts).toMatchObject({ departmentsCreated: 12, accountsCreated: 160 })
    expect(first.progress).toMatchObject({ departmentsKnown: 12, departmentsDone: 12, membersSeen: 160 })
    expect(await held()).toEqual(truth())

    const second = await run()
    expect(Object.values(second.counts!).every(count => count === 0)).toBe(true)
  })

  it('uses at most three calls per department, plus extra pages, the scope and two counts', async () => {
    sandbox.platform.control.clearCalls()
    const { progress } = await run()
    const calls = sandbox.platform.control.calls().filter(({ path }) => path !== '/v1.0/oauth2/accessToken').length
    expect(calls).toBeLessThanOrEqual(12 * 3 + 1 + 3)
    expect(progress.calls).toBe(calls)
  })

  it('previews without changing anything', async () => {
    const preview = await run('preview')
    expect(preview).toMatchObject({ status: 'planned', counts: { accountsCreated: 160 } })
    expect(await held()).toEqual({ departments: {}, people: {} })
  })

  it('gives a new member an account, follows changes, and keeps what DingTalk no longer tells', async () => {
    await run()
    const before = await accountOf('zhaoliu')
    sandbox.platform.control.mutate(
      { op: 'addMember', member: { userid: 'xinren', name: '新人', deptIds: [1] } },
      { op: 'updateMember', userid: 'zhaoliu', changes: { name: '赵柳', title: null } },
      {
        op: 'updateDepartment',
        deptId: sandbox.platform.departments().find(({ name }) => name === '市场部')!.deptId,
        changes: { name: '品牌市场部', order: 3 },
      },
    )
    const { counts } = await run()
    expect(counts).toMatchObject({ accountsCreated: 1, accountsUpdated: 1, departmentsUpdated: 1, accountsDisabled: 0 })
    expect(await accountOf('xinren')).toMatchObject({ account: { name: '新人', role: 'member', status: 'active' } })
    expect((await accountOf('zhaoliu')).account).toMatchObject({ id: before.account.id, name: '赵柳' })
    expect((await directory.profile(before.account.id)).title).toBe('客户经理')
  })

  it('moves people and departments, and removes a department that is gone', async () => {
    await run()
    const byName = (name: string) => sandbox.platform.departments().find(entry => entry.name === name)!.deptId
    sandbox.platform.control.mutate(
      { op: 'moveDepartment', deptId: byName('平台研发组'), parentId: byName('市场部') },
      { op: 'moveMember', userid: 'zhaoliu', deptIds: [byName('财务部'), byName('市场部')] },
      { op: 'addDepartment', department: { name: '新部门', parentId: byName('研发中心') } },
    )
    await run()
    expect(await held()).toEqual(truth())
    sandbox.platform.control.mutate({ op: 'removeDepartment', deptId: byName('新部门') })
    expect((await run()).counts).toMatchObject({ departmentsRemoved: 1, accountsDisabled: 0 })
    expect(await held()).toEqual(truth())
  })

  it('disables a leaver after DingTalk confirmed it, ends their sessions, and takes them back on return', async () => {
    await run()
    const { account } = await accountOf('zhaoliu')
    await database.db
      .insert(tables.session)
      .values({ tokenHash: 'x', kind: 'account', accountId: account.id, expiresAt: new Date(Date.now() + 60_000) })
    const before = sandbox.platform.member('zhaoliu')!
    sandbox.platform.control.mutate({ op: 'removeMember', userid: 'zhaoliu' })
    expect((await run()).counts).toMatchObject({ accountsDisabled: 1 })
    expect(await accountOf('zhaoliu')).toMatchObject({ account: { status: 'disabled' }, binding: { state: 'gone' } })
    expect(await directory.caller(account.id)).toBeUndefined()
    expect(await database.db.$count(tables.session)).toBe(0)
    expect((await run()).counts).toMatchObject({ accountsDisabled: 0, keptUncertain: 0 })

    sandbox.platform.control.mutate({ op: 'addMember', member: { userid: 'zhaoliu', name: '赵六', unionid: before.unionid, deptIds: [1] } })
    expect((await run()).counts).toMatchObject({ accountsReenabled: 1, accountsCreated: 0 })
    expect((await accountOf('zhaoliu')).account).toEqual({ ...account, status: 'active' })
  })

  it('lets a recycled userid inherit nothing', async () => {
    await run()
    sandbox.platform.control.mutate(
      { op: 'removeMember', userid: 'zhaoliu' },
      { op: 'addMember', member: { userid: 'zhaoliu', name: '另一个人', unionid: 'somebody-else', deptIds: [1] } },
    )
    const before = await accountOf('zhaoliu')
    expect((await run()).counts).toMatchObject({ accountsUpdated: 0, accountsDisabled: 0, conflicts: 1 })
    expect(await accountOf('zhaoliu')).toEqual(before)
  })

  it('leaves alone whom an administrator disabled', async () => {
    await run()
    const { account } = await accountOf('zhaoliu')
    await database.db.update(tables.account).set({ status: 'disabled', disabledBy: 'admin' }).where(eq(tables.account.id, account.id))
    expect((await run()).counts).toMatchObject({ accountsReenabled: 0 })
    expect((await accountOf('zhaoliu')).account.status).toBe('disabled')
  })

  it('never disables the last administrator', async () => {
    await run()
    const { account } = await accountOf('zhangsan')
    await directory.promote(account.id)
    sandbox.platform.control.mutate({ op: 'removeMember', userid: 'zhangsan' })
    expect((await run()).counts).toMatchObject({ accountsDisabled: 0, keptUncertain: 1 })
    expect((await accountOf('zhangsan')).account.status).toBe('active')
    await directory.promote((await accountOf('sunqi')).account.id)
    expect((await run()).counts).toMatchObject({ accountsDisabled: 1 })
  })

  it('keeps and marks everybody outside when the scope is cut to one department, and recovers', async () => {
    await run()
    const before = await held()
    const { deptId } = sandbox.platform.departments().find(({ name }) => name === '华东销售部')!
    sandbox.platform.control.settings({ scope: { deptIds: [deptId], userids: ['wujiu'] } })
    const cut = await run()
    expect(cut).toMatchObject({ status: 'succeeded', scope: { wholeCompany: false, departments: 2, people: 1 } })
    expect(cut.counts).toMatchObject({ accountsDisabled: 0, departmentsRemoved: 0, accountsCreated: 0 })
    expect(cut.counts!.keptOutOfScope).toBeGreaterThan(100)
    const after = await held()
    expect(after.departments).toEqual(before.departments)
    expect(after.people.sunqi).toEqual({ ...before.people.sunqi, state: 'out_of_scope' })
    expect(after.people.wangwu).toEqual(before.people.wangwu)
    expect(after.people.wujiu).toEqual(before.people.wujiu)

    sandbox.platform.control.settings({ scope: { deptIds: [1], userids: [] } })
    await run()
    expect(await held()).toEqual(truth())
  })

  it('starts from selected departments: they hang at the top, marked, with only their people', async () => {
    const { deptId } = sandbox.platform.departments().find(({ name }) => name === '华东销售部')!
    sandbox.platform.control.settings({ scope: { deptIds: [deptId], userids: [] } })
    await run()
    expect((await directory.listDepartments()).map(({ name, parentId, parentOutOfScope }) => [name, parentId === null, parentOutOfScope])).toEqual([
      ['华东销售部', true, true],
      ['上海销售一组', false, false],
    ])
    const { people } = await held()
    expect(Object.keys(people)).toContain('zhaoliu')
    expect(Object.keys(people)).not.toContain('sunqi')
  })

  describe('complete or nothing', () => {
    const refuse = { kind: 'errcode', errcode: 60011, errmsg: '没有调用该接口的权限' } as const
    it.each([
      ['one page cannot be had', '60011', { path: '/topapi/v2/user/list', after: 7, ...refuse }],
      ['one department cannot be listed', '60011', { path: '/topapi/v2/department/listsub', after: 5, ...refuse }],
      ['one department cannot be read', '60011', { path: '/topapi/v2/department/get', after: 5, ...refuse }],
      ['an answer stays without its list', 'broken_answer', { path: '/topapi/v2/department/listsub', after: 5, kind: 'status', status: 200, body: '{"errcode":0,"errmsg":"ok"}' }],
      ['answers stay cut', 'broken_answer', { path: '/topapi/v2/department/listsub', after: 5, kind: 'truncate' }],
    ] as const)('changes nothing when %s', async (_, code, fault) => {
      await run()
      const before = await held()
      sandbox.platform.control.mutate({ op: 'addMember', member: { userid: 'xinren', name: '新人' } }, { op: 'removeMember', userid: 'zhaoliu' })
      sandbox.platform.control.faults(fault)
      const failed = await run()
      expect(failed).toMatchObject({ status: 'failed', counts: null, error: { code } })
      expect(failed.error!.message).not.toBe('')
      expect(await held()).toEqual(before)
    })

    it('fails with an explanation when nothing may be read, or nobody is in what may', async () => {
      await run()
      const before = await held()
      sandbox.platform.control.settings({ scope: { deptIds: [], userids: [] } })
      expect((await run()).error?.message).toContain('scope is empty')
      sandbox.platform.control.mutate({ op: 'addDepartment', department: { name: '空部门', deptId: 990 } })
      sandbox.platform.control.settings({ scope: { deptIds: [990], userids: [] } })
      expect((await run()).error?.message).toContain('Not a single member')
      expect(await held()).toEqual(before)
    })

    it('stops when most of the company is suddenly gone', async () => {
      await run()
      const before = await held()
      const leavers = sandbox.platform
        .members()
        .filter(({ external }) => !external)
        .slice(0, 60)
      sandbox.platform.control.mutate(...leavers.map(({ userid }) => ({ op: 'removeMember' as const, userid })))
      expect(await run()).toMatchObject({ status: 'stopped', stop: { kind: 'guard', disabled: 60, accounts: 160 } })
      expect(await held()).toEqual(before)
    })

    it('gets over passing trouble: expired tokens, HTML, cut and lost answers', async () => {
      sandbox.platform.control.faults(
        { path: '/topapi/v2/user/list', after: 3, times: 1, kind: 'expire-tokens' },
        { path: '/topapi/v2/department/listsub', after: 2, times: 1, kind: 'truncate' },
        { path: '/topapi/v2/department/get', after: 2, times: 1, kind: 'status', status: 502, body: '<html>bad gateway</html>' },
        { path: '/topapi/v2/user/list', after: 5, times: 1, kind: 'reset' },
        { path: '/topapi/v2/user/list', after: 9, times: 1, kind: 'html' },
      )
      const { status, progress, error } = await run()
      expect({ status, error }).toEqual({ status: 'succeeded', error: null })
      expect(progress.retries).toBeGreaterThan(0)
      expect(await held()).toEqual(truth())
    })
  })

  it('takes names of 200 characters and 40 levels of departments, and lets them go again', async () => {
    const long = '很长的名字'.repeat(40)
    const levels = Array.from({ length: 40 }, (_, level) => ({ deptId: 5000 + level, name: level === 39 ? long : `第 ${level + 1} 级`, parentId: level === 0 ? 1 : 4999 + level }))
    sandbox.platform.control.mutate(
      ...levels.map(department => ({ op: 'addDepartment' as const, department })),
      { op: 'addMember', member: { userid: 'deep', name: long, title: long, deptIds: [5039] } },
    )
    expect(await run()).toMatchObject({ status: 'succeeded', counts: { departmentsCreated: 52, accountsCreated: 161 } })
    expect(await held()).toEqual(truth())
    expect(Object.values((await run()).counts!).every(count => count === 0)).toBe(true)
    sandbox.platform.control.mutate({ op: 'removeMember', userid: 'deep' }, ...levels.toReversed().map(({ deptId }) => ({ op: 'removeDepartment' as const, deptId })))
    settings.guard.removeDepartmentsPercent = 100
    expect(await run()).toMatchObject({ status: 'succeeded', counts: { departmentsRemoved: 40, accountsDisabled: 1 } })
    expect((await held()).departments).toEqual(truth().departments)
  })

  it('keeps a bound person about whom DingTalk gives no clear answer', async () => {
    await run()
    sandbox.platform.control.mutate({ op: 'removeMember', userid: 'zhaoliu' })
    sandbox.platform.control.faults({ path: '/topapi/v2/user/get', kind: 'errcode', errcode: 400002, errmsg: '参数错误' })
    expect((await run()).counts).toMatchObject({ accountsDisabled: 0, keptUncertain: 1 })
    expect((await accountOf('zhaoliu')).account.status).toBe('active')
  })

  it('runs one at a time, shows progress to watchers, and stops at once', async () => {
    sandbox.platform.control.settings({ latencyMs: 300 })
    const { id } = await sync.start('apply', 'tester')
    await expect(sync.start('apply', 'another')).rejects.toMatchObject({ code: 'sync_running' })
    const seen: string[] = []
    const watching = sync.watch(id, run => seen.push(run.phase), new AbortController().signal)
    await until(() => seen.includes('crawl') || undefined)
    const cancelled = await sync.cancel(id)
    expect(cancelled).toMatchObject({ status: 'cancelled', error: null })
    await watching
    expect(await held()).toEqual({ departments: {}, people: {} })
    await expect(sync.cancel(id)).rejects.toMatchObject({ code: 'sync_not_running' })
  })

  it('says how long DingTalk wants to be left alone, and ends at once when it is told to', async () => {
    // More than five calls of one API close it for minutes, and the answer says so (dingtalk-server-api §9.1); they pass faster here, but not in two seconds.
    sandbox.platform.control.settings({ rates: { perApi: null, burst: { limit: 5, windowMs: 10_000, closedMs: 250_000 } } })
    const { id } = await sync.start('apply', 'tester')
    const paused = await until(async () => {
      const { pausedSeconds } = presentRun(await sync.get(id), 'en-US').progress
      return pausedSeconds > 60 ? pausedSeconds : undefined
    })
    expect(paused).toBeLessThanOrEqual(250)
    const before = Date.now()
    expect(await sync.cancel(id)).toMatchObject({ status: 'cancelled', error: null })
    expect(Date.now() - before).toBeLessThan(2000)
  })

  it('recovers a run whose process died, but not one that is alive elsewhere', async () => {
    const row = {
      mode: 'apply',
      status: 'running',
      phase: 'crawl',
      startedBy: 'elsewhere',
      progress: { departmentsKnown: 1, departmentsDone: 0, membersSeen: 0, calls: 1, retries: 0, rate: 0 },
    } as const
    const [alive] = await database.db.insert(tables.syncRun).values(row).returning()
    await expect(sync.start('apply', 'tester')).rejects.toMatchObject({ code: 'sync_running' })
    await database.db
      .update(tables.syncRun)
      .set({ heartbeatAt: new Date(Date.now() - 31_000) })
      .where(eq(tables.syncRun.id, alive!.id))
    expect((await run()).status).toBe('succeeded')
    expect(presentRun(await sync.get(alive!.id), 'zh-CN')).toMatchObject({ status: 'failed', error: { message: '服务在同步过程中意外中断。' } })
  })

  it('stops on shutdown and says so', async () => {
    sandbox.platform.control.settings({ latencyMs: 300 })
    const { id } = await sync.start('apply', 'tester')
    await sync.stop()
    expect(presentRun(await sync.get(id), 'en-US')).toMatchObject({
      status: 'cancelled',
      error: { message: expect.stringContaining('shut down') as string },
    })
  })
})
