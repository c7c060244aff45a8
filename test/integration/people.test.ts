import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { and, desc, eq, like } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { startApp } from '../support/app.ts'

type Detail = ApiOutput<'GET /api/accounts/:id'>
type Rows = ApiOutput<'GET /api/accounts'>
type Rights = ApiOutput<'GET /api/accounts/:id/rights'>
type Logins = ApiOutput<'GET /api/logins'>
type Audit = ApiOutput<'GET /api/audit'>
type Requests = ApiOutput<'GET /api/access-requests'>

let app: TestApp
let admin: Client
/** Account ids by userid. */
let ids: Map<string, string>

beforeAll(async () => {
  app = await startApp()
  admin = await app.loggedIn('zhangsan')
  await app.sync(admin)
  const bound = await app.database.db.select({ userid: tables.binding.userid, id: tables.binding.accountId }).from(tables.binding)
  ids = new Map(bound.map(({ userid, id }) => [userid, id]))
})
afterAll(() => app.close())

const idOf = (userid: string) => ids.get(userid)!
const detailOf = async (userid: string) => (await admin.get<Detail>(`/api/accounts/${idOf(userid)}`)).body
async function makeAccount(values: Partial<typeof tables.account.$inferInsert> = {}) {
  const [made] = await app.database.db.insert(tables.account).values({ name: '旧账号', ...values }).returning({ id: tables.account.id })
  return made!.id
}
async function own(ownerId: string, name: string) {
  await app.database.db.insert(tables.customer).values({ name, status: 'potential', level: 'A', source: 'visit', ownerId, createdById: ownerId })
}
/** A member the CRM does not know: added to DingTalk after the sync. */
function joinCompany(userid: string, name: string) {
  const dept = app.sandbox.platform.departments().find(({ deptId }) => deptId !== 1)!.deptId
  app.sandbox.platform.control.mutate({ op: 'addMember', member: { userid, name, deptIds: [dept] } })
}
async function knock(userid: string) {
  const client = app.client()
  const answer = await client.post('/api/session/dingtalk', { code: app.code(userid) })
  return { client, answer }
}

describe('roles', () => {
  it('decide what people see and may do, by person and by department, from the next request on', async () => {
    const seller = await app.loggedIn('lisi')
    const colleague = idOf('wangwu')
    await own(idOf('lisi'), '李四的客户')
    await own(colleague, '王五的客户')
    const seen = async () => (await app.database.db.select().from(tables.customer)).length && (await admin.get<ApiOutput<'GET /api/accounts/:id/sight'>>(`/api/accounts/${idOf('lisi')}/sight`)).body
    const before = await seen() as ApiOutput<'GET /api/accounts/:id/sight'>
    expect(before.rights).toMatchObject({ administrator: false, roles: ['sales'], effective: { scope: 'own' } })

    const all = { scope: 'all', abilities: ['export'] }
    expect((await admin.put('/api/roles/manager', all)).status).toBe(200)
    expect((await admin.put<Rights>(`/api/accounts/${idOf('lisi')}/rights`, { administrator: false, roles: ['sales', 'manager'] })).body.effective)
      .toEqual({ scope: 'all', abilities: ['import', 'export', 'delete', 'transfer'] })
    const { body } = await admin.get<ApiOutput<'GET /api/accounts/:id/sight'>>(`/api/accounts/${idOf('lisi')}/sight`)
    expect(body.owners).toBeNull()
    expect(body.records.find(({ kind }) => kind === 'customers')).toMatchObject({ count: 2, total: 2 })
    const { body: session } = await seller.get<ApiOutput<'GET /api/session'>>('/api/session')
    expect(session).toMatchObject({ account: { abilities: ['import', 'export', 'delete', 'transfer'] } })

    await admin.put(`/api/accounts/${idOf('lisi')}/rights`, { administrator: false, roles: [] })
    const root = (await app.database.db.select().from(tables.department).where(eq(tables.department.dingtalkId, 1)))[0]!
    await admin.put('/api/roles/manager', { scope: 'tree', abilities: [] })
    expect((await admin.put('/api/roles/manager/departments', { departmentIds: [root.id] })).status).toBe(200)
    const { body: inherited } = await admin.get<Rights>(`/api/accounts/${idOf('lisi')}/rights`)
    expect(inherited).toMatchObject({ roles: [], byDepartment: [{ role: 'manager', department: { id: root.id } }], byDefault: false, effective: { scope: 'tree' } })
    expect((await admin.put('/api/roles/manager/departments', { departmentIds: [idOf('lisi')] })).error.code).toBe('department_unknown')
    await admin.put('/api/roles/manager/departments', { departmentIds: [] })
  })

  it('cannot be given away by the last administrator, nor by oneself', async () => {
    const mine = await admin.put(`/api/accounts/${idOf('zhangsan')}/rights`, { administrator: false, roles: [] })
    expect([mine.status, mine.error.code]).toEqual([409, 'own_account'])
    await admin.put(`/api/accounts/${idOf('lisi')}/rights`, { administrator: true, roles: [] })
    const second = await app.loggedIn('lisi')
    expect((await second.put(`/api/accounts/${idOf('zhangsan')}/status`, { status: 'disabled' })).status).toBe(200)
    expect((await admin.get('/api/session')).status).toBe(401)
    // The administrator who is left cannot go either, by whatever way.
    for (const [method, path, body] of [
      ['put', `/api/accounts/${idOf('lisi')}/status`, { status: 'disabled' }],
      ['post', `/api/accounts/${idOf('lisi')}/unbind`, {}],
      ['put', `/api/accounts/${idOf('lisi')}/rights`, { administrator: false, roles: [] }],
    ] as const)
      expect((await second[method](path, body)).error.code).toBe('own_account')
    await second.put(`/api/accounts/${idOf('zhangsan')}/status`, { status: 'active' })
    admin = await app.loggedIn('zhangsan')
    expect((await admin.put(`/api/accounts/${idOf('lisi')}/rights`, { administrator: false, roles: ['sales'] })).status).toBe(200)
    // An administrator who cannot log in does not count: only zhangsan is bound.
    const unbound = await makeAccount({ name: '备用管理员', role: 'admin' })
    const other = await app.loggedIn('lisi')
    expect((await other.put(`/api/accounts/${unbound}/status`, { status: 'disabled' })).status).toBe(403)
    await app.database.db.delete(tables.account).where(eq(tables.account.id, unbound))
  })
})

describe('the last administrator', () => {
  const rightsOf = (userid: string) => `/api/accounts/${idOf(userid)}/rights`

  it('is whoever DingTalk still shows: a member who left does not count', async () => {
    await admin.put(rightsOf('lisi'), { administrator: true, roles: [] })
    const { binding } = tables
    await app.database.db.update(binding).set({ state: 'gone' }).where(eq(binding.userid, 'zhangsan'))
    for (const [method, path, body] of [
      ['put', rightsOf('lisi'), { administrator: false, roles: [] }],
      ['put', `/api/accounts/${idOf('lisi')}/status`, { status: 'disabled' }],
      ['post', `/api/accounts/${idOf('lisi')}/unbind`, {}],
    ] as const)
      expect((await admin[method](path, body)).error.code).toBe('last_administrator')
    await app.database.db.update(binding).set({ state: 'present' }).where(eq(binding.userid, 'zhangsan'))
  })

  it('stays when two remove each other at once', async () => {
    const second = await app.loggedIn('lisi')
    const answers = await Promise.all([
      admin.put(rightsOf('lisi'), { administrator: false, roles: ['sales'] }),
      second.put(rightsOf('zhangsan'), { administrator: false, roles: [] }),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(['last_administrator', 'forbidden']).toContain(answers.find(({ status }) => status !== 200)!.error.code)
    // DingTalk's main administrator is one again with the next login.
    admin = await app.loggedIn('zhangsan')
    expect((await admin.put(rightsOf('lisi'), { administrator: false, roles: ['sales'] })).status).toBe(200)
  })
})

describe('bindings', () => {
  it('are ended, undone, and never lead from one member to two accounts', async () => {
    const seller = await app.loggedIn('wangwu')
    const unbound = await admin.post<Detail>(`/api/accounts/${idOf('wangwu')}/unbind`)
    expect(unbound.body).toMatchObject({ binding: null, history: [{ action: 'unbound', undoable: true }, { source: 'sync', action: 'bound' }] })
    expect((await seller.get('/api/session')).status).toBe(401)
    expect((await knock('wangwu')).answer.error.code).toBe('member_unknown')

    const taken = await admin.post(`/api/accounts/${idOf('wangwu')}/bind`, { userid: 'lisi' })
    expect([taken.status, taken.error.code]).toEqual([409, 'member_bound'])
    expect(taken.error.message).toContain((await detailOf('lisi')).name)
    expect((await admin.post(`/api/accounts/${idOf('wangwu')}/bind`, { userid: 'nobody-at-all' })).error.code).toBe('member_not_found')

    const undone = await admin.post<Detail>(`/api/accounts/${idOf('wangwu')}/history/${unbound.body.history[0]!.id}/undo`)
    expect(undone.body.binding?.userid).toBe('wangwu')
    expect((await admin.post(`/api/accounts/${idOf('wangwu')}/history/${unbound.body.history[0]!.id}/undo`)).error.code).toBe('binding_not_undoable')
    expect((await admin.post(`/api/accounts/${idOf('wangwu')}/bind`, { userid: 'wangwu' })).error.code).toBe('account_bound')
    await app.loggedIn('wangwu')
  })

  it('are found by state, keyword and page', async () => {
    const lost = await makeAccount({ name: '未绑定的人' })
    const { body: found } = await admin.get<Rows>('/api/accounts?state=unbound&q=未绑定')
    expect(found).toMatchObject({ total: 1, items: [{ id: lost, binding: null }] })
    const { body: counts } = await admin.get<ApiOutput<'GET /api/accounts/counts'>>('/api/accounts/counts')
    expect(counts.states.unbound).toBe(1)
    expect(counts.all).toBe(counts.states.bound + counts.states.unbound)
    const { body: first } = await admin.get<Rows>('/api/accounts?limit=2')
    const { body: second } = await admin.get<Rows>(`/api/accounts?limit=2&cursor=${first.nextCursor}`)
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4)
    await app.database.db.delete(tables.account).where(eq(tables.account.id, lost))
  })

  it('move with everything else when two accounts of a person are merged', async () => {
    const keep = await makeAccount({ name: '王五（旧）', mobile: '13900001111', role: 'member' })
    await own(keep, '旧账号的客户')
    const { account, bindCode, inboxMessage, messagePreference } = tables
    const { db } = app.database
    await db.update(account).set({ managerId: keep }).where(eq(account.id, idOf('wangwu')))
    await admin.post(`/api/accounts/${keep}/code`)
    const told = { kind: 'assigned', category: 'records', texts: {}, at: new Date() }
    await db.insert(inboxMessage).values([{ ...told, accountId: keep, key: 'both' }, { ...told, accountId: keep, key: 'old' }, { ...told, accountId: idOf('wangwu'), key: 'both' }])
    const { notification, notificationSending } = tables
    const [sending] = await db.insert(notificationSending).values({ kind: 'record.assigned', title: 'told', payload: '{}' }).returning()
    const out = { sendingId: sending!.id, kind: 'record.assigned', contentHash: 'h', priority: 1, dueAt: new Date('2038-01-01'), expiresAt: new Date('2038-01-02') }
    const kept = idOf('wangwu')
    await db.insert(notification).values([
      { ...out, accountId: keep, key: `waits:${keep}`, state: 'queued' as const },
      { ...out, accountId: keep, key: `lacks:${keep}`, state: 'unbound' as const, reason: 'unbound' },
      { ...out, accountId: keep, key: `both:${keep}`, state: 'queued' as const },
      { ...out, accountId: kept, key: `both:${kept}`, state: 'queued' as const },
      { ...out, accountId: keep, key: `read:${keep}`, state: 'read' as const },
    ])
    await db.insert(messagePreference).values({ accountId: keep, locale: 'en-US', choices: { quiet: true } })
    const preview = await admin.get<ApiOutput<'GET /api/accounts/:id/merge'>>(`/api/accounts/${idOf('wangwu')}/merge?from=${keep}`)
    expect(preview.body).toMatchObject({ records: [{ kind: 'customers', count: 1 }], binding: 'keep' })
    const merged = await admin.post<Detail>(`/api/accounts/${idOf('wangwu')}/merge`, { from: keep })
    expect(merged.body).toMatchObject({ binding: { userid: 'wangwu' }, mergedFrom: [{ id: keep }] })
    const [person] = await db.select().from(account).where(eq(account.id, idOf('wangwu')))
    expect(person!.managerId).toBeNull()
    expect(await db.$count(bindCode, eq(bindCode.accountId, keep))).toBe(0)
    const outbox = await db.select({ key: notification.key, state: notification.state, reason: notification.reason }).from(notification).where(eq(notification.accountId, kept))
    expect(outbox.sort((a, b) => a.key.localeCompare(b.key))).toMatchObject([{ key: `both:${kept}` }, { key: `lacks:${kept}`, state: 'queued', reason: null }, { key: `waits:${kept}`, state: 'queued' }])
    await db.delete(notificationSending).where(eq(notificationSending.id, sending!.id))
    const messages = await db.select({ key: inboxMessage.key }).from(inboxMessage).where(eq(inboxMessage.accountId, idOf('wangwu')))
    expect(messages.map(({ key }) => key)).toEqual(expect.arrayContaining(['both', 'old']))
    expect(await db.select().from(messagePreference).where(eq(messagePreference.accountId, idOf('wangwu')))).toMatchObject([{ choices: { quiet: true } }])
    await db.delete(messagePreference).where(eq(messagePreference.accountId, idOf('wangwu')))
    await db.delete(inboxMessage).where(eq(inboxMessage.accountId, idOf('wangwu')))
    const rights = { administrator: false, roles: ['sales'] }
    expect((await admin.put(`/api/accounts/${keep}/rights`, rights)).error.code).toBe('account_merged')
    const shut = await makeAccount({ name: '停用的人', status: 'disabled' })
    expect((await admin.put(`/api/accounts/${shut}/rights`, rights)).error.code).toBe('account_disabled')
    await db.delete(account).where(eq(account.id, shut))
    const { body: left } = await admin.get<Detail>(`/api/accounts/${keep}`)
    expect(left).toMatchObject({ status: 'disabled', mergedInto: { id: idOf('wangwu') }, records: [] })
    expect((await admin.put(`/api/accounts/${keep}/status`, { status: 'active' })).error.code).toBe('account_merged')
    // What the merge moved stays: nobody could work with it in the account that is no more.
    const path = `/api/directory/accounts/${keep}/handover`
    const [moved] = (await admin.get<ApiOutput<'GET /api/directory/accounts/:id/handover'>>(path)).body.latest
    expect(moved).toMatchObject({ records: { customers: 1 }, undoable: false })
    expect((await admin.post(`/api/directory/handovers/${moved!.id}/undo`)).error.code).toBe('account_merged')
    expect((await admin.get<ApiOutput<'GET /api/directory/accounts/:id/handover'>>(path)).body).toMatchObject({ records: {}, latest: [{ takenBackAt: null }] })
    expect((await admin.post(`/api/accounts/${idOf('lisi')}/merge`, { from: keep })).error.code).toBe('accounts_not_mergeable')
    // Two members who are both in the company are two people.
    expect((await admin.post(`/api/accounts/${idOf('lisi')}/merge`, { from: idOf('wangwu') })).error.code).toBe('accounts_not_mergeable')
    expect((await admin.post(`/api/accounts/${idOf('lisi')}/merge`, { from: idOf('zhangsan') })).error.code).toBe('own_account')
  })
})

describe('members without an account', () => {
  it('ask for access at the door, and are let in with a new account', async () => {
    joinCompany('newcomer1', '新同事甲')
    const { client, answer } = await knock('newcomer1')
    expect(answer.error).toMatchObject({ code: 'member_unknown', loginCode: expect.stringMatching(/^[2-9A-Z]{6}$/) })
    for (const note of ['我是新来的', '再问一次']) {
      expect((await client.post<ApiOutput<'POST /api/session/access-request'>>('/api/session/access-request', { note })).body.visitor)
        .toEqual({ name: '新同事甲', request: 'open' })
    }
    const { body } = await admin.get<Requests>('/api/access-requests')
    expect(body.items).toMatchObject([{ userid: 'newcomer1', name: '新同事甲', note: '我是新来的', status: 'open' }])
    const id = body.items[0]!.id
    expect((await admin.post(`/api/access-requests/${id}/approve`, { accountId: idOf('lisi') })).error.code).toBe('account_bound')
    expect((await admin.post(`/api/access-requests/${id}/approve`, { accountId: null })).body).toMatchObject({ status: 'approved', account: { name: '新同事甲' } })
    expect((await admin.post(`/api/access-requests/${id}/refuse`)).error.code).toBe('access_request_decided')
    const standing = async () => (await client.get<ApiOutput<'GET /api/session/visitor'>>('/api/session/visitor')).body.visitor?.request
    expect(await standing()).toBe('approved')
    await app.loggedIn('newcomer1')

    // What an answer gave may be taken back: then they may ask again, and not be told that they are in.
    const [{ accountId } = { accountId: '' }] = await app.database.db.select({ accountId: tables.binding.accountId }).from(tables.binding).where(eq(tables.binding.userid, 'newcomer1'))
    await admin.post(`/api/accounts/${accountId}/unbind`)
    expect(await standing()).toBe('none')
    await client.post('/api/session/access-request', { note: '请再开通一次' })
    expect(await standing()).toBe('open')
    // Nor is an answer somebody else's who has the userid by now.
    await app.database.db.update(tables.accessRequest).set({ unionid: 'somebody-before' }).where(eq(tables.accessRequest.userid, 'newcomer1'))
    expect(await standing()).toBe('none')
    await app.database.db.delete(tables.accessRequest).where(eq(tables.accessRequest.userid, 'newcomer1'))
  })

  it('who have been let in since they were turned away disturb nobody', async () => {
    joinCompany('late1', '迟到的人')
    const { client } = await knock('late1')
    const target = await makeAccount({ name: '迟到的账号' })
    await admin.post(`/api/accounts/${target}/bind`, { userid: 'late1' })
    const asked = () => app.database.db.$count(tables.inboxMessage, eq(tables.inboxMessage.accountId, idOf('zhangsan')))
    const before = await asked()
    expect((await client.post<ApiOutput<'POST /api/session/access-request'>>('/api/session/access-request', { note: '' })).body.visitor?.request).toBe('approved')
    expect((await admin.get<Requests>('/api/access-requests')).body.items).toEqual([])
    expect(await asked()).toBe(before)
  })

  it('have asked no longer once they are let in another way: bound by hand, by a code, or by a sync', async () => {
    for (const [index, way] of ['hand', 'code', 'sync'].entries()) {
      const userid = `asker${index}`
      joinCompany(userid, `提问${index}`)
      const { client } = await knock(userid)
      await client.post('/api/session/access-request', { note: way })
      expect((await admin.get<Requests>('/api/access-requests')).body.items).toMatchObject([{ userid }])
      const target = await makeAccount({ name: `提问${index}的账号` })
      if (way === 'hand')
        expect((await admin.post(`/api/accounts/${target}/bind`, { userid })).status).toBeLessThan(300)
      if (way === 'code')
        expect((await client.post('/api/session/bind-code', { code: (await admin.post<ApiOutput<'POST /api/accounts/:id/code'>>(`/api/accounts/${target}/code`)).body.code })).status).toBe(200)
      if (way === 'sync')
        await app.sync(admin)
      expect((await admin.get<Requests>('/api/access-requests')).body.items).toEqual([])
      const [bound] = await app.database.db.select().from(tables.binding).where(eq(tables.binding.userid, userid))
      const decided = (await admin.get<Requests>('/api/access-requests?status=decided')).body.items.find(request => request.userid === userid)
      expect(decided).toMatchObject({ status: 'approved', account: { id: bound!.accountId }, decidedBy: { hand: '张三', code: `提问${index}`, sync: 'sync' }[way] })
    }
  })

  it('are all found in the list of requests, page by page, though they asked at one moment', async () => {
    const { accessRequest } = tables
    const { db } = app.database
    const asked = Array.from({ length: 5 }, (_, index) => ({ userid: `crowd${index}`, unionid: '', name: `同时${index}`, createdAt: new Date('2026-01-05T01:00:00.123Z') }))
    await db.insert(accessRequest).values(asked)
    for (const status of ['open', 'decided'] as const) {
      const seen: string[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Requests = (await admin.get<Requests>(`/api/access-requests?status=${status}&limit=2${cursor && `&cursor=${cursor}`}`)).body
        seen.push(...page.items.map(({ userid }) => userid))
        cursor = page.nextCursor
      }
      expect(seen.filter(userid => userid.startsWith('crowd')).sort()).toEqual(asked.map(({ userid }) => userid))
      expect(new Set(seen).size).toBe(seen.length)
      await db.update(accessRequest).set({ status: 'refused', decidedAt: new Date('2026-01-06T01:00:00Z') }).where(eq(accessRequest.status, 'open'))
    }
    await db.delete(accessRequest).where(like(accessRequest.userid, 'crowd%'))
  })

  it('bind themselves with a code that works once, and guess five times an hour at most', async () => {
    joinCompany('newcomer2', '新同事乙')
    const target = await makeAccount({ name: '乙的账号' })
    const { body: first } = await admin.post<ApiOutput<'POST /api/accounts/:id/code'>>(`/api/accounts/${target}/code`)
    const { body: issued } = await admin.post<ApiOutput<'POST /api/accounts/:id/code'>>(`/api/accounts/${target}/code`)
    const { client } = await knock('newcomer2')
    const { error: unknown } = await app.client().post('/api/session/bind-code', { code: issued.code })
    expect(unknown).toMatchObject({ code: 'visitor_unknown', loginCode: expect.stringMatching(/^[2-9A-Z]{6}$/) })
    expect((await client.post('/api/session/bind-code', { code: first.code })).error.code).toBe('bind_code_invalid')
    const entered = await client.post('/api/session/bind-code', { code: ` ${issued.code.toLowerCase().replace('-', ' ')} ` })
    expect([entered.status, entered.body]).toMatchObject([200, { kind: 'account', account: { id: target } }])
    expect((await client.get('/api/session')).status).toBe(200)
    expect((await detailOf('lisi')).code).toBeNull()

    joinCompany('guesser', '猜码的人')
    const other = await makeAccount({ name: '丙的账号' })
    const { body: third } = await admin.post<ApiOutput<'POST /api/accounts/:id/code'>>(`/api/accounts/${other}/code`)
    const { client: guesser } = await knock('guesser')
    for (let n = 0; n < 5; n += 1)
      expect((await guesser.post('/api/session/bind-code', { code: `WRONG${n}` })).error.code).toBe('bind_code_invalid')
    const { client: again } = await knock('guesser')
    expect((await again.post('/api/session/bind-code', { code: third.code })).error.code).toBe('rate_limited')
    expect((await admin.post(`/api/accounts/${target}/code`)).error.code).toBe('account_bound')
  })
})

describe('logs', () => {
  it('show the trail of a failed login under its short code, with each step and DingTalk\'s request id', async () => {
    const { answer } = await knock('guesser')
    const { body } = await admin.get<Logins>(`/api/logins?q=${answer.error.loginCode!.toLowerCase()}`)
    expect(body).toMatchObject({ total: 1, items: [{ way: 'dingtalk', result: 'member_unknown', name: '猜码的人', userid: 'guesser' }] })
    const { body: trail } = await admin.get<ApiOutput<'GET /api/logins/:id'>>(`/api/logins/${body.items[0]!.id}`)
    expect(trail.steps.map(({ step, ok }) => [step, ok])).toEqual([['identity', true], ['account', false]])
    expect(trail.steps[0]!.calls).toMatchObject([{ api: expect.stringContaining('getuserinfo'), code: '0', requestId: expect.any(String) }])

    // A code says which attempt is meant, whatever the list was narrowed to.
    expect((await admin.get<Logins>(`/api/logins?q=${answer.error.loginCode}&accountId=${idOf('lisi')}&result=ok`)).body.total).toBe(1)

    const stale = await app.client().post('/api/session/dingtalk', { code: 'no-such-code' })
    const { body: failed } = await admin.get<Logins>(`/api/logins?q=${stale.error.loginCode}`)
    expect(failed.items).toMatchObject([{ result: 'login_code_invalid', message: expect.any(String), help: expect.any(String) }])
  })

  it('keep why DingTalk refused: the address to allow is in the help weeks later', async () => {
    app.sandbox.platform.control.settings({ egressIp: '203.0.113.77' })
    const refused = await app.client().post('/api/session/dingtalk', { code: app.code('lisi') })
    app.sandbox.platform.control.settings({ egressIp: null })
    const { body } = await admin.get<Logins>(`/api/logins?q=${refused.error.loginCode}`)
    expect(body.items[0]!.help).toContain('203.0.113.77')
    const { body: trail } = await admin.get<ApiOutput<'GET /api/logins/:id'>>(`/api/logins/${body.items[0]!.id}`)
    expect(trail.steps.at(-1)).not.toHaveProperty('failure')
  })

  it('hold what only the browser saw, under a short code of its own', async () => {
    const report = (body: object) => app.client().post<{ loginCode: string }>('/api/session/failure', body)
    const { status, body: told } = await report({ way: 'dingtalk', code: 'container_domain', detail: '1009:\n域名 not registered' })
    expect(status).toBe(201)
    const { body } = await admin.get<Logins>(`/api/logins?q=${told.loginCode}`)
    expect(body.items).toMatchObject([{ way: 'dingtalk', result: 'container_domain', message: null, help: null }])
    const { body: trail } = await admin.get<ApiOutput<'GET /api/logins/:id'>>(`/api/logins/${body.items[0]!.id}`)
    expect(trail.steps).toMatchObject([{ step: 'client', ok: false, note: '1009: 域名 not registered' }])
    expect((await report({ way: 'dingtalk', code: 'ok' })).status).toBe(400)
    expect((await report({ way: 'oauth', code: 'unknown', detail: 'x'.repeat(201) })).status).toBe(400)
  })

  it('send a failed browser login to the problem page with its short code', async () => {
    const browser = app.client()
    const started = await browser.get('/api/session/oauth/start')
    const state = new URL(started.headers.get('location')!).searchParams.get('state')!
    const refused = await browser.get(`/api/session/oauth/callback?state=${state}&error=access_denied`)
    const entry = new URL(refused.headers.get('location')!)
    expect(entry.searchParams.get('problem')).toBe('oauth_refused')
    const { body } = await admin.get<Logins>(`/api/logins?q=${entry.searchParams.get('login')}`)
    expect(body.items).toMatchObject([{ way: 'oauth', result: 'oauth_refused' }])
  })

  it('say from where, also of what happened at the door', async () => {
    const { auditLog } = tables
    // An administrator of DingTalk is made one of the CRM by the login itself.
    await app.database.db.update(tables.account).set({ role: 'member' }).where(eq(tables.account.id, idOf('zhangsan')))
    admin = await app.loggedIn('zhangsan')
    joinCompany('doorstep', '门口的人')
    const { client } = await knock('doorstep')
    await client.post('/api/session/access-request', { note: '' })
    const target = await makeAccount({ name: '门口的账号' })
    const { body: issued } = await admin.post<ApiOutput<'POST /api/accounts/:id/code'>>(`/api/accounts/${target}/code`)
    expect((await client.post('/api/session/bind-code', { code: issued.code })).status).toBe(200)
    for (const [action, targetId] of [['account.promoted', idOf('zhangsan')], ['access.request', undefined], ['binding.bound', target], ['access.approve', undefined]] as const) {
      const entries = await app.database.db.select().from(auditLog).where(and(eq(auditLog.action, action), targetId ? eq(auditLog.targetId, targetId) : undefined)).orderBy(desc(auditLog.at))
      expect(entries[0], action).toMatchObject({ ip: expect.stringContaining('127.0.0.1'), requestId: expect.any(String) })
      expect(entries[0]!.actor, action).not.toBe('system')
    }
  })

  it('hold every change an administrator makes, masked, filtered and exported', async () => {
    const { body } = await admin.get<Audit>('/api/audit?limit=100')
    const actions = new Set(body.items.map(({ action }) => action))
    for (const action of ['role.update', 'role.departments', 'account.roles', 'account.disable', 'account.enable', 'binding.bound', 'binding.unbound', 'account.merge', 'access.approve', 'binding.code'])
      expect(actions, action).toContain(action)
    const merge = body.items.find(({ action }) => action === 'account.merge')!
    expect(merge).toMatchObject({ actorId: idOf('zhangsan'), target: { type: 'account', id: idOf('wangwu') }, ip: expect.any(String), requestId: expect.any(String) })

    // Found by what a person has in hand: an address, a request id, or the words of an action (which the H5 knows).
    expect((await admin.get<Audit>(`/api/audit?q=${merge.requestId}`)).body.items).toMatchObject([{ id: merge.id }])
    expect((await admin.get<Audit>(`/api/audit?q=${encodeURIComponent(merge.ip!)}&action=account.merge`)).body.total).toBe(1)
    const { body: meant } = await admin.get<Audit>('/api/audit?q=no-such-word&qActions=account.merge,account.disable&limit=100')
    expect(new Set(meant.items.map(({ action }) => action))).toEqual(new Set(['account.merge', 'account.disable']))

    // Credentials of somebody that were tried without being saved.
    await admin.post('/api/settings/dingtalk/doctor', { only: ['credentials'], corpId: app.sandbox.app.corpId, clientId: app.sandbox.app.clientId, agentId: String(app.sandbox.app.agentId), clientSecret: 'a-wrong-secret-of-somebody' })
    const { body: filtered } = await admin.get<Audit>('/api/audit?action=settings.doctor')
    expect(filtered.items).toMatchObject([{ detail: { clientId: app.sandbox.app.clientId }, actorId: idOf('zhangsan') }])
    expect(JSON.stringify(filtered)).not.toContain('a-wrong-secret-of-somebody')

    // Nothing stands there that was done to nothing; the target narrows list and export alike.
    expect(body.items.filter(({ target }) => target === null)).toEqual([])
    const { body: ofRoles } = await admin.get<Audit>('/api/audit?targetType=role&limit=100')
    expect(ofRoles.total).toBeGreaterThan(0)
    expect(ofRoles.items.every(({ target }) => target?.type === 'role')).toBe(true)
    expect((await admin.get<ApiOutput<'GET /api/audit/facets'>>('/api/audit/facets')).body.targets).toEqual(expect.arrayContaining(['account', 'role', 'settings']))
    const csvOfRoles = (await admin.get<string>('/api/audit/export?targetType=role')).body.split('\r\n').filter(Boolean)
    expect(csvOfRoles).toHaveLength(ofRoles.total + 1)
    expect(csvOfRoles.slice(1).every(row => /,"?role:(?:manager|sales)"?,/.test(row))).toBe(true)

    const { body: page } = await admin.get<Audit>('/api/audit?action=binding&limit=2')
    expect(page.items.every(({ action }) => action.startsWith('binding.'))).toBe(true)
    const csv = await admin.get<string>('/api/audit/export?action=binding')
    expect(csv.body.split('\r\n').filter(Boolean)).toHaveLength(page.total + 1)
    expect((await admin.get<Audit>('/api/audit?action=audit.export')).body.total).toBe(2)
  })
})

describe('the calendar', () => {
  it('holds published holidays, takes the company\'s own days, and says which years nobody published', async () => {
    const { body } = await admin.get<ApiOutput<'GET /api/calendar/:year'>>('/api/calendar/2026')
    expect(body.days).toContainEqual({ day: '2026-02-14', working: true, holiday: '春节', own: false, note: '' })
    expect(body.source).toContain('2026')
    const { body: changed } = await admin.put<typeof body>('/api/calendar/2026', { days: [{ day: '2026-12-31', working: false, note: '公司年会' }] })
    expect(changed).toMatchObject({ workingDays: body.workingDays - 1 })
    expect(changed.days).toContainEqual({ day: '2026-12-31', working: false, holiday: '', own: true, note: '公司年会' })
    const { body: restored } = await admin.put<typeof body>('/api/calendar/2026', { days: [{ day: '2026-12-31', working: null }] })
    expect(restored).toEqual(body)
    expect((await admin.get<typeof body>('/api/calendar/2031')).body).toMatchObject({ source: null, days: [] })
    expect((await admin.put('/api/calendar/2026', { days: [{ day: '2025-12-31', working: false }] })).error.code).toBe('validation_failed')
  })
})
