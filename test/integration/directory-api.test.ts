import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { createDirectory } from '../../server/directory/index.ts'
import { startApp } from '../support/app.ts'

type Departments = ApiOutput<'GET /api/directory/departments'>
type Accounts = ApiOutput<'GET /api/directory/accounts'>

describe('the organisation over HTTP', () => {
  let app: TestApp
  let admin: Client

  beforeAll(async () => {
    app = await startApp()
    admin = await app.loggedIn('zhangsan')
    expect((await app.sync(admin)).status).toBe('succeeded')
  })
  afterAll(() => app.close())

  const accounts = async (query: Record<string, string>) => (await admin.get<Accounts>(`/api/directory/accounts?${new URLSearchParams(query)}`)).body

  it('is for administrators only', async () => {
    const member = await app.loggedIn('zhaoliu')
    for (const path of ['/api/directory/departments', '/api/directory/accounts', '/api/sync/runs'])
      expect((await member.get(path)).error.code).toBe('forbidden')
    expect((await member.post('/api/sync/runs', { mode: 'apply' })).error.code).toBe('forbidden')
  })

  it('keeps the account of an administrator who logged in before the first sync', async () => {
    const { items } = await accounts({ q: '张三' })
    expect(items.filter(({ binding }) => binding?.userid === 'zhangsan')).toMatchObject([{ role: 'admin', title: '信息化主管', status: 'active' }])
  })

  it('lists departments parents first, each with the people directly in it and below', async () => {
    const { departments } = (await admin.get<Departments>('/api/directory/departments')).body
    const members = app.sandbox.platform.members().filter(({ external }) => !external)
    expect(departments[0]).toMatchObject({ name: '星河智造科技有限公司', parentId: null, membersBelow: members.length })
    const seen = new Set<string | null>([null])
    for (const { id, parentId } of departments) {
      expect(seen.has(parentId)).toBe(true)
      seen.add(id)
    }
    const { deptId } = app.sandbox.platform.departments().find(({ name }) => name === '华东销售部')!
    const child = app.sandbox.platform.departments().find(({ name }) => name === '上海销售一组')!.deptId
    expect(departments.find(({ name }) => name === '华东销售部')).toMatchObject({
      members: members.filter(({ deptIds }) => deptIds.includes(deptId)).length,
      membersBelow: members.filter(({ deptIds }) => deptIds.includes(deptId) || deptIds.includes(child)).length,
    })
  })

  it('pages through everybody once, by department and keyword, too', async () => {
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await accounts({ limit: '37', ...(cursor && { cursor }) })
      expect(page.total).toBe(160)
      names.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(names).size).toBe(160)

    const { departments } = (await admin.get<Departments>('/api/directory/departments')).body
    for (const { id, membersBelow } of departments) expect((await accounts({ departmentId: id, limit: '1' })).total).toBe(membersBelow)
    expect((await accounts({ q: '%' })).total).toBe(0)
    expect((await accounts({ q: '13800001001' })).items).toMatchObject([{ name: '张三' }])
    expect((await admin.get('/api/directory/accounts?cursor=nonsense')).error.code).toBe('validation_failed')
  })

  it('streams a run to its end', async () => {
    const {
      body: { id },
    } = await admin.post<ApiOutput<'POST /api/sync/runs'>>('/api/sync/runs', { mode: 'preview' })
    const stream = await fetch(`${app.url}/api/sync/runs/${id}/events`, { headers: { cookie: admin.cookie() } })
    const events = (await stream.text())
      .split('\n\n')
      .filter(event => event.startsWith('data: '))
      .map(event => JSON.parse(event.slice(6)) as ApiOutput<'GET /api/sync/runs/:id'>)
    expect(events.at(-1)).toMatchObject({ id, status: 'planned', phase: 'done', startedBy: '张三' })
    expect((await admin.get<ApiOutput<'GET /api/sync/runs'>>('/api/sync/runs')).body.runs[0]).toEqual(events.at(-1))
  })

  it('lets in who joined, and ends the session of who left, with the next sync', async () => {
    const leaver = await app.loggedIn('zhaoliu')
    app.sandbox.platform.control.mutate({ op: 'addMember', member: { userid: 'xinren', name: '新人' } })
    expect((await app.client().post('/api/session/dingtalk', { code: app.code('xinren') })).error.code).toBe('member_unknown')
    app.sandbox.platform.control.mutate({ op: 'removeMember', userid: 'zhaoliu' })
    await app.sync(admin)
    expect((await leaver.get('/api/session')).error.code).toBe('unauthenticated')
    expect((await (await app.loggedIn('xinren')).get('/api/session')).status).toBe(200)
    expect((await accounts({ status: 'disabled' })).items).toMatchObject([{ name: '赵六', binding: { state: 'gone' } }])
  })

  it('keeps the main department that an administrator chose, until the person leaves it or the choice is given back', async () => {
    const { control } = app.sandbox.platform
    const deptId = (name: string) => app.sandbox.platform.departments().find(entry => entry.name === name)!.deptId
    const placed = async () => (await accounts({ q: '孙七' })).items[0]!
    const choose = (id: string, departmentId: string | null) => admin.put<Accounts['items'][number]>(`/api/directory/accounts/${id}/main-department`, { departmentId })

    control.mutate({ op: 'moveMember', userid: 'sunqi', deptIds: [deptId('市场部'), deptId('财务部'), deptId('研发中心')] })
    await app.sync(admin)
    const { id, departments, mainDepartment } = await placed()
    expect(mainDepartment).toEqual({ id: departments[0]!.id, chosen: false })
    const finance = departments.find(({ name }) => name === '财务部')!.id

    expect((await (await app.loggedIn('wangwu')).put(`/api/directory/accounts/${id}/main-department`, { departmentId: finance })).error.code).toBe('forbidden')
    const elsewhere = (await admin.get<Departments>('/api/directory/departments')).body.departments.find(entry => departments.every(own => own.id !== entry.id))!
    expect((await choose(id, elsewhere.id)).error.code).toBe('not_in_department')
    expect((await choose(finance, finance)).error.code).toBe('not_found')
    expect((await placed()).mainDepartment).toEqual(mainDepartment)

    expect((await choose(id, finance)).body).toMatchObject({ name: '孙七', mainDepartment: { id: finance, chosen: true }, departments: [{ name: '财务部' }, {}, {}] })
    control.mutate({ op: 'moveMember', userid: 'sunqi', deptIds: [deptId('市场部'), deptId('财务部')] })
    await app.sync(admin)
    expect((await placed()).mainDepartment).toEqual({ id: finance, chosen: true })
    expect((await choose(id, null)).body.mainDepartment).toEqual({ id: finance, chosen: false })
    await choose(id, finance)
    control.mutate({ op: 'moveMember', userid: 'sunqi', deptIds: [deptId('市场部')] })
    await app.sync(admin)
    const after = await placed()
    expect(after.mainDepartment).toEqual({ id: after.departments[0]!.id, chosen: false })

    const { body: audit } = await admin.get<ApiOutput<'GET /api/audit'>>('/api/audit?action=account.main_department')
    expect(audit.items).toHaveLength(3)
    expect(audit.items.at(-1)).toMatchObject({ actor: '张三', target: { id, name: '孙七' }, detail: { before: { chosen: false }, after: { mainDepartment: '财务部', chosen: true } } })
  })

  it('makes one account of many simultaneous first logins', async () => {
    const directory = createDirectory({ db: app.database.db })
    const made = await Promise.all(
      Array.from({ length: 8 }, () => directory.createAdministrator({ userid: 'first', unionid: 'first', name: '首位' })),
    )
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect((await accounts({ q: '首位' })).total).toBe(1)
    // Whoever asks later how this administrator came to be finds it in the binding's history and in the log.
    const { id } = made[0]!
    const { db } = app.database
    expect(await db.select().from(tables.bindingEvent).where(eq(tables.bindingEvent.accountId, id))).toMatchObject([{ action: 'bound', userid: 'first', source: 'login', actor: '首位' }])
    const entries = await db.select().from(tables.auditLog).where(and(eq(tables.auditLog.targetId, id), eq(tables.auditLog.action, 'binding.bound')))
    expect(entries).toMatchObject([{ actor: '首位', actorId: id, targetName: '首位', detail: { userid: 'first', source: 'login' } }])
  })

  it('names administrators who can help, those seen lately first', async () => {
    const directory = createDirectory({ db: app.database.db })
    expect((await directory.administratorNames())[0]).toBe('张三')
    expect(await directory.administratorNames(1)).toHaveLength(1)
  })
})
