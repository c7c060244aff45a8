import type { ApiOutput } from '#contract/index.ts'
import type { Bootstrap } from '#contract/session.ts'
import type { DingTalkSettings } from '#contract/settings.ts'
import type { TestApp } from '../support/app.ts'
import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../sandbox/dingtalk/platform/world/settings.ts'
import { tables } from '../../server/db/index.ts'
import { startApp } from '../support/app.ts'
import { until } from '../support/until.ts'

describe('switches and changes of the connection', () => {
  let app: TestApp
  let admin: Awaited<ReturnType<TestApp['loggedIn']>>
  let stored: { corpId: string, clientId: string, agentId: string }
  beforeAll(async () => {
    app = await startApp()
    admin = await app.loggedIn('zhangsan')
    const { corpId, clientId, agentId } = app.sandbox.app
    stored = { corpId, clientId, agentId: String(agentId) }
  })
  afterAll(() => app.close())

  const put = (change: object) => admin.put<DingTalkSettings>('/api/settings/dingtalk', { ...stored, ...change })
  const problemOf = (answer: { headers: Headers }) => new URL(answer.headers.get('location')!, app.url).searchParams.get('problem')

  it('has everything on at first', async () => {
    expect((await admin.get('/api/settings/dingtalk')).body).toMatchObject({ loginInDingTalk: true, loginInBrowser: true, notifications: true })
  })

  it('closes a login only when the other has been seen to work, or when confirmed', async () => {
    const refused = await put({ loginInDingTalk: false })
    expect([refused.status, refused.error.code]).toEqual([409, 'login_unproven'])
    expect(refused.error.help).toContain('npm run admin:link')
    expect((await admin.get('/api/settings/dingtalk')).body).toMatchObject({ loginInDingTalk: true, loginInBrowser: true })
  })

  it('asks for confirmation again once the login that would be left has failed since it worked', async () => {
    const { control } = app.sandbox.platform
    const inBrowser = async () => {
      const browser = app.client()
      const page = new URL((await browser.get('/api/session/oauth/start')).headers.get('location')!)
      page.searchParams.set('loginAs', 'zhangsan')
      const back = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location')!)
      await browser.get(back.pathname + back.search)
    }
    const inDingTalk = () => app.client().post('/api/session/dingtalk', { code: app.code('zhangsan') })
    const ways = [
      { close: { loginInDingTalk: false }, login: inBrowser, break: () => control.settings({ permissions: DEFAULT_SETTINGS.permissions.filter(code => code !== 'open_app_api_base') }) },
      { close: { loginInBrowser: false }, login: inDingTalk, break: () => void control.faults({ path: '/topapi/v2/user/getuserinfo', kind: 'errcode', errcode: 60011, errmsg: '没有权限' }) },
    ]
    for (const way of ways) {
      // Sightings are written in the background.
      const answersWith = (status: number) => until(async () => {
        const answer = await put(way.close)
        if (answer.status === 200)
          await put({ loginInDingTalk: true, loginInBrowser: true })
        return answer.status === status ? answer : undefined
      })
      await way.login()
      await answersWith(200)
      way.break()
      await way.login()
      expect((await answersWith(409)).error.code).toBe('login_unproven')
      control.reset()
      await way.login()
      await answersWith(200)
    }
  })

  it('keeps at least one login when two administrators close one each at once', async () => {
    const answers = await Promise.all([put({ loginInDingTalk: false, confirmed: ['login'] }), put({ loginInBrowser: false, confirmed: ['login'] })])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)!.error.code).toBe('logins_off')
    expect((await put({ loginInDingTalk: true, loginInBrowser: true })).status).toBe(200)
  })

  it('keeps who becomes an administrator where a change does not mention it', async () => {
    await put({ subAdminsAreAdmins: true, bossIsAdmin: true })
    expect((await put({})).body).toMatchObject({ subAdminsAreAdmins: true, bossIsAdmin: true })
    await put({ subAdminsAreAdmins: false, bossIsAdmin: false })
  })

  it('lets nobody in inside DingTalk while that is off; the sessions there are stay', async () => {
    expect((await put({ loginInDingTalk: false, confirmed: ['login'] })).body).toMatchObject({ loginInDingTalk: false, loginInBrowser: true })
    expect((await app.client().get<Bootstrap>('/api/bootstrap')).body.logins).toEqual({ dingtalk: false, browser: true })
    const { status, error } = await app.client().post('/api/session/dingtalk', { code: app.code('zhangsan') })
    expect([status, error.code]).toEqual([403, 'login_dingtalk_off'])
    expect((await admin.get('/api/session')).status).toBe(200)
  })

  it('refuses to switch off both', async () => {
    const { status, error } = await put({ loginInBrowser: false })
    expect([status, error.code]).toEqual([409, 'logins_off'])
    expect((await admin.get('/api/settings/dingtalk')).body).toMatchObject({ loginInBrowser: true })
  })

  it('neither begins nor ends a browser login while that is off', async () => {
    const started = app.client()
    const page = new URL((await started.get('/api/session/oauth/start')).headers.get('location')!)
    page.searchParams.set('loginAs', 'lisi')
    await put({ loginInDingTalk: true, loginInBrowser: false })
    expect(problemOf(await app.client().get('/api/session/oauth/start'))).toBe('login_browser_off')
    const back = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location')!)
    expect(problemOf(await started.get(back.pathname + back.search))).toBe('login_browser_off')
    await put({ loginInBrowser: true, notifications: false })
    expect((await admin.get('/api/settings/dingtalk')).body).toMatchObject({ loginInDingTalk: true, loginInBrowser: true, notifications: false })
  })

  it('tries new credentials first, says what DingTalk said, and keeps them only when confirmed', async () => {
    const wrong = { clientSecret: 'not-the-right-secret' }
    const refused = await put(wrong)
    expect([refused.status, refused.error.code, refused.error.dingtalk?.code]).toEqual([409, 'connection_refused', 'invalidClientIdOrSecret'])
    expect(refused.error.dingtalk?.fix).toContain('Client Secret')
    expect((await app.client().post('/api/session/dingtalk', { code: app.code('zhangsan') })).status).toBe(200)
    expect((await put({ ...wrong, confirmed: ['connection'] })).status).toBe(200)
    // Right again: nothing to confirm.
    expect((await put({ clientSecret: app.sandbox.app.clientSecret })).status).toBe(200)
  })

  it('tries another AgentId before it is kept, and does not where DingTalk will not tell', async () => {
    const refused = await put({ agentId: '1000200030' })
    expect([refused.status, refused.error.code, refused.error.dingtalk?.code]).toEqual([409, 'connection_refused', '40056'])
    expect(refused.error.dingtalk?.cause).toContain('AgentId')
    expect((await admin.get<DingTalkSettings>('/api/settings/dingtalk')).body.agentId).toBe(stored.agentId)
    // Refused for the address, nothing is known of the AgentId: the doctor tells later.
    app.sandbox.platform.control.settings({ egressIp: '203.0.113.77' })
    expect((await put({ agentId: '1000200030' })).status).toBe(200)
    app.sandbox.platform.control.settings({ egressIp: null })
    expect((await put({ agentId: '1000200031', confirmed: ['connection'] })).body.agentId).toBe('1000200031')
    expect((await put({})).body.agentId).toBe(stored.agentId)
  })

  it('recognises one value in two fields', async () => {
    expect((await put({ clientId: stored.corpId })).error.issues).toMatchObject([{ path: 'clientId', message: expect.stringContaining('Client ID') }])
    expect((await put({ clientSecret: stored.clientId })).error.issues).toMatchObject([{ path: 'clientSecret', message: expect.stringContaining('Client Secret') }])
  })

  it('recognises a CorpId or a secret as Client ID and the other way round, and lets the secret go nowhere', async () => {
    const secret = 'Zx8Qv2Lr7Tn4Bw1Yk6Mh3Pd9Gc5Js0Fa2Ue8Ri4Ot6Xq1Wn7Lb3_Kc-5Ve9Hy2'
    const [corpId, clientId] = ['ding9f50b15bccd16741a0e3c1f2b7d84560', 'dingqx7m2k4p9w8z1abc']
    const issues = async (values: object) => (await put(values)).error.issues?.map(({ path, message }) => [path, /CorpId|Client Secret|Client ID/.exec(message)?.[0]])
    expect(await issues({ clientId: corpId })).toEqual([['clientId', 'CorpId']])
    expect(await issues({ corpId: clientId, clientId: corpId })).toEqual([['clientId', 'CorpId']])
    expect(await issues({ clientId: secret })).toEqual([['clientId', 'Client Secret']])
    expect(await issues({ clientId: secret, clientSecret: clientId })).toEqual([['clientId', 'Client Secret'], ['clientSecret', 'Client ID']])
    // The doctor tries what is typed before it is saved, and the log tells of it.
    expect((await admin.post('/api/settings/dingtalk/doctor', { only: ['credentials'], clientId: secret })).status).toBe(400)
    const { body } = await app.client().get<Bootstrap>('/api/bootstrap')
    expect(body.clientId).toBe(stored.clientId)
    expect(JSON.stringify(await app.database.db.select().from(tables.auditLog))).not.toContain(secret)
  })

  it('names a CorpId that the app does not belong to, and changes the company only when confirmed, destroying nothing', async () => {
    const other = { corpId: 'dingother0001' }
    expect((await put(other)).error.code).toBe('corp_change')
    const refused = await put({ ...other, confirmed: ['corp'] })
    expect([refused.error.code, refused.error.dingtalk?.code]).toEqual(['connection_refused', 'corp_not_of_app'])
    const { db } = app.database
    await app.sync(admin)
    const lisi = await app.loggedIn('lisi')
    await db.update(tables.binding).set({ state: 'gone', missingSince: new Date('2026-01-05T00:00:00Z'), missingRuns: 2 }).where(eq(tables.binding.userid, 'sunqi'))
    await db.insert(tables.accessRequest).values({ userid: 'outsider', unionid: 'u-outsider', name: '门外的人' })
    const requests = async () => (await admin.get<ApiOutput<'GET /api/access-requests'>>('/api/access-requests')).body.items.map(({ userid }) => userid)
    const plain = async () => (await db.select().from(tables.binding)).map(({ createdAt: _, ...row }) => row).sort((a, b) => a.userid.localeCompare(b.userid))
    const [before, accounts] = [await plain(), await db.$count(tables.account)]
    const preview = (await admin.post<{ id: string }>('/api/sync/runs', { mode: 'preview' })).body.id
    await until(async () => (await admin.get<{ status: string }>(`/api/sync/runs/${preview}`)).body.status === 'planned' || undefined)
    expect((await put({ ...other, confirmed: ['corp', 'connection'] })).body.corpId).toBe('dingother0001')
    // A userid is somebody else's in another company: no binding follows there, nor a session but of who does this.
    expect(await plain()).toEqual([])
    expect(await requests()).toEqual([])
    expect((await admin.get<{ status: string }>(`/api/sync/runs/${preview}`)).body.status).toBe('outdated')
    expect((await lisi.get('/api/session')).status).toBe(401)
    expect((await admin.get('/api/session')).status).toBe(200)
    const namesake = before.find(({ userid }) => userid === 'lisi')!
    const [someone] = await db.insert(tables.account).values({ name: '同名 userid' }).returning()
    await db.insert(tables.binding).values({ userid: 'lisi', unionid: 'another-person', accountId: someone!.id, source: 'admin' })
    // Of two accounts that became one meanwhile, one member's binding comes back.
    await db.insert(tables.bindingAside).values({ ...namesake, corpId: stored.corpId, userid: 'lisi-once', at: new Date(0) })

    expect((await put({ confirmed: ['corp'] })).body.corpId).toBe(stored.corpId)
    expect(await plain()).toEqual(before)
    expect(await db.$count(tables.account)).toBe(accounts + 1)
    expect(await db.select({ userid: tables.bindingAside.userid, corpId: tables.bindingAside.corpId }).from(tables.bindingAside).orderBy(tables.bindingAside.userid)).toEqual([{ userid: 'lisi', corpId: 'dingother0001' }, { userid: 'lisi-once', corpId: stored.corpId }])
    expect(await requests()).toEqual(['outsider'])
    const [event] = await db.select().from(tables.bindingEvent).where(eq(tables.bindingEvent.accountId, namesake.accountId)).orderBy(desc(tables.bindingEvent.at)).limit(1)
    expect(event).toMatchObject({ action: 'bound', source: 'company', actor: '张三' })
    expect((await app.client().post('/api/session/dingtalk', { code: app.code('zhangsan') })).status).toBe(200)
  })

  it('writes each change down, without the secret', async () => {
    const entries = await app.database.db.select().from(tables.auditLog)
    const changes = entries.filter(entry => entry.action === 'settings.update').map(entry => entry.detail)
    expect(changes).toContainEqual(expect.objectContaining({
      before: expect.objectContaining({ loginInBrowser: true }),
      after: expect.objectContaining({ loginInBrowser: false }),
      secretChanged: false,
    }))
    expect(changes).toContainEqual(expect.objectContaining({ secretChanged: true, confirmed: ['connection'] }))
    expect(JSON.stringify(entries)).not.toContain(app.sandbox.app.clientSecret)
    expect(JSON.stringify(entries)).not.toContain('not-the-right-secret')
  })
})
