import type { CheckId, DoctorCheck, Guide, Sample } from '#contract/connection.ts'
import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkIds } from '#contract/connection.ts'
import { DEFAULT_SETTINGS } from '../../sandbox/dingtalk/platform/world/settings.ts'
import { tables } from '../../server/db/index.ts'
import { startApp } from '../support/app.ts'
import { until } from '../support/until.ts'

const doctor = '/api/settings/dingtalk/doctor'
const english = { 'accept-language': 'en' }

describe('the doctor', () => {
  let app: TestApp
  let admin: Client
  let credentials: { corpId: string, clientId: string, agentId: string }
  beforeAll(async () => {
    app = await startApp({ sandbox: { departments: 8, members: 60 } })
    admin = await app.loggedIn('zhangsan')
    const { corpId, clientId, agentId } = app.sandbox.app
    credentials = { corpId, clientId, agentId: String(agentId) }
  })
  beforeEach(() => {
    app.sandbox.platform.control.reset()
  })
  afterAll(() => app.close())

  async function examine(body?: object): Promise<Map<CheckId, DoctorCheck>> {
    const { body: answer } = await admin.post<{ checks: DoctorCheck[] }>(doctor, body)
    return new Map(answer.checks.map(check => [check.id, check]))
  }
  const settings = (change: Parameters<typeof app.sandbox.platform.control.settings>[0]) => app.sandbox.platform.control.settings(change)
  const resultOf = async (id: CheckId, body?: object) => (await examine({ only: [id], ...body })).get(id)!

  it('looks at everything, and calls nothing fine that was not seen to work', async () => {
    const found = await examine()
    expect([...found.keys()]).toEqual(checkIds)
    for (const id of ['credentials', 'clock', 'corp', 'egressIp', 'tokenNew', 'tokenOld', 'scope', 'departments', 'members', 'memberDetail', 'admins', 'mobile', 'email'] as const)
      expect(found.get(id)?.result, id).toBe('ok')
    // A login that did not begin at the homepage says nothing of the homepage, nor that the app is released.
    for (const id of ['jsapiTicket', 'published', 'homepage', 'visibleRange', 'agentId', 'browserLogin', 'redirectUrl', 'publicUrl'] as const) {
      expect(found.get(id)?.result, id).toBe('manual')
      expect(found.get(id)?.manual?.step, id).toMatch(/\S/)
    }
    // zhangsan's login is what says that people can log in.
    expect(found.get('loginCode')?.result).toBe('seen')
    expect(Date.parse(found.get('loginCode')!.seenAt!)).toBeGreaterThan(Date.now() - 60_000)
    expect(found.get('events')?.result).toBe('untried')
    expect(found.get('budget')).toMatchObject({ result: 'ok', answered: expect.stringMatching(/^\d+ \/ 5000 次/) })
  })

  it('streams each check when it is done, and stops when nobody listens', async () => {
    const answer = await fetch(app.url + doctor.concat('/stream'), { method: 'POST', headers: { 'cookie': admin.cookie(), 'content-type': 'application/json' }, body: '{}' })
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const events = (await answer.text()).split('\n\n').filter(part => part.startsWith('data: {"id"'))
    expect(events.map(part => (JSON.parse(part.slice(6)) as DoctorCheck).id)).toEqual(checkIds)
  })

  it('is remembered where somebody tried other credentials, streamed or not, and not where the page looked at its own', async () => {
    const tries = async () => (await admin.get<ApiOutput<'GET /api/audit'>>('/api/audit?action=settings.doctor')).body.items
    const before = (await tries()).length
    await examine({ only: ['credentials'] })
    expect(await tries()).toHaveLength(before)
    await admin.post(`${doctor}/stream`, { only: ['credentials'], clientId: 'dingsomebodyelse' })
    const [latest, ...earlier] = await tries()
    expect(earlier).toHaveLength(before)
    expect(latest).toMatchObject({ actor: '张三', actorId: expect.any(String), requestId: expect.any(String), detail: { clientId: 'dingsomebodyelse' } })
  })

  it('names the address DingTalk refuses, keeps it, and does not blame the rest', async () => {
    settings({ egressIp: '203.0.113.77' })
    const found = await examine()
    const ip = found.get('egressIp')!
    expect(ip).toMatchObject({ result: 'failed', code: '60020' })
    expect(ip.fix).toContain('203.0.113.77')
    expect(ip.where).toContain('服务器出口IP')
    expect([...found.values()].filter(check => check.result === 'failed').map(check => check.id)).toEqual(['egressIp'])
    const guide = await until(async () => {
      const { body } = await admin.get<Guide>('/api/settings/dingtalk/guide')
      return body.egressIp ? body : undefined
    })
    expect(guide.egressIp?.ip).toBe('203.0.113.77')
    settings({ egressIp: null })
    expect((await resultOf('egressIp')).means).toContain('203.0.113.77')
  })

  it('names each missing permission, with the link that asks for it', async () => {
    settings({ permissions: ['qyapi_base', 'qyapi_get_department_list'] })
    const found = await examine()
    for (const [id, code] of [['members', 'qyapi_get_department_member'], ['memberDetail', 'qyapi_get_member'], ['admins', 'qyapi_get_member']] as const) {
      expect(found.get(id), id).toMatchObject({ result: 'failed', code: '60011' })
      expect(found.get(id)!.fix, id).toContain(code)
      expect(found.get(id)!.link, id).toContain(`%23${code}`)
    }
    expect(found.get('departments')?.result).toBe('ok')
  })

  it('does not decide whether a part of the company is enough, and asks an administrator to', async () => {
    const some = app.sandbox.platform.departments().find(department => department.parentId === 1)!
    settings({ scope: { deptIds: [some.deptId], userids: [] } })
    const found = await resultOf('scope')
    expect(found.result).toBe('manual')
    expect(found.answered).toContain(some.name)
    expect(found.means).toContain('公司共 60 人')
    expect(found.manual?.confirmed).toBeNull()

    const { body: confirmed } = await admin.put<DoctorCheck>(`${doctor}/scope`, { confirmed: true, about: found.about })
    expect(confirmed).toMatchObject({ result: 'manual', manual: { confirmed: { by: '张三' } } })
    expect((await resultOf('scope')).manual?.confirmed?.by).toBe('张三')
    expect((await admin.put<DoctorCheck>(`${doctor}/scope`, { confirmed: false })).body.manual?.confirmed).toBeNull()
    const { body: logged } = await admin.get<ApiOutput<'GET /api/audit'>>('/api/audit?action=doctor.confirm')
    expect(logged.items[0]?.target).toEqual({ type: 'check', id: 'scope', name: '通讯录授权范围' })
    settings({ scope: { deptIds: [], userids: [] } })
    expect((await resultOf('scope')).result).toBe('failed')
  })

  it('asks again when something else is found than what was confirmed, and takes no word where none is needed', async () => {
    const [one, two] = app.sandbox.platform.departments().filter(department => department.parentId === 1)
    const confirm = async (check: CheckId) => admin.put<DoctorCheck>(`${doctor}/${check}`, { confirmed: true, about: (await resultOf(check)).about })
    settings({ scope: { deptIds: [one!.deptId], userids: [] } })
    await confirm('scope')
    expect((await resultOf('scope')).manual?.confirmed?.by).toBe('张三')
    settings({ scope: { deptIds: [two!.deptId], userids: [] } })
    expect((await resultOf('scope')).manual).toMatchObject({ confirmed: null })
    // The order DingTalk tells them in is no change.
    settings({ scope: { deptIds: [one!.deptId, two!.deptId], userids: [] } })
    await confirm('scope')
    settings({ scope: { deptIds: [two!.deptId, one!.deptId], userids: [] } })
    expect((await resultOf('scope')).manual?.confirmed?.by).toBe('张三')

    await confirm('homepage')
    expect((await resultOf('homepage')).manual?.confirmed).not.toBeNull()
    const { agentId } = app.sandbox.app
    const save = (id: string) => admin.put('/api/settings/dingtalk', { ...credentials, agentId: id, confirmed: ['connection'] })
    await save('1000200031')
    expect((await resultOf('homepage')).manual).toMatchObject({ confirmed: null })
    await save(String(agentId))

    settings({ scope: { deptIds: [1], userids: [] } })
    for (const check of ['scope', 'credentials', 'events'] as const) {
      const { status, error } = await confirm(check)
      expect([check, status, error.code]).toEqual([check, 409, 'doctor_not_manual'])
    }
    expect((await resultOf('scope')).result).toBe('ok')
  })

  it('takes nobody\'s word for what they have not seen', async () => {
    const [one, two] = app.sandbox.platform.departments().filter(department => department.parentId === 1)
    settings({ scope: { deptIds: [one!.deptId], userids: [] } })
    const { about } = await resultOf('scope')
    settings({ scope: { deptIds: [two!.deptId], userids: [] } })
    const { status, body: fresh } = await admin.put<DoctorCheck>(`${doctor}/scope`, { confirmed: true, about })
    expect([status, fresh.manual?.confirmed]).toEqual([200, null])
    expect(fresh.answered).toContain(two!.name)
    expect(fresh.about).not.toBe(about)
    expect((await resultOf('scope')).manual?.confirmed).toBeNull()
    expect((await admin.put(`${doctor}/scope`, { confirmed: true })).status).toBe(400)
    // Also where nothing is left to confirm.
    settings({ scope: { deptIds: [1], userids: [] } })
    expect((await admin.put<DoctorCheck>(`${doctor}/scope`, { confirmed: true, about: fresh.about })).body).toMatchObject({ result: 'ok', manual: null })
  })

  it('cannot tell a missing field permission from fields nobody filled in', async () => {
    settings({ permissions: ['qyapi_base', 'qyapi_get_department_list', 'qyapi_get_department_member', 'qyapi_get_member'] })
    const found = await examine({ only: ['mobile', 'email'] })
    expect([...found.values()].map(check => [check.id, check.result])).toEqual([['mobile', 'manual'], ['email', 'manual']])
    expect(found.get('mobile')?.fix).toContain('企业员工手机号信息')
  })

  it('recognises a wrong AgentId, and believes a right one only when a notification arrives', async () => {
    const wrong = await resultOf('agentId', { agentId: '123456' })
    expect(wrong).toMatchObject({ result: 'failed', code: '40056' })
    expect((await resultOf('agentId')).result).toBe('manual')

    const { recipients } = (await admin.get<{ recipients: { userid: string, name: string, main: boolean }[] }>(`${doctor}/recipients`)).body
    expect(recipients[0]).toEqual({ userid: 'zhangsan', name: '张三', main: true })
    const { body: sent } = await admin.post<DoctorCheck>(`${doctor}/notification`, { userid: 'zhangsan' })
    expect(sent.result).toBe('ok')
    expect(app.sandbox.platform.messagesOf('zhangsan')).toHaveLength(1)
    expect((await resultOf('agentId')).result).toBe('seen')

    // What DingTalk could not send, and a refusal of the moment or the receiver, are told, and turn nothing red.
    const { faults, clearFaults } = app.sandbox.platform.control
    faults({ path: '*/getsendresult', kind: 'status', status: 200, body: JSON.stringify({ errcode: 0, errmsg: 'ok', send_result: { failed_user_id_list: ['zhangsan'] } }) })
    expect((await admin.post<DoctorCheck>(`${doctor}/notification`, { userid: 'zhangsan' })).body).toMatchObject({ result: 'manual', answered: expect.stringContaining('failed_user_id_list'), manual: { step: expect.stringContaining('换一位接收人') } })
    clearFaults()
    faults({ path: '*/asyncsend_v2', kind: 'status', status: 200, body: JSON.stringify({ errcode: 41046, errmsg: 'too many' }) })
    expect((await admin.post<DoctorCheck>(`${doctor}/notification`, { userid: 'zhangsan' })).body).toMatchObject({ result: 'failed', code: '41046' })
    clearFaults()
    expect((await resultOf('agentId')).result).toBe('seen')

    settings({ visibleRange: { deptIds: [], userids: ['lisi'] } })
    const { body: outside } = await admin.post<DoctorCheck>(`${doctor}/notification`, { userid: 'zhangsan' })
    expect(outside).toMatchObject({ result: 'manual', means: expect.stringContaining('可见范围'), manual: { step: expect.stringContaining('换一位接收人') } })
    // What one person does not get says nothing against the AgentId, which has been seen to work.
    expect((await resultOf('agentId')).result).toBe('seen')
  })

  it('reads homepage, state and visible range where the optional permissions are there', async () => {
    const { permissions } = DEFAULT_SETTINGS
    const only = ['published', 'homepage', 'visibleRange']
    settings({ permissions: [...permissions, 'qyapi_get_microapp_list', 'qyapi_microapp_manage'] })
    app.sandbox.platform.control.mutate({ op: 'app', app: { mobileHomepage: `${app.url}/?corpId=$CORPID$`, pcHomepage: `https://login.dingtalk.com/oauth2/auth?redirect_uri=${encodeURIComponent(`${app.url}/`)}&state=dingtalk` } })
    expect([...(await examine({ only })).values()].map(check => check.result)).toEqual(['ok', 'ok', 'ok'])
    // A refusal that has nothing to do with the permission is told as it is.
    app.sandbox.platform.control.faults({ path: '*/microApp/allInnerApps', kind: 'code', status: 400, code: 'invalidRequest', message: '请求有误' })
    expect((await resultOf('published')).answered).toBe('invalidRequest：请求有误')
    app.sandbox.platform.control.clearFaults()
    settings({ permissions: [...permissions, 'qyapi_microapp_manage'] })
    expect((await resultOf('published')).answered).toContain('没有“企业已安装的应用列表查询权限”')
    settings({ permissions: [...permissions, 'qyapi_get_microapp_list', 'qyapi_microapp_manage'] })
    app.sandbox.platform.control.mutate({ op: 'app', app: { mobileHomepage: 'https://elsewhere.example/' } })
    settings({ visibleRange: 'admins', appEnabled: false })
    expect([...(await examine({ only })).values()].map(check => check.result)).toEqual(['failed', 'manual', 'failed'])
  })

  it('tells from logins what only logins can show', async () => {
    const browser = app.client()
    settings({ permissions: DEFAULT_SETTINGS.permissions.filter(code => code !== 'open_app_api_base') })
    const login = async () => {
      const page = new URL((await browser.get('/api/session/oauth/start')).headers.get('location')!)
      page.searchParams.set('loginAs', 'zhangsan')
      const back = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location')!)
      await browser.get(back.pathname + back.search)
    }
    const becomes = (id: CheckId, result: string) => until(async () => {
      const found = await resultOf(id)
      return found.result === result ? found : undefined
    })
    await login()
    expect((await becomes('redirectUrl', 'seen')).seenAt).not.toBeNull()
    const refused = await becomes('browserLogin', 'failed')
    expect(refused.fix).toContain('open_app_api_base')
    app.sandbox.platform.control.reset()
    await login()
    await becomes('browserLogin', 'seen')
  })

  it('believes a homepage only when somebody came in by it, on each device, and the release with the first', async () => {
    const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile AliApp(DingTalk/7.6.0)'
    const pc = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 dingtalk-win/1.0.0 nw(0.14.7) DingTalk(7.6.0)'
    const open = async (openedAt: string, userAgent: string) => {
      const { status } = await app.client().post('/api/session/dingtalk', { code: app.code('zhangsan'), openedAt }, { 'user-agent': userAgent })
      expect(status).toBe(200)
    }
    const results = async () => [...(await examine({ only: ['published', 'homepage'] })).values()].map(({ result }) => result)
    const { body: guide } = await admin.get<Guide>('/api/settings/dingtalk/guide')
    const scanned = new URL(guide.openUrl)
    for (const other of [scanned.pathname + scanned.search, `/?corpId=${credentials.corpId}&via=message`, `/account/1?corpId=${credentials.corpId}`, '/?corpId=dingother0001', '/', '/?corpId=$CORPID$'])
      await open(other, phone)
    expect(await results()).toEqual(['manual', 'manual'])
    expect((await resultOf('loginCode')).result).toBe('seen')

    await open(`/?corpId=${credentials.corpId}`, phone)
    await until(async () => (await resultOf('published')).result === 'seen' || undefined)
    const half = await resultOf('homepage')
    expect(half.result).toBe('manual')
    expect(half.manual?.step).toContain('PC 端首页')
    expect(half.manual?.step).not.toContain('移动端')
    // The other form of the homepage, whose code the page never uses.
    await open('/?state=dingtalk', pc)
    await until(async () => (await resultOf('homepage')).result === 'seen' || undefined)
    expect(await results()).toEqual(['seen', 'seen'])
  })

  it('believes the page signature only when a client has accepted it, and says why one did not', async () => {
    expect((await resultOf('jsapiTicket')).manual?.step).toContain('二维码')
    const verdict = async (body: object) => expect((await admin.post('/api/jsapi/verdict', body)).status).toBe(204)
    const becomes = (result: string) => until(async () => {
      const found = await resultOf('jsapiTicket')
      return found.result === result ? found : undefined
    })
    await verdict({ ok: true })
    expect((await becomes('seen')).seenAt).not.toBeNull()
    await verdict({ ok: false, code: '52013', message: '签名校验失败' })
    const refused = await becomes('failed')
    expect(refused).toMatchObject({ code: '52013', answered: expect.stringContaining('签名校验失败') })
    expect(refused.fix).toContain('PUBLIC_URL')
    // Only a page opened in DingTalk clears it: how is said beside the failure.
    expect(refused.manual).toMatchObject({ step: expect.stringContaining('二维码'), confirmed: null })
    await verdict({ ok: false, code: 'timeout' })
    // Nobody answered, so nobody refused.
    expect(await becomes('manual')).toMatchObject({ code: 'jsapi_no_answer', means: expect.stringContaining('没有回答'), manual: { confirmed: null } })
    await verdict({ ok: false, code: 'native' })
    expect((await becomes('failed')).code).toBe('jsapi_refused')
    await verdict({ ok: true })
    await becomes('seen')
    // Another AgentId signs otherwise: nothing is known of it.
    expect((await resultOf('jsapiTicket', { agentId: '123456' })).result).toBe('manual')
    expect((await app.client().post('/api/jsapi/verdict', { ok: true })).status).toBe(401)
  })

  it('goes on when one check breaks, and says that it did', async () => {
    const { db } = app.database
    await db.insert(tables.setting).values({ key: 'sync.events', value: { channel: 'carrier pigeon' } })
    // Another instance's change is seen after some seconds.
    const found = await until(async () => {
      const all = await examine()
      return all.get('events')?.result === 'failed' ? all : undefined
    })
    await db.delete(tables.setting).where(eq(tables.setting.key, 'sync.events'))
    expect([...found.keys()]).toEqual(checkIds)
    expect(found.get('events')).toMatchObject({ result: 'failed', means: expect.stringContaining('没有结果'), fix: expect.stringContaining('日志') })
    expect([...found.values()].filter(({ result }) => result === 'failed').map(({ id }) => id)).toEqual(['events'])
    expect(app.log()).toContain('a check of the doctor broke')
  })

  it('tells a department without people from a missing field permission', async () => {
    app.sandbox.platform.control.mutate({ op: 'addDepartment', department: { name: '空部门', deptId: 990001 } })
    settings({ scope: { deptIds: [990001], userids: [] } })
    const found = await examine({ only: ['members', 'mobile', 'email'] })
    expect(found.get('members')).toMatchObject({ result: 'ok', answered: '0 名成员' })
    for (const id of ['mobile', 'email'] as const) {
      expect(found.get(id)).toMatchObject({ result: 'manual', answered: '0 名成员', means: expect.stringContaining('没有直属成员'), manual: { confirmed: null } })
      expect(found.get(id)?.means).not.toContain('先解决')
    }
    // People three levels down are found, though nobody is in the departments above.
    app.sandbox.platform.control.mutate(
      { op: 'addDepartment', department: { name: '下级', deptId: 990011, parentId: 990001 } },
      { op: 'addDepartment', department: { name: '再下级', deptId: 990012, parentId: 990011 } },
      { op: 'addMember', member: { userid: 'deep1', name: '邓一', deptIds: [990012], mobile: '13900000011' } },
    )
    expect(await resultOf('mobile')).toMatchObject({ result: 'ok', answered: '1 人有手机号' })
    settings({ scope: { deptIds: [], userids: ['lisi', 'zhangsan'] } })
    expect(await resultOf('mobile')).toMatchObject({ result: 'ok', answered: '2 人有手机号' })
  })

  it('reads the sample of one leaf department, of people only, and of both', async () => {
    const control = app.sandbox.platform.control
    control.mutate(
      { op: 'addDepartment', department: { name: '华东销售', deptId: 990002 } },
      { op: 'addMember', member: { userid: 'leaf1', name: '叶一', deptIds: [990002], title: '销售', mobile: '13900000001' } },
      { op: 'addMember', member: { userid: 'leaf2', name: '叶二', deptIds: [990002], title: undefined, mobile: undefined } },
    )
    const sampleOf = async (scope: { deptIds: number[], userids: string[] }) => {
      settings({ scope })
      return (await admin.get<Sample>('/api/settings/dingtalk/sample')).body
    }
    const leaf = await sampleOf({ deptIds: [990002], userids: [] })
    expect(leaf.departments).toEqual([{ id: '990002', parentId: '1', name: '华东销售' }])
    expect(leaf.members.map(({ userid }) => userid).sort()).toEqual(['leaf1', 'leaf2'])
    expect(leaf.coverage).toMatchObject({ of: 2, partial: true })
    expect(leaf.coverage.fields.find(({ field }) => field === 'mobile')?.count).toBe(1)

    const people = await sampleOf({ deptIds: [], userids: ['lisi'] })
    expect(people).toMatchObject({ departments: [], members: [{ userid: 'lisi', name: app.sandbox.platform.member('lisi')!.name }], coverage: { of: 1, partial: true } })

    // Somebody in the department and named by the scope is one person.
    const both = await sampleOf({ deptIds: [990002], userids: ['leaf1', 'lisi'] })
    expect(both.coverage.of).toBe(3)
    const whole = await sampleOf({ deptIds: [1], userids: [] })
    expect(whole.departments[0]).toMatchObject({ id: '1', parentId: null })
    expect(new Set(whole.departments.map(({ id }) => id)).size).toBe(5)
  })

  it('offers somebody to write to where the list of administrators is refused, and takes a typed userid', async () => {
    settings({ permissions: DEFAULT_SETTINGS.permissions.filter(code => code !== 'qyapi_get_member') })
    const { status, body } = await admin.get<ApiOutput<'GET /api/settings/dingtalk/doctor/recipients'>>(`${doctor}/recipients`)
    expect(status).toBe(200)
    expect(body.refusal).toMatchObject({ code: '60011', fix: expect.stringContaining('qyapi_get_member') })
    expect(body.recipients.length).toBeGreaterThan(0)
    for (const { userid, name } of body.recipients)
      expect(app.sandbox.platform.member(userid)?.name).toBe(name)
    settings({ permissions: ['qyapi_base'] })
    expect((await admin.get<typeof body>(`${doctor}/recipients`)).body).toMatchObject({ recipients: [], refusal: { code: '60011' } })
    expect((await admin.post<DoctorCheck>(`${doctor}/notification`, { userid: ' wangwu ' })).body.result).toBe('ok')
    expect((await admin.post(`${doctor}/notification`, { userid: 'wangwu,lisi' })).error.code).toBe('validation_failed')
  })

  it('says that an AgentId is none of the company\'s, where the list of apps tells', async () => {
    settings({ permissions: [...DEFAULT_SETTINGS.permissions, 'qyapi_get_microapp_list'] })
    // A platform that takes the AgentId of any app of the same company.
    app.sandbox.platform.control.faults({ path: '*/status_bar/update', kind: 'errcode', errcode: 40035, errmsg: '不合法的参数' })
    expect(await resultOf('agentId', { agentId: '123456789' })).toMatchObject({ result: 'failed', answered: expect.stringContaining('123456789'), where: expect.stringContaining('凭证') })
    expect((await resultOf('agentId')).result).not.toBe('failed')
  })

  it('finds a clock that is wrong, and credentials of another app or company', async () => {
    settings({ dateAheadMs: 300_000 })
    const late = await resultOf('clock')
    expect(late.result).toBe('failed')
    expect(late.answered).toMatch(/相差 (?:299|30[01]) 秒/)
    expect((await resultOf('credentials', { clientSecret: 'not-the-right-secret' }))).toMatchObject({ result: 'failed', code: 'invalidClientIdOrSecret' })
    expect((await resultOf('corp', { corpId: 'dingother0001' }))).toMatchObject({ result: 'failed', code: 'corp_not_of_app' })
    expect((await resultOf('scope', { clientSecret: 'not-the-right-secret' })).result).toBe('untried')
  })

  it('speaks both languages, and never of secrets', async () => {
    settings({ egressIp: '203.0.113.77' })
    const { body } = await admin.post<{ checks: DoctorCheck[] }>(doctor, undefined, english)
    for (const check of body.checks) {
      expect(check.title, check.id).toMatch(/^[\x20-\x7E]+$/)
      expect(check.means, check.id).toMatch(/^[a-z "'(]/i)
    }
    expect(JSON.stringify(body)).not.toContain(app.sandbox.app.clientSecret)
    expect(app.log()).not.toContain(app.sandbox.app.clientSecret)
  })

  it('gives what is to be pasted, every permission, and a live sample', async () => {
    const { body: guide } = await admin.get<Guide>('/api/settings/dingtalk/guide', english)
    const copy = (id: string) => guide.copies.find(candidate => candidate.id === id)?.text
    expect(copy('mobileHomepage')).toBe(`${app.url}/?corpId=$CORPID$`)
    expect(copy('pcHomepageFixed')).toContain(`redirect_uri=${encodeURIComponent(`${app.url}/`)}&response_type=code&client_id=${credentials.clientId}`)
    expect(copy('redirectUrl')).toBe(`${app.url}/api/session/oauth/callback,${app.url}/`)
    expect(guide.permissions.find(({ code }) => code === 'qyapi_get_department_member')).toMatchObject({ name: '通讯录部门成员读权限', need: 'required', link: `https://open-dev.dingtalk.com/appscope/apply?content=${credentials.clientId}%23qyapi_get_department_member` })
    const { body: sample } = await admin.get<Sample>('/api/settings/dingtalk/sample')
    expect([sample.departments.length, sample.members.length]).toEqual([5, 5])
    expect(sample.coverage.of).toBeGreaterThan(10)
    const mobile = sample.coverage.fields.find(({ field }) => field === 'mobile')!
    expect(mobile.count).toBeGreaterThan(0)
    settings({ permissions: ['qyapi_base'] })
    expect((await admin.get('/api/settings/dingtalk/sample')).error.dingtalk?.code).toBe('60011')
  })

  it('is not for members', async () => {
    await app.sync(admin)
    const member = await app.loggedIn('lisi')
    for (const answer of [await member.post(doctor), await member.get('/api/settings/dingtalk/guide'), await member.put(`${doctor}/scope`, { confirmed: true, about: '' })])
      expect(answer.status).toBe(403)
  })
})
