import type { SyncCompany } from '../support/sync-company.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { DingTalkError } from '../../server/dingtalk/index.ts'
import { readWanted } from '../../server/directory/sync/fresh/wanted/request.ts'
import { engines } from '../support/engines.ts'
import { syncCompany } from '../support/sync-company.ts'
import { until } from '../support/until.ts'

/** Enough to stop at the guard. */
function twenty({ platform }: SyncCompany['sandbox']): string[] {
  const others = platform.members().filter(({ external, userid }) => !external && userid !== 'zhaoliu' && userid !== 'sunqi')
  return others.slice(-20).map(({ userid }) => userid)
}

describe.each(engines)('a sync of some people on $engine', ({ open }) => {
  let company: SyncCompany
  beforeAll(async () => {
    company = await syncCompany(open)
  })
  beforeEach(() => company.reset())
  afterAll(() => company.close())

  const targeted = (userids: string[], deptIds: number[] = []) => company.sync.applyTargeted({ userids, deptIds }, 'events')

  it('changes just them, and records it as a run that can be undone', async () => {
    const { run, mutate, dump, changesOf, accountOf, undo, sync } = company
    await run()
    const before = await dump()
    mutate(
      { op: 'updateMember', userid: 'zhaoliu', changes: { title: '总监' } },
      { op: 'updateMember', userid: 'sunqi', changes: { title: '主管' } },
      { op: 'addDepartment', department: { name: '新大区', parentId: 1, deptId: 7001 } },
      { op: 'addDepartment', department: { name: '新小组', parentId: 7001, deptId: 7002 } },
      { op: 'addMember', member: { userid: 'xinren', name: '新人', deptIds: [7002] } },
    )
    const { runId, status } = await targeted(['zhaoliu', 'xinren', 'nobody'])
    expect(status).toBe('succeeded')
    expect(await sync.get(runId!)).toMatchObject({
      trigger: 'events',
      status: 'succeeded',
      undoable: true,
      counts: { accountsCreated: 1, accountsUpdated: 1, departmentsCreated: 2, accountsDisabled: 0, departmentsUpdated: 0 },
    })
    expect(await accountOf('zhaoliu')).toMatchObject({ title: '总监' })
    expect((await accountOf('sunqi'))!.title).not.toBe('主管')
    expect((await changesOf(runId!)).map(({ kind }) => kind)).toEqual(['department.create', 'department.create', 'account.create', 'account.update'])
    expect(await targeted(['zhaoliu', 'xinren'])).toMatchObject({ runId: undefined, status: 'unchanged' })
    await undo(runId!)
    expect(await dump()).toEqual(before)
  })

  it('shuts out somebody who left, also while a complete run is under way, which does not let them in again', async () => {
    const { run, mutate, sandbox, accountOf, sync, ended, db } = company
    await run()
    const { id } = (await accountOf('zhaoliu'))!
    await db.insert(tables.session).values({ tokenHash: 'x', kind: 'account', accountId: id, expiresAt: new Date(Date.now() + 60_000) })
    sandbox.platform.control.settings({ latencyMs: 100 })
    const started = await sync.start('apply', 'tester')
    // Everybody has been read, and the run goes on: what it knows of them is old from now on.
    await until(async () => ((await sync.get(started.id)) as { progress: { membersSeen: number } }).progress.membersSeen >= 100 || undefined)
    mutate({ op: 'removeMember', userid: 'zhaoliu' })
    expect(await targeted(['zhaoliu'])).toMatchObject({ status: 'succeeded' })
    expect(await accountOf('zhaoliu')).toMatchObject({ status: 'disabled' })
    expect(await db.$count(tables.session)).toBe(0)
    expect(await ended(Promise.resolve(started))).toMatchObject({ counts: { accountsReenabled: 0 } })
    expect(await accountOf('zhaoliu')).toMatchObject({ status: 'disabled' })
  })

  it('is not forgotten by a complete run that read its people before: who left stays missing, who waits for a decision stays in the queue', async () => {
    const { run, mutate, sync, ended, settings, db, sandbox } = company
    await run()
    settings.grace = { unit: 'days', value: 7 }
    await db.insert(tables.account).values({ name: '老板', role: 'admin', mobile: '13700000001' })
    sandbox.platform.control.settings({ latencyMs: 100 })
    const started = await sync.start('apply', 'tester')
    await until(async () => ((await sync.get(started.id)) as { progress: { membersSeen: number } }).progress.membersSeen >= 100 || undefined)
    mutate({ op: 'removeMember', userid: 'zhaoliu' }, { op: 'addMember', member: { userid: 'boss', name: '老板', mobile: '13700000001', deptIds: [1] } })
    await targeted(['zhaoliu', 'boss'])
    const waiting = async () => (await db.select().from(tables.syncConflict)).map(({ userid }) => userid)
    const missing = async () => (await db.select().from(tables.binding).where(eq(tables.binding.userid, 'zhaoliu')))[0]?.missingSince
    expect([await waiting(), await missing()]).toEqual([['boss'], expect.any(Date)])
    expect(await ended(Promise.resolve(started))).toMatchObject({ status: 'succeeded' })
    expect([await waiting(), await missing()]).toEqual([['boss'], expect.any(Date)])
  })

  it('knows where the people of a department went that is gone', async () => {
    const { run, mutate, accountOf, db } = company
    mutate({ op: 'addDepartment', department: { deptId: 7100, name: '待撤销', parentId: 1 } }, { op: 'moveMember', userid: 'zhaoliu', deptIds: [7100] })
    await run()
    mutate({ op: 'moveMember', userid: 'zhaoliu', deptIds: [1] }, { op: 'removeDepartment', deptId: 7100 })
    expect(await targeted([], [7100])).toMatchObject({ status: 'succeeded' })
    const { id, mainDepartmentId } = (await accountOf('zhaoliu'))!
    const at = await db
      .select({ deptId: tables.department.dingtalkId, id: tables.department.id })
      .from(tables.accountDepartment)
      .innerJoin(tables.department, eq(tables.department.id, tables.accountDepartment.departmentId))
      .where(eq(tables.accountDepartment.accountId, id))
    expect(at).toEqual([{ deptId: 1, id: mainDepartmentId }])
  })

  it('goes on with the others where DingTalk does not answer about one, who stays as they are', async () => {
    const { run, mutate, accountOf } = company
    await run()
    mutate({ op: 'removeMember', userid: 'zhaoliu' }, { op: 'removeMember', userid: 'sunqi' })
    company.asked = (api, about) => {
      if (api === 'getUser' && about === 'sunqi')
        throw new DingTalkError({ reason: '60120', api: '/topapi/v2/user/get', httpStatus: 200, outcome: 'rejected' })
    }
    const outcome = await targeted(['zhaoliu', 'sunqi'])
    expect(outcome).toMatchObject({ status: 'succeeded' })
    expect([...outcome.unread.userids.keys()]).toEqual(['sunqi'])
    expect([(await accountOf('zhaoliu'))!.status, (await accountOf('sunqi'))!.status]).toEqual(['disabled', 'active'])
    await expect(targeted(['sunqi'])).rejects.toMatchObject({ reason: '60120' })
  })

  it('takes a department away only when it knows where everybody went', async () => {
    const { run, mutate, db } = company
    mutate({ op: 'addDepartment', department: { deptId: 7100, name: '待撤销', parentId: 1 } }, ...['zhaoliu', 'sunqi'].map(userid => ({ op: 'moveMember' as const, userid, deptIds: [7100] })))
    await run()
    mutate(...['zhaoliu', 'sunqi'].map(userid => ({ op: 'moveMember' as const, userid, deptIds: [1] })), { op: 'removeDepartment', deptId: 7100 })
    company.asked = (api, about) => {
      if (api === 'getUser' && about === 'sunqi')
        throw new DingTalkError({ reason: '90018', api: '/topapi/v2/user/get', httpStatus: 200, outcome: 'rejected' })
    }
    expect([...(await targeted([], [7100])).unread.deptIds]).toEqual([7100])
    expect(await db.$count(tables.department, eq(tables.department.dingtalkId, 7100))).toBe(1)
    company.asked = undefined
    expect([...(await targeted([], [7100])).unread.deptIds]).toEqual([])
    expect(await db.$count(tables.department, eq(tables.department.dingtalkId, 7100))).toBe(0)
  })

  it('does nothing once another company is connected', async () => {
    const { run, mutate, accountOf } = company
    await run()
    mutate({ op: 'updateMember', userid: 'zhaoliu', changes: { title: '总监' } })
    company.answered = (api) => {
      if (api === 'getUser')
        company.corpId = 'another company'
    }
    expect(await targeted(['zhaoliu'])).toMatchObject({ runId: undefined, status: 'unchanged' })
    expect((await accountOf('zhaoliu'))!.title).not.toBe('总监')
  })

  it('stops at the guard like every run', async () => {
    const { run, mutate, sandbox, accountOf, sync } = company
    await run()
    const leavers = sandbox.platform
      .members()
      .filter(({ external }) => !external)
      .slice(0, 20)
      .map(({ userid }) => userid)
    mutate(...leavers.map(userid => ({ op: 'removeMember' as const, userid })))
    const { runId, status } = await targeted(leavers)
    expect(status).toBe('stopped')
    expect(await sync.get(runId!)).toMatchObject({ stop: { kind: 'guard', disabled: 20 } })
    expect(await accountOf(leavers[0]!)).toMatchObject({ status: 'active' })
  })

  it('counts what small runs have removed within a day, and begins anew once somebody approved', async () => {
    const { run, mutate, apply, undo, sandbox, sync, accountOf } = company
    await run()
    const leavers = twenty(sandbox)
    async function leave(userids: string[]) {
      mutate(...userids.map(userid => ({ op: 'removeMember' as const, userid })))
      return targeted(userids)
    }
    expect(await leave(leavers.slice(0, 4))).toMatchObject({ status: 'succeeded' })
    expect(await leave(leavers.slice(4, 8))).toMatchObject({ status: 'succeeded' })
    const third = await leave(leavers.slice(8, 12))
    expect(third).toMatchObject({ status: 'stopped' })
    expect(await sync.get(third.runId!)).toMatchObject({ stop: { kind: 'guard', disabled: 4, recent: { disabled: 8 } } })
    expect(await accountOf(leavers[8]!)).toMatchObject({ status: 'active' })
    // What needs nobody's approval goes on.
    mutate({ op: 'updateMember', userid: 'zhaoliu', changes: { title: '总监' } })
    expect(await targeted(['zhaoliu'])).toMatchObject({ status: 'succeeded' })

    await apply(third.runId!)
    const afresh = await leave(leavers.slice(12, 16))
    expect(afresh).toMatchObject({ status: 'succeeded' })
    expect(await leave(leavers.slice(16, 19))).toMatchObject({ status: 'succeeded' })
    expect(await leave(leavers.slice(19, 20))).toMatchObject({ status: 'stopped' })
    // What was taken back is not counted any more.
    await undo(afresh.runId!)
    expect(await targeted(leavers.slice(19, 20))).toMatchObject({ status: 'succeeded' })
  })

  it('works where the app may read people and no department, once a complete run was made', async () => {
    const { run, mutate, sandbox, accountOf } = company
    sandbox.platform.control.settings({ scope: { deptIds: [], userids: ['zhangsan', 'zhaoliu', 'sunqi'] } })
    mutate({ op: 'updateMember', userid: 'zhaoliu', changes: { title: '总监' } })
    expect(await targeted(['zhaoliu'])).toMatchObject({ runId: undefined, status: 'unchanged' })
    expect(await run()).toMatchObject({ status: 'succeeded' })
    mutate({ op: 'updateMember', userid: 'zhaoliu', changes: { title: '总经理' } })
    expect(await targeted(['zhaoliu'])).toMatchObject({ status: 'succeeded' })
    expect(await accountOf('zhaoliu')).toMatchObject({ title: '总经理' })
    sandbox.platform.control.settings({ scope: { deptIds: [1], userids: [] } })
  })

  it.each([
    ['approving another plan', false],
    ['taking an earlier run back', true],
  ])('asks anew for a stopped run that %s has overtaken, unless a person started it', async (_, undoing) => {
    const { run, apply, undo, mutate, sandbox, sync, db } = company
    const first = await run()
    mutate({ op: 'updateMember', userid: 'sunqi', changes: { title: '主管' } })
    const preview = await run('preview')
    const leavers = twenty(sandbox)
    mutate(...leavers.map(userid => ({ op: 'removeMember' as const, userid })))
    const byHand = await run()
    const byItself = await targeted(leavers)
    expect([byHand.status, byItself.status]).toEqual(['stopped', 'stopped'])
    const chosen = (await company.changesOf(first.id)).find(({ kind, target }) => kind === 'account.create' && target.name === '孙七')!
    if (undoing)
      await undo(first.id, [chosen.id])
    else
      expect(await apply(preview.id)).toMatchObject({ status: 'succeeded' })
    for (const id of [byHand.id, byItself.runId!])
      expect(await sync.get(id)).toMatchObject({ status: 'outdated' })
    const { startedAt } = await sync.get(byItself.runId!)
    const wanted = (await readWanted(db))!
    expect(wanted).toMatchObject({ trigger: 'catch_up', request: 1 })
    // Whoever takes something back has time to mend what made it.
    expect(wanted.notBefore - startedAt.getTime()).toBeGreaterThan(undoing ? 3_500_000 : 599_000)
  })

  it('lets a plan wait on that it does not touch, and leaves out what it did already', async () => {
    const { run, apply, mutate, sandbox, accountOf, sync, changesOf } = company
    await run()
    const leavers = twenty(sandbox)
    mutate(...leavers.map(userid => ({ op: 'removeMember' as const, userid })), { op: 'updateMember', userid: 'sunqi', changes: { title: '主管' } })
    const stopped = await run()
    expect(stopped).toMatchObject({ status: 'stopped' })

    mutate({ op: 'updateMember', userid: 'zhaoliu', changes: { title: '总监' } })
    expect(await targeted(['zhaoliu'])).toMatchObject({ status: 'succeeded' })
    expect(await targeted([leavers[0]!])).toMatchObject({ status: 'succeeded' })
    expect(await sync.get(stopped.id)).toMatchObject({ status: 'stopped' })
    expect(await apply(stopped.id)).toMatchObject({ status: 'succeeded', counts: { accountsDisabled: 19, accountsUpdated: 1 } })
    expect((await changesOf(stopped.id)).filter(({ status }) => status === 'skipped').map(({ userid }) => userid)).toEqual([leavers[0]])
    for (const userid of leavers)
      expect(await accountOf(userid)).toMatchObject({ status: 'disabled' })
  })

  it('asks anew for a stopped plan that is overtaken', async () => {
    const { run, mutate, sandbox, sync, db } = company
    await run()
    const leavers = twenty(sandbox)
    mutate(...leavers.map(userid => ({ op: 'removeMember' as const, userid })), { op: 'updateMember', userid: 'sunqi', changes: { title: '经理' } })
    const second = await run()
    expect(second).toMatchObject({ status: 'stopped' })
    mutate({ op: 'updateMember', userid: 'sunqi', changes: { title: '总经理' } })
    expect(await targeted(['sunqi'])).toMatchObject({ status: 'succeeded' })
    expect(await sync.get(second.id)).toMatchObject({ status: 'outdated' })
    expect(await readWanted(db)).toMatchObject({ trigger: 'catch_up', notBefore: Date.parse(second.startedAt) + 600_000 })
  })

  it('follows a department without touching the people in it', async () => {
    const { run, mutate, deptId, dump, db } = company
    await run()
    const before = await dump()
    const id = deptId('市场部')
    mutate({ op: 'updateDepartment', deptId: id, changes: { name: '品牌部' } })
    expect(await targeted([], [id])).toMatchObject({ status: 'succeeded' })
    const [held] = await db.select().from(tables.department).where(eq(tables.department.dingtalkId, id))
    const after = await dump()
    expect(after).toEqual({ ...before, departments: { ...before.departments, [held!.id]: { ...before.departments![held!.id], name: '品牌部' } } })
  })

  it('does nothing before the first complete run', async () => {
    expect(await targeted(['zhaoliu'])).toMatchObject({ runId: undefined, status: 'unchanged' })
    expect(await company.db.$count(tables.account)).toBe(0)
  })
})
