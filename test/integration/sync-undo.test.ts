import type { SyncCompany } from '../support/sync-company.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { engines } from '../support/engines.ts'
import { syncCompany } from '../support/sync-company.ts'

describe.each(engines)('undoing a sync on $engine', ({ open }) => {
  let company: SyncCompany
  beforeAll(async () => {
    company = await syncCompany(open)
  })
  beforeEach(() => company.reset())
  afterAll(() => company.close())

  it('restores every business column and relation', async () => {
    const { run, undo, dump, mutate, deptId, changesOf, accountOf, db } = company
    mutate(
      { op: 'addDepartment', department: { name: '旧部门', parentId: deptId('研发中心'), deptId: 7900 } },
      { op: 'addDepartment', department: { name: '旧小组', parentId: 7900, deptId: 7901 } },
      { op: 'moveMember', userid: 'wujiu', deptIds: [7900, deptId('财务部')] },
      { op: 'moveMember', userid: 'lisi', deptIds: [7901] },
    )
    await run()
    // Somebody who left long ago is still in the department that vanishes, and loses it with the department.
    const bystander = await db.insert(tables.account).values({ name: '早已离职', status: 'disabled', disabledBy: 'admin' }).returning()
    const [old] = await db.select().from(tables.department).where(eq(tables.department.dingtalkId, 7900))
    await db.insert(tables.accountDepartment).values({ accountId: bystander[0]!.id, departmentId: old!.id, leader: true })
    await db.update(tables.account).set({ mainDepartmentId: old!.id }).where(eq(tables.account.id, bystander[0]!.id))
    await db.insert(tables.departmentRole).values([{ departmentId: old!.id, role: 'manager' }, { departmentId: old!.id, role: 'sales' }])
    const { id: chosenBy } = (await accountOf('lisi'))!
    await db.update(tables.account).set({ mainDepartmentChosen: true }).where(eq(tables.account.id, chosenBy))
    const before = await dump()

    mutate(
      { op: 'addDepartment', department: { name: '新大区', parentId: deptId('华东销售部'), deptId: 7001 } },
      { op: 'addDepartment', department: { name: '新小组', parentId: 7001, deptId: 7002 } },
      { op: 'addMember', member: { userid: 'xinren', name: '新人', deptIds: [7002, 1] } },
      { op: 'moveDepartment', deptId: deptId('平台研发组'), parentId: 7001 },
      { op: 'updateDepartment', deptId: deptId('财务部'), changes: { name: '财务中心', order: 3 } },
      { op: 'updateMember', userid: 'zhaoliu', changes: { name: '赵柳', title: '总监', email: 'zl@example.com' } },
      { op: 'moveMember', userid: 'sunqi', deptIds: [7001, deptId('市场部')] },
      { op: 'moveMember', userid: 'lisi', deptIds: [1] },
      { op: 'removeMember', userid: 'wujiu' },
      { op: 'removeDepartment', deptId: 7901 },
      { op: 'removeDepartment', deptId: 7900 },
    )
    const applied = await run()
    expect(applied).toMatchObject({
      status: 'succeeded',
      undoable: true,
      counts: { departmentsCreated: 2, departmentsRemoved: 2, accountsCreated: 1, accountsDisabled: 1 },
    })
    expect(await dump()).not.toEqual(before)
    // Who is not in the chosen department any more has none that was chosen.
    expect(await accountOf('lisi')).toMatchObject({ mainDepartmentChosen: false })

    const undone = await undo(applied.id)
    expect(undone).toMatchObject({
      mode: 'undo',
      trigger: 'undo',
      status: 'succeeded',
      undoes: applied.id,
      undoable: false,
      counts: { refused: 0, accountsRemoved: 1, accountsReenabled: 1, departmentsRemoved: 2, departmentsCreated: 2 },
    })
    expect(await dump()).toEqual(before)
    expect(await company.ended(Promise.resolve(applied))).toMatchObject({ undoneBy: undone.id, undoable: false })
    expect(new Set((await changesOf(applied.id)).map(({ status }) => status))).toEqual(new Set(['undone']))
    expect((await changesOf(undone.id)).find(({ kind }) => kind === 'account.remove')).toMatchObject({
      status: 'applied',
      after: null,
      before: { name: '新人' },
    })
    expect(await accountOf('xinren')).toBeUndefined()
    // DingTalk's truth comes back with the next run.
    expect((await run()).counts).toEqual(applied.counts)
  })

  it('asks again for access what the run had answered, unless they have asked anew', async () => {
    const { run, undo, mutate, db, sandbox } = company
    await run()
    const joining = ['asker', 'again'].map(userid => ({ userid, unionid: `union-${userid}`, name: userid }))
    mutate(...joining.map(member => ({ op: 'addMember' as const, member: { ...member, deptIds: [1] } })))
    await db.delete(tables.accessRequest)
    await db.insert(tables.accessRequest).values(joining.map(({ userid, name }) => ({ userid, unionid: sandbox.platform.member(userid)!.unionid, name })))
    const { id } = await run()
    const requests = async () => (await db.select().from(tables.accessRequest)).map(({ userid, status, decidedBy }) => `${userid} ${status} ${decidedBy}`).sort()
    expect(await requests()).toEqual(['again approved sync', 'asker approved sync'])
    await db.insert(tables.accessRequest).values({ userid: 'again', unionid: '', name: 'again', status: 'refused', decidedBy: '王管理', createdAt: new Date(Date.now() + 1000) })
    await undo(id)
    expect(await requests()).toEqual(['again approved sync', 'again refused 王管理', 'asker open null'])
  })

  it('keeps a new department to which somebody has given a role since', async () => {
    const { run, undo, mutate, db, changesOf } = company
    await run()
    mutate({ op: 'addDepartment', department: { name: '新大区', parentId: 1, deptId: 7001 } }, { op: 'addDepartment', department: { name: '新小组', parentId: 1, deptId: 7002 } })
    const { id } = await run()
    const [region] = await db.select().from(tables.department).where(eq(tables.department.dingtalkId, 7001))
    await db.insert(tables.departmentRole).values({ departmentId: region!.id, role: 'manager' })
    const undone = await undo(id)
    expect(undone.counts).toMatchObject({ departmentsRemoved: 1, refused: 1 })
    expect((await changesOf(undone.id)).find(({ status }) => status === 'refused')).toMatchObject({ target: { name: '新大区' }, reason: 'changed since then, so it stays as it is' })
    expect(await db.$count(tables.departmentRole)).toBe(1)
  })

  it('of a first sync leaves nothing behind', async () => {
    const { run, undo, dump } = company
    const empty = await dump()
    const { id } = await run()
    expect(await undo(id)).toMatchObject({ counts: { refused: 0, accountsRemoved: 160, departmentsRemoved: 12 } })
    expect(await dump()).toEqual(empty)
  })

  it('leaves what somebody has changed since, with the reason', async () => {
    const { run, undo, mutate, accountOf, changesOf, db } = company
    await run()
    mutate(
      { op: 'updateMember', userid: 'zhaoliu', changes: { title: '总监' } },
      { op: 'updateMember', userid: 'sunqi', changes: { title: '主管' } },
      { op: 'addMember', member: { userid: 'xinren', name: '新人' } },
    )
    const { id } = await run()
    const [edited, used] = [await accountOf('zhaoliu'), await accountOf('xinren')]
    await db.update(tables.account).set({ title: 'by hand' }).where(eq(tables.account.id, edited!.id))
    await db.update(tables.account).set({ lastLoginAt: new Date() }).where(eq(tables.account.id, used!.id))
    const undone = await undo(id)
    expect(undone.counts).toMatchObject({ refused: 2, accountsUpdated: 1 })
    expect(await accountOf('zhaoliu')).toMatchObject({ title: 'by hand' })
    expect(await accountOf('xinren')).toMatchObject({ status: 'active' })
    expect((await accountOf('sunqi'))!.title).not.toBe('主管')
    const refused = (await changesOf(undone.id)).filter(({ status }) => status === 'refused')
    expect(refused.map(({ userid, reason }) => [userid, reason])).toEqual(
      expect.arrayContaining([
        ['zhaoliu', 'changed since then, so it stays as it is'],
        ['xinren', expect.stringContaining('has been used') as string],
      ]),
    )
  })

  it('keeps the main department somebody has chosen by hand since', async () => {
    const { run, undo, mutate, deptId, accountOf, db } = company
    await run()
    mutate({ op: 'moveMember', userid: 'lisi', deptIds: [deptId('市场部')] })
    const { id } = await run()
    const moved = (await accountOf('lisi'))!
    await db.update(tables.account).set({ mainDepartmentChosen: true }).where(eq(tables.account.id, moved.id))
    expect(await undo(id)).toMatchObject({ counts: { refused: 1 } })
    expect(await accountOf('lisi')).toMatchObject({ mainDepartmentId: moved.mainDepartmentId, mainDepartmentChosen: true })
  })

  it('keeps a new account that is somebody’s manager since, unless that is taken back as well', async () => {
    const { run, undo, mutate, accountOf, settings } = company
    await run()
    mutate({ op: 'addMember', member: { userid: 'chef', name: '新经理' } })
    const made = await run()
    settings.directManager = true
    mutate({ op: 'updateMember', userid: 'zhaoliu', changes: { title: '总监', managerUserid: 'chef' } })
    const learned = await run()
    const chef = (await accountOf('chef'))!
    expect(await accountOf('zhaoliu')).toMatchObject({ managerId: chef.id })
    expect(await undo(made.id)).toMatchObject({ counts: { refused: 1 } })
    expect(await accountOf('chef')).toMatchObject({ id: chef.id })
    await undo(learned.id)
    expect(await undo(made.id)).toMatchObject({ counts: { refused: 0, accountsRemoved: 1 } })
  })

  it('keeps an account that owns records', async () => {
    const { run, undo, accountOf, db } = company
    const { id } = await run()
    const owner = (await accountOf('zhaoliu'))!
    await db
      .insert(tables.customer)
      .values({ name: '客户', status: 'potential', level: 'A', source: 'visit', ownerId: owner.id, createdById: owner.id })
    const { counts } = await undo(id)
    expect(await accountOf('zhaoliu')).toMatchObject({ id: owner.id, status: 'active' })
    expect(counts!.refused).toBeGreaterThan(1)
    // Their department and those above it stay, because they are in it.
    expect(await db.$count(tables.accountDepartment)).toBeGreaterThan(0)
    expect(await db.$count(tables.account)).toBe(1)
  })

  it('keeps accounts that anything names, also what is deleted, and takes back the rest', async () => {
    const { run, undo, mutate, accountOf, changesOf, db } = company
    await run()
    const userids = ['binned', 'planned', 'coded', 'promoted', 'helper', 'unused']
    mutate(...userids.map(userid => ({ op: 'addMember' as const, member: { userid, name: userid } })))
    const { id } = await run()
    const idOf = async (userid: string) => (await accountOf(userid))!.id
    const owner = await idOf('binned')
    const [record] = await db
      .insert(tables.customer)
      .values({ name: '已删客户', status: 'potential', level: 'A', source: 'visit', ownerId: owner, createdById: owner, deletedAt: new Date() })
      .returning()
    const planned = await idOf('planned')
    await db.insert(tables.followUpPlan).values({ customerId: record!.id, ownerId: planned, createdById: planned, status: 'completed', content: '回访', dueAt: new Date() })
    await db.insert(tables.bindCode).values({ codeHash: 'x', accountId: await idOf('coded'), createdBy: 'tester', expiresAt: new Date(Date.now() + 60_000) })
    await db.insert(tables.accountRole).values({ accountId: await idOf('promoted'), role: 'manager' })
    await db.insert(tables.collaborator).values({ kind: 'customers', recordId: record!.id, accountId: await idOf('helper'), access: 'read', addedById: owner })

    const undone = await undo(id)
    expect(undone).toMatchObject({ status: 'succeeded', counts: { refused: 5, accountsRemoved: 1 } })
    expect(await accountOf('unused')).toBeUndefined()
    const refused = (await changesOf(undone.id)).filter(({ status }) => status === 'refused')
    expect(Object.fromEntries(refused.map(({ userid, reason }) => [userid, reason]))).toEqual({
      ...Object.fromEntries(['binned', 'planned', 'coded', 'helper'].map(userid => [userid, expect.stringContaining('has been used') as string])),
      promoted: 'changed since then, so it stays as it is',
    })
  })

  it('takes back a selection, and the rest later', async () => {
    const { run, undo, mutate, accountOf, changesOf, sync } = company
    await run()
    mutate({ op: 'removeMember', userid: 'wujiu' }, { op: 'updateMember', userid: 'zhaoliu', changes: { title: '总监' } })
    const { id } = await run()
    const leaver = (await changesOf(id)).find(({ kind }) => kind === 'account.disable')!
    expect((await undo(id, [leaver.id])).counts).toMatchObject({ accountsReenabled: 1, accountsUpdated: 0 })
    expect(await accountOf('wujiu')).toMatchObject({ status: 'active', disabledBy: null })
    expect(await accountOf('zhaoliu')).toMatchObject({ title: '总监' })
    expect(await sync.get(id)).toMatchObject({ undoable: true })
    expect((await undo(id)).counts).toMatchObject({ accountsUpdated: 1 })
    await expect(undo(id)).rejects.toMatchObject({ code: 'sync_not_undoable' })
  })

  it('is over once a run is older than the settings keep; plans go sooner', async () => {
    const { run, sync, db, settings } = company
    const age = (id: string, days: number) => db.update(tables.syncRun).set({ startedAt: new Date(Date.now() - days * 86_400_000) }).where(eq(tables.syncRun.id, id))
    const [kept, old, plan, latest] = [await run(), await run(), await run('preview'), await run()]
    settings.retention = { plansDays: 10, runsDays: 100 }
    await Promise.all([age(kept.id, 99), age(old.id, 101), age(plan.id, 11), age(latest.id, 0)])
    expect(await sync.prune()).toBe(2)
    expect((await sync.list({ limit: 20 })).runs.map(({ id }) => id)).toEqual([latest.id, kept.id])
    await expect(sync.undo(old.id, undefined, company.by)).rejects.toMatchObject({ code: 'not_found' })
    expect(await db.$count(tables.syncChange, eq(tables.syncChange.runId, old.id))).toBe(0)
  })

  it('cannot take back a preview or another undo', async () => {
    const { run, undo } = company
    await expect(undo((await run('preview')).id)).rejects.toMatchObject({ code: 'sync_not_undoable' })
    const { id } = await run()
    await expect(undo((await undo(id)).id)).rejects.toMatchObject({ code: 'sync_not_undoable' })
  })
})
