import type { ApiOutput } from '#contract/index.ts'
import type { Session } from '#contract/session.ts'
import type { TestApp } from '../support/app.ts'
import type { Answer } from '../support/client.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { systemClock } from '../../server/dingtalk/clock.ts'
import { startApp } from '../support/app.ts'
import { until } from '../support/until.ts'

describe('login inside DingTalk', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp()
    await app.sync(await app.loggedIn('zhangsan'))
  })
  afterAll(() => app.close())

  it('lets a synchronised member in and says who they are', async () => {
    const client = app.client()
    const { status, body } = await client.post<Session>('/api/session/dingtalk', { code: app.code('lisi') })
    expect(status).toBe(200)
    expect(body).toMatchObject({ kind: 'account', account: { name: app.sandbox.platform.member('lisi')!.name, role: 'member' } })
    expect((await client.get<Session>('/api/session')).body).toEqual(body)
  })

  it('makes the main administrator a CRM administrator', async () => {
    const { body } = await (await app.loggedIn('zhangsan')).get<Session>('/api/session')
    expect(body).toMatchObject({ account: { role: 'admin' } })
  })

  it('knows somebody by their unionid under a new userid, and gives nobody a second account', async () => {
    const { db } = app.database
    const { unionid } = app.sandbox.platform.member('zhangsan')!
    const [known] = await db.select().from(tables.binding).where(eq(tables.binding.userid, 'zhangsan'))
    const accounts = await db.$count(tables.account)
    await db.update(tables.binding).set({ userid: 'zhangsan-before' }).where(eq(tables.binding.unionid, unionid))
    const { body } = await (await app.loggedIn('zhangsan')).get<Session>('/api/session')
    expect(body).toMatchObject({ account: { id: known!.accountId, role: 'admin' } })
    expect(await db.select().from(tables.binding).where(eq(tables.binding.unionid, unionid))).toMatchObject([{ userid: 'zhangsan', accountId: known!.accountId }])
    // To take that back would only shut them out.
    const { body: { history } } = await (await app.loggedIn('zhangsan')).get<ApiOutput<'GET /api/accounts/:id'>>(`/api/accounts/${known!.accountId}`)
    expect(history[0]).toMatchObject({ source: 'followed', undoable: false })

    // While somebody else's binding still has that userid, they come in all the same, and the sync sorts it out.
    const [other] = await db.select().from(tables.binding).where(eq(tables.binding.userid, 'lisi'))
    await db.update(tables.binding).set({ userid: 'wangwu-before' }).where(eq(tables.binding.userid, 'wangwu'))
    await db.update(tables.binding).set({ userid: 'wangwu' }).where(eq(tables.binding.userid, 'lisi'))
    const wangwu = await db.select().from(tables.binding).where(eq(tables.binding.userid, 'wangwu-before'))
    expect((await (await app.loggedIn('wangwu')).get<Session>('/api/session')).body).toMatchObject({ account: { id: wangwu[0]!.accountId } })
    expect(await db.$count(tables.binding, eq(tables.binding.userid, 'wangwu-before'))).toBe(1)
    await db.update(tables.binding).set({ userid: 'lisi' }).where(eq(tables.binding.accountId, other!.accountId))
    await db.update(tables.binding).set({ userid: 'wangwu' }).where(eq(tables.binding.userid, 'wangwu-before'))
    expect(await db.$count(tables.account)).toBe(accounts)
  })

  it('does not let a main administrator back in, nor gives them another account, whose binding an administrator ended', async () => {
    const { db } = app.database
    const admin = await app.loggedIn('zhangsan')
    const [made] = await db.insert(tables.account).values({ name: '第二位管理员', role: 'admin' }).returning()
    app.sandbox.platform.control.mutate({ op: 'addMember', member: { userid: 'second', name: '第二位管理员', deptIds: [1], sysLevel: 1 } })
    const { unionid } = app.sandbox.platform.member('second')!
    await db.insert(tables.binding).values({ userid: 'second', unionid, accountId: made!.id, source: 'admin' })
    await app.loggedIn('second')
    expect((await admin.post(`/api/accounts/${made!.id}/unbind`)).status).toBeLessThan(300)
    const accounts = await db.$count(tables.account)
    const { status, error } = await app.client().post('/api/session/dingtalk', { code: app.code('second') })
    expect([status, error.code]).toEqual([403, 'member_unknown'])
    expect(await db.$count(tables.account)).toBe(accounts)
    // Nor when it was a binding by hand that was taken back.
    const bound = await admin.post<ApiOutput<'GET /api/accounts/:id'>>(`/api/accounts/${made!.id}/bind`, { userid: 'second' })
    await admin.post(`/api/accounts/${made!.id}/history/${bound.body.history[0]!.id}/undo`)
    expect((await app.client().post('/api/session/dingtalk', { code: app.code('second') })).status).toBe(403)
    expect(await db.$count(tables.account)).toBe(accounts)
  })

  it('costs exactly one call to DingTalk when the app token is warm', async () => {
    await app.loggedIn('lisi')
    const before = totalCalls(app)
    await app.loggedIn('wangwu')
    expect(totalCalls(app) - before).toBe(1)
  })

  it('refuses a code the second time', async () => {
    const code = app.code('lisi')
    await app.client().post('/api/session/dingtalk', { code })
    const { status, error } = await app.client().post('/api/session/dingtalk', { code })
    expect(status).toBe(401)
    expect(error).toMatchObject({ code: 'login_code_invalid', dingtalk: { code: '40078' } })
    expect(error.requestId).not.toBe('')
  })

  it('explains a link of another company before asking DingTalk', async () => {
    const before = totalCalls(app)
    const { status, error } = await app.client().post('/api/session/dingtalk', { code: app.code('lisi'), corpId: 'dingsomebodyelse' })
    expect([status, error.code]).toEqual([403, 'wrong_corp'])
    expect(totalCalls(app)).toBe(before)
  })

  it('sets a cookie that scripts cannot read and that ends other sessions of this browser', async () => {
    const client = app.client()
    const first = await client.post('/api/session/dingtalk', { code: app.code('lisi') })
    expect(first.headers.getSetCookie().join()).toMatch(/crm_session=.*HttpOnly.*SameSite=Lax/)
    const old = new Map(client.cookies)
    await client.post('/api/session/dingtalk', { code: app.code('wangwu') })
    expect(client.cookies.get('crm_session')).not.toBe(old.get('crm_session'))
    const thief = app.client()
    old.forEach((value, name) => thief.cookies.set(name, value))
    expect((await thief.get('/api/session')).status).toBe(401)
  })

  it('keeps the token of somebody who only proves again who they are, so that requests under way succeed', async () => {
    const client = await app.loggedIn('lisi')
    const token = client.cookies.get('crm_session')
    await client.post('/api/session/dingtalk', { code: app.code('lisi') })
    expect(client.cookies.get('crm_session')).toBe(token)
    expect((await client.get('/api/session')).status).toBe(200)
  })

  it('logs out', async () => {
    const client = await app.loggedIn('lisi')
    const kept = client.cookies.get('crm_session')!
    expect((await client.delete('/api/session')).status).toBe(204)
    client.cookies.set('crm_session', kept)
    expect((await client.get('/api/session')).status).toBe(401)
  })

  it('refuses forged cookies', async () => {
    const client = app.client()
    for (const forged of ['x', 'a'.repeat(43), '%00', '" onload=', 'undefined']) {
      client.cookies.set('crm_session', forged)
      expect((await client.get('/api/session')).status).toBe(401)
    }
  })

  it('lets a new member in after the next sync only, and names whom to ask before', async () => {
    app.sandbox.platform.control.mutate({ op: 'addMember', member: { userid: 'newcomer', name: '新来的' } })
    const { status, error } = await app.client().post('/api/session/dingtalk', { code: app.code('newcomer') })
    expect([status, error.code]).toEqual([403, 'member_unknown'])
    expect(error.ask).toContain(app.sandbox.platform.member('zhangsan')!.name)
    await app.sync(await app.loggedIn('zhangsan'))
    expect((await app.client().post('/api/session/dingtalk', { code: app.code('newcomer') })).status).toBe(200)
  })

  it('ends the session of a member who left, at the sync that sees it', async () => {
    app.sandbox.platform.control.mutate({ op: 'addMember', member: { userid: 'leaver', name: '要走的' } })
    const admin = await app.loggedIn('zhangsan')
    await app.sync(admin)
    const leaver = await app.loggedIn('leaver')
    const code = app.code('leaver')
    expect((await leaver.get('/api/session')).status).toBe(200)
    app.sandbox.platform.control.mutate({ op: 'removeMember', userid: 'leaver' })
    expect(await app.sync(admin)).toMatchObject({ status: 'succeeded', counts: { accountsDisabled: 1 } })
    expect((await leaver.get('/api/session')).status).toBe(401)
    expect((await app.client().post('/api/session/dingtalk', { code })).status).toBeGreaterThanOrEqual(400)
  })

  it('knows a member again whose unionid DingTalk did not tell before, and guards it from then on', async () => {
    await app.database.db.update(tables.binding).set({ unionid: '' }).where(eq(tables.binding.userid, 'lisi'))
    await app.loggedIn('lisi')
    const [bound] = await app.database.db.select().from(tables.binding).where(eq(tables.binding.userid, 'lisi'))
    expect(bound?.unionid).toBe(app.sandbox.platform.member('lisi')!.unionid)
    await app.database.db.update(tables.binding).set({ unionid: 'somebody-before' }).where(eq(tables.binding.userid, 'lisi'))
    expect((await app.client().post('/api/session/dingtalk', { code: app.code('lisi') })).error.code).toBe('member_unknown')
    await app.database.db.update(tables.binding).set({ unionid: bound!.unionid }).where(eq(tables.binding.userid, 'lisi'))
  })
})

describe('more logins than DingTalk takes', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ env: { DINGTALK_RATE_PER_API: '1' }, sandbox: { departments: 1, members: 3 }, dingtalkClock: systemClock })
    // The app token is there.
    await app.loggedIn('zhangsan')
  })
  afterAll(() => app.close())

  it('wait, with a time, when a long queue has built up, and those who are in it are served', async () => {
    const answers: Answer<unknown>[] = []
    // Ten seconds' worth of logins, one a second, are taken; the rest of them is not waited for here.
    for (let i = 0; i < 30; i++)
      void app.client().post('/api/session/dingtalk', { code: app.code('zhangsan') }).then(answer => answers.push(answer), () => {})
    const of = (status: number) => answers.filter(answer => answer.status === status)
    await until(() => of(503).length >= 5 && of(200).length >= 2)
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([])
    expect(of(503).length).toBeLessThanOrEqual(20)
    for (const busy of of(503)) {
      expect(busy.error.code).toBe('login_busy')
      expect(Number(busy.headers.get('retry-after'))).toBeGreaterThan(0)
    }
  })
})

function totalCalls(app: TestApp): number {
  return app.sandbox.platform.control.calls().length
}
