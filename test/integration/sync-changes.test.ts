import type { SyncCompany } from '../support/sync-company.ts'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { unbindMember } from '../../server/directory/people/binding.ts'
import { createConflicts } from '../../server/directory/sync/conflicts/index.ts'
import { engines } from '../support/engines.ts'
import { syncCompany } from '../support/sync-company.ts'
import { until } from '../support/until.ts'

describe.each(engines)('changes of a sync on $engine', ({ open }) => {
  let company: SyncCompany
  beforeAll(async () => {
    company = await syncCompany(open)
  })
  beforeEach(() => company.reset())
  afterAll(() => company.close())

  /** One of everything: people and departments come, change, move, lead, and go. */
  function upheaval() {
    const { mutate, deptId } = company
    mutate(
      { op: 'addDepartment', department: { name: '新大区', parentId: deptId('华东销售部'), deptId: 7001 } },
      { op: 'addDepartment', department: { name: '新小组', parentId: 7001, deptId: 7002 } },
      { op: 'addMember', member: { userid: 'xinren', name: '=新人', deptIds: [7002] } },
      { op: 'moveDepartment', deptId: deptId('平台研发组'), parentId: deptId('市场部') },
      { op: 'updateDepartment', deptId: deptId('财务部'), changes: { name: '财务中心', order: 3 } },
      { op: 'updateMember', userid: 'zhaoliu', changes: { name: '赵柳', title: '总监', email: 'zl@example.com' } },
      { op: 'moveMember', userid: 'sunqi', deptIds: [7001, deptId('市场部')] },
      { op: 'removeMember', userid: 'wujiu' },
      { op: 'removeDepartment', deptId: 7900 },
    )
  }

  /** A company that already knows a department which will vanish. */
  async function settled() {
    const { mutate, deptId, run } = company
    mutate({ op: 'addDepartment', department: { name: '旧部门', parentId: deptId('研发中心'), deptId: 7900 } })
    mutate({ op: 'moveMember', userid: 'wujiu', deptIds: [7900] })
    await run()
  }

  it.each([
    ['the same again', 'bind', 'applies'],
    ['otherwise', 'create', 'outdated'],
    ['to leave them alone', 'ignore', 'outdated'],
  ] as const)('that follow a decision look at it again: decided %s', async (_, again, expected) => {
    const { run, apply, db, sandbox, by } = company
    const { mobile } = sandbox.platform.members().find(({ userid }) => userid === 'zhaoliu')!
    const [boss] = await db.insert(tables.account).values({ name: '老板', role: 'admin', mobile }).returning()
    await run()
    const queue = createConflicts({ db })
    const [conflict] = (await queue.list({ status: 'open', limit: 10 }, 'en-US')).conflicts
    const decide = (action: 'bind' | 'create' | 'ignore') => queue.resolve(conflict!.id, action === 'bind' ? { action, accountId: boss!.id } : { action }, by, 'en-US')
    await decide('bind')
    const preview = await run('preview')
    expect(preview).toMatchObject({ status: 'planned', counts: { bindingsChanged: 1 } })
    await queue.reopen(conflict!.id, by, 'en-US')
    await decide(again)
    if (expected === 'applies') {
      expect(await apply(preview.id)).toMatchObject({ status: 'succeeded' })
      expect(await company.accountOf('zhaoliu')).toMatchObject({ id: boss!.id })
    }
    else {
      await expect(apply(preview.id)).rejects.toMatchObject({ code: 'sync_outdated' })
      expect(await company.accountOf('zhaoliu')).toBeUndefined()
    }
  })

  it('are made by applying exactly as the preview showed them, and by nothing else', async () => {
    const { run, apply, changesOf, dump } = company
    await settled()
    company.mutate({ op: 'moveMember', userid: 'wujiu', deptIds: [1] })
    upheaval()
    const before = await dump()
    const preview = await run('preview')
    expect(preview).toMatchObject({
      status: 'planned',
      stop: null,
      counts: { departmentsCreated: 2, departmentsRemoved: 1, accountsCreated: 1, accountsDisabled: 1 },
    })
    expect(await dump()).toEqual(before)
    const shown = await changesOf(preview.id)
    expect(new Set(shown.map(({ status }) => status))).toEqual(new Set(['planned']))

    const applied = await apply(preview.id)
    expect(applied).toMatchObject({ id: preview.id, status: 'succeeded', counts: preview.counts, undoable: true })
    expect((await changesOf(preview.id)).map(({ status: _, ...rest }) => rest)).toEqual(shown.map(({ status: _, ...rest }) => rest))

    const after = await dump()
    const touched = (table: string) =>
      new Set(
        [...Object.keys({ ...before[table], ...after[table] })].filter(
          key => JSON.stringify(before[table]![key]) !== JSON.stringify(after[table]![key]),
        ),
      )
    const targets = (type: string) => new Set(shown.flatMap(({ target }) => (target.type === type && target.id ? target.id : [])))
    expect(touched('departments')).toEqual(targets('department'))
    const people = new Set([...touched('accounts'), ...[...touched('memberships')].map(key => key.split(' ')[0]!)])
    expect(people).toEqual(targets('account'))
    for (const { kind, target, after: values } of shown) {
      if (kind === 'account.update')
        expect(after.accounts![target.id!]).toMatchObject(values!)
    }
    expect((await run('preview')).counts).toMatchObject({
      departmentsCreated: 0,
      accountsCreated: 0,
      accountsUpdated: 0,
      membershipsChanged: 0,
      accountsDisabled: 0,
    })
  })

  it('are worded with names, found by kind and keyword, and paged', async () => {
    const { run, changesOf, changes } = company
    await settled()
    upheaval()
    const { id } = await run('preview')
    const all = await changesOf(id)
    const newcomer = all.find(({ kind }) => kind === 'account.create')!
    expect(newcomer).toMatchObject({
      userid: 'xinren',
      before: null,
      after: { name: '=新人', departments: ['新小组'], mainDepartment: '新小组', role: 'sales' },
    })
    expect(newcomer.reason).not.toBe('')
    expect(all.find(({ target }) => target.name === '平台研发组')).toMatchObject({ kind: 'department.move', after: { parent: '市场部' } })
    expect(all.find(({ kind }) => kind === 'account.disable')).toMatchObject({ userid: 'wujiu', records: {} })
    const found = await changes.page(id, { limit: 20, q: '赵柳' }, 'zh-CN')
    expect(found).toMatchObject({
      total: 1,
      nextCursor: null,
      items: [{ kind: 'account.update', userid: 'zhaoliu', before: { title: '客户经理' }, after: { title: '总监' } }],
    })
    expect(await changes.page(id, { limit: 1, kind: 'department.create' }, 'zh-CN')).toMatchObject({
      total: 2,
      nextCursor: expect.any(String) as string,
      items: [{ target: { name: '新大区' } }],
    })
    expect((await changes.page(id, { limit: 20, q: '%' }, 'zh-CN')).total).toBe(0)
  })

  it('can be applied as a selection, with what it needs', async () => {
    const { run, apply, changesOf, accountOf, db } = company
    await settled()
    upheaval()
    const { id } = await run('preview')
    const newcomer = (await changesOf(id)).find(({ kind }) => kind === 'account.create')!
    const applied = await apply(id, [newcomer.id])
    expect(applied).toMatchObject({
      status: 'succeeded',
      counts: { accountsCreated: 1, departmentsCreated: 2, accountsDisabled: 0, accountsUpdated: 0 },
    })
    const status = Object.groupBy(await changesOf(id), change => change.status)
    expect(status.applied!.map(({ kind }) => kind)).toEqual(['department.create', 'department.create', 'account.create'])
    expect(status.skipped!.length).toBeGreaterThan(5)
    expect(await accountOf('wujiu')).toMatchObject({ status: 'active' })
    expect(await db.$count(tables.department, eq(tables.department.dingtalkId, 7002))).toBe(1)
    await run()
    expect(await accountOf('wujiu')).toMatchObject({ status: 'disabled' })
  })

  it('wait for approval when too many people would be disabled, and are then made exactly so', async () => {
    const { run, apply, sandbox, mutate, accountOf, changesOf, db } = company
    await run()
    const leavers = sandbox.platform
      .members()
      .filter(({ external }) => !external)
      .slice(0, 20)
    mutate(...leavers.map(({ userid }) => ({ op: 'removeMember' as const, userid })))
    const stopped = await run()
    expect(stopped).toMatchObject({ status: 'stopped', undoable: false, stop: { kind: 'guard', disabled: 20, accounts: 160, departmentsRemoved: 0 } })
    expect(await accountOf(leavers[0]!.userid)).toMatchObject({ status: 'active' })
    expect((await changesOf(stopped.id)).filter(({ kind }) => kind === 'account.disable')).toHaveLength(20)
    expect(await apply(stopped.id)).toMatchObject({ status: 'succeeded', stop: null, counts: { accountsDisabled: 20 } })
    expect(await accountOf(leavers[0]!.userid)).toMatchObject({ status: 'disabled' })
    expect(await db.select().from(tables.auditLog)).toMatchObject([
      { actor: 'tester', action: 'sync.approve', detail: { run: stopped.id, stop: { disabled: 20 } } },
    ])
  })

  it('wait for approval when DingTalk counts otherwise than it shows', async () => {
    const { run, apply, mutate, dump } = company
    await run()
    const before = await dump()
    mutate({ op: 'addMember', member: { userid: 'xinren', name: '新人' } })
    company.announced = 165
    const stopped = await run()
    expect(stopped).toMatchObject({ status: 'stopped', stop: { kind: 'count', announced: 165, seen: 161 } })
    expect(await dump()).toEqual(before)
    expect(await apply(stopped.id)).toMatchObject({ status: 'succeeded', counts: { accountsCreated: 1 } })
  })

  it('remember an accepted difference in the number of people, of exactly that size and for that company', async () => {
    const { run, apply, sync, by, db } = company
    await run()
    company.announced = 164
    expect(await apply((await run()).id)).toMatchObject({ status: 'succeeded' })
    expect(await sync.acceptedCount()).toMatchObject({ announced: 164, seen: 160, by: 'tester' })
    company.mutate({ op: 'addMember', member: { userid: 'xinren', name: '新人' } })
    company.announced = 165
    expect(await run()).toMatchObject({ status: 'succeeded', stop: null, scope: { countAccepted: true }, counts: { accountsCreated: 1 } })

    for (const announced of [166, 160]) {
      company.announced = announced
      expect(await run()).toMatchObject({ status: 'stopped', stop: { kind: 'count', announced, seen: 161 }, scope: { countAccepted: false } })
    }
    company.announced = 165
    company.corpId = 'another company'
    expect(await run()).toMatchObject({ status: 'stopped' })
    company.corpId = company.sandbox.app.corpId
    await sync.forgetAcceptedCount(by)
    expect(await sync.acceptedCount()).toBeNull()
    expect(await run()).toMatchObject({ status: 'stopped' })
    expect(await db.$count(tables.auditLog, eq(tables.auditLog.action, 'sync.count.forget'))).toBe(1)
  })

  it('are planned and made however often the run gives a sign of life meanwhile', async () => {
    const { run, apply, db, database, mutate } = company
    // The embedded database does one thing at a time.
    if (database.engine === 'server')
      company.planned = () => db.update(tables.syncRun).set({ heartbeatAt: new Date() })
    expect(await run()).toMatchObject({ status: 'succeeded' })
    mutate({ op: 'addMember', member: { userid: 'xinren', name: '新人' } })
    const preview = await run('preview')
    expect(preview).toMatchObject({ status: 'planned', counts: { accountsCreated: 1 }, error: null })
    expect(await apply(preview.id)).toMatchObject({ status: 'succeeded' })
  })

  it('tell of both when the guard stops a run whose number differs, too', async () => {
    const { run, apply, mutate, settings, sync } = company
    await run()
    settings.guard = { disableCount: 0, disablePercent: 0, removeDepartmentsPercent: 100 }
    mutate({ op: 'removeMember', userid: 'zhaoliu' })
    company.announced = 162
    const stopped = await run()
    expect(stopped).toMatchObject({ status: 'stopped', stop: { kind: 'guard', disabled: 1, count: { announced: 162, seen: 159 } } })
    await apply(stopped.id)
    expect(await sync.acceptedCount()).toMatchObject({ announced: 162, seen: 159 })
  })

  it('are not made when what they change was changed after the preview', async () => {
    const { run, apply, mutate, accountOf, db, sync, by, dump } = company
    await run()
    mutate({ op: 'updateMember', userid: 'zhaoliu', changes: { title: '总监' } })
    const { id } = await run('preview')
    await db
      .update(tables.account)
      .set({ title: 'by hand' })
      .where(eq(tables.account.id, (await accountOf('zhaoliu'))!.id))
    const before = await dump()
    await expect(apply(id)).rejects.toMatchObject({ code: 'sync_outdated' })
    expect(await dump()).toEqual(before)
    expect(await sync.get(id)).toMatchObject({ status: 'outdated' })
    await expect(sync.apply(id, {}, by)).rejects.toMatchObject({ code: 'sync_outdated' })
  })

  it('give nobody a second account who was bound under another userid after the preview', async () => {
    const { run, apply, mutate, sandbox, accountOf, db, dump } = company
    await run()
    mutate({ op: 'addMember', member: { userid: 'xinren', name: '新人', deptIds: [1] } })
    const { id } = await run('preview')
    const { unionid } = sandbox.platform.members().find(({ userid }) => userid === 'xinren')!
    await db.update(tables.binding).set({ unionid }).where(eq(tables.binding.userid, 'zhaoliu'))
    const before = await dump()
    await expect(apply(id)).rejects.toMatchObject({ code: 'sync_outdated' })
    expect(await dump()).toEqual(before)
    expect(await accountOf('xinren')).toBeUndefined()
  })

  it('give nobody a second account who would be matched by what was written into an account after the preview', async () => {
    const { run, apply, mutate, accountOf, db, dump, settings } = company
    settings.matchBy = ['mobile']
    await run()
    mutate({ op: 'addMember', member: { userid: 'xinren', name: '新人', mobile: '13912340000', deptIds: [1] } })
    const [made] = await db.insert(tables.account).values({ name: '新人（旧系统）' }).returning()
    const { id } = await run('preview')
    await db.update(tables.account).set({ mobile: '+86 139 1234 0000', updatedAt: new Date() }).where(eq(tables.account.id, made!.id))
    const before = await dump()
    await expect(apply(id)).rejects.toMatchObject({ code: 'sync_outdated' })
    expect(await dump()).toEqual(before)
    const anew = await run('preview')
    expect(anew).toMatchObject({ counts: { accountsCreated: 0 } })
    expect(await apply(anew.id)).toMatchObject({ status: 'succeeded' })
    expect(await accountOf('xinren')).toMatchObject({ id: made!.id })
  })

  it('give nobody an account that became an administrator\'s after the preview', async () => {
    const { run, apply, mutate, accountOf, db, settings } = company
    settings.matchBy = ['mobile']
    await run()
    mutate({ op: 'addMember', member: { userid: 'xinren', name: '新人', mobile: '13912340000', deptIds: [1] } })
    const [made] = await db.insert(tables.account).values({ name: '新人', mobile: '13912340000' }).returning()
    const { id } = await run('preview')
    await db.update(tables.account).set({ role: 'admin' }).where(eq(tables.account.id, made!.id))
    await expect(apply(id)).rejects.toMatchObject({ code: 'sync_outdated' })
    expect(await accountOf('xinren')).toBeUndefined()
    expect(await run()).toMatchObject({ counts: { conflicts: 1 } })
  })

  it('disable nobody who came back to DingTalk between the preview and its approval', async () => {
    const { run, apply, mutate, sandbox, accountOf, changesOf, dump } = company
    await run()
    const zhaoliu = sandbox.platform.members().find(({ userid }) => userid === 'zhaoliu')!
    mutate({ op: 'removeMember', userid: 'zhaoliu' }, { op: 'updateMember', userid: 'sunqi', changes: { title: '总监' } })
    const [all, selected] = [await run('preview'), await run('preview')]
    mutate({ op: 'addMember', member: { userid: 'zhaoliu', name: zhaoliu.name, deptIds: zhaoliu.deptIds } })
    const before = await dump()
    expect(await apply(all.id)).toMatchObject({ status: 'outdated' })
    expect(await dump()).toEqual(before)
    const title = (await changesOf(selected.id)).find(({ kind }) => kind === 'account.update')!
    expect(await apply(selected.id, [title.id])).toMatchObject({ status: 'succeeded', counts: { accountsDisabled: 0, accountsUpdated: 1 } })
    expect(await accountOf('zhaoliu')).toMatchObject({ status: 'active' })
  })

  it('still fit after somebody has merely logged in', async () => {
    const { run, apply, mutate, accountOf, db } = company
    await run()
    mutate({ op: 'updateMember', userid: 'zhaoliu', changes: { title: '总监' } })
    const { id } = await run('preview')
    await db
      .update(tables.account)
      .set({ lastLoginAt: new Date() })
      .where(eq(tables.account.id, (await accountOf('sunqi'))!.id))
    expect(await apply(id)).toMatchObject({ status: 'succeeded', counts: { accountsUpdated: 1 } })
  })

  it('are not made when the run is stopped while it writes', async () => {
    const { sync, ended, dump } = company
    const before = await dump()
    const started = await sync.start('apply', 'tester')
    company.planned = async () => void sync.cancel(started.id)
    expect(await ended(Promise.resolve(started))).toMatchObject({ status: 'cancelled' })
    expect(await dump()).toEqual(before)
  })

  it('wait for nobody who ends a binding meanwhile, nor they for the sync', async ({ skip }) => {
    const { run, mutate, accountOf, db, database } = company
    skip(database.engine === 'embedded', 'one connection')
    await run()
    const { id } = (await accountOf('zhaoliu'))!
    mutate({ op: 'updateMember', userid: 'zhaoliu', changes: { title: '总监' } })
    let unbinding: Promise<unknown> = Promise.resolve()
    company.planned = async () => {
      unbinding = db.transaction(tx => unbindMember(tx, { endSessions: async () => {} }, id, { accountId: '', name: 'tester' }, 'admin'))
      await until(async () => {
        const { rows } = (await db.execute(sql`select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`)) as unknown as { rows: unknown[] }
        return rows.length > 0 || undefined
      })
    }
    const applied = await run()
    expect(applied).toMatchObject({ status: 'succeeded', counts: { accountsUpdated: 1 } })
    await expect(unbinding).resolves.toMatchObject({ member: { userid: 'zhaoliu' } })
  })

  it('leave an administrator\'s decision alone that comes while they are planned', async ({ skip }) => {
    const { run, mutate, accountOf, db, database } = company
    skip(database.engine === 'embedded', 'one connection')
    await run()
    const { id } = (await accountOf('zhaoliu'))!
    mutate({ op: 'removeMember', userid: 'zhaoliu' })
    company.planned = async () => {
      company.planned = undefined
      await db.update(tables.account).set({ status: 'disabled', disabledBy: 'admin', disabledAt: new Date() }).where(eq(tables.account.id, id))
    }
    expect(await run()).toMatchObject({ status: 'succeeded', counts: { accountsDisabled: 0 } })
    expect(await accountOf('zhaoliu')).toMatchObject({ status: 'disabled', disabledBy: 'admin' })
  })

  it('give nobody an account that becomes an administrator\'s while they are planned', async ({ skip }) => {
    const { run, mutate, accountOf, db, database } = company
    skip(database.engine === 'embedded', 'one connection')
    await run()
    const [free] = await db.insert(tables.account).values({ name: '新人', mobile: '13700000009' }).returning()
    mutate({ op: 'addMember', member: { userid: 'xinren', name: '新人', mobile: '13700000009', deptIds: [1] } })
    company.planned = async () => {
      company.planned = undefined
      await db.update(tables.account).set({ role: 'admin' }).where(eq(tables.account.id, free!.id))
    }
    expect(await run()).toMatchObject({ status: 'succeeded', counts: { conflicts: 1, accountsCreated: 0 } })
    expect(await accountOf('xinren')).toBeUndefined()
  })

  it('can be discarded, and nothing can be applied twice or while switched off', async () => {
    const { run, apply, sync, by, settings } = company
    const first = await run('preview')
    expect(await sync.cancel(first.id)).toMatchObject({ status: 'cancelled' })
    await expect(apply(first.id)).rejects.toMatchObject({ code: 'sync_not_applicable' })
    const second = await run('preview')
    settings.enabled = false
    await expect(apply(second.id)).rejects.toMatchObject({ code: 'sync_disabled' })
    await expect(sync.start('apply', 'tester')).rejects.toMatchObject({ code: 'sync_disabled' })
    settings.enabled = true
    await apply(second.id)
    await expect(sync.apply(second.id, {}, by)).rejects.toMatchObject({ code: 'sync_not_applicable' })
  })
})
