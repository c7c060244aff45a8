import type { TestPlatform } from './open-platform.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestPlatform } from './open-platform.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startTestPlatform()
})
beforeEach(() =>
  platform.platform.control.mutate({
    op: 'settings',
    settings: { permissions: ['qyapi_base', 'qyapi_get_member'], ipAllowList: ['127.0.0.1'], egressIp: null },
  }),
)
afterAll(() => platform.close())

describe('how calls are read (row 5)', () => {
  it('takes the same field from query, form and JSON', async () => {
    const path = `/topapi/v2/user/get?access_token=${platform.token}`
    const ways: Array<[string, RequestInit]> = [
      [`${path}&userid=lisi`, { method: 'POST' }],
      [path, { method: 'POST', body: new URLSearchParams({ userid: 'lisi' }) }],
      [path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"userid":"lisi"}' }],
    ]
    for (const [url, init] of ways)
      expect((await platform.raw(url, init)).body).toMatchObject({ errcode: 0, result: { userid: 'lisi', name: '李四' } })
  })

  it('reads numbers and booleans from text, and answers real ones', async () => {
    const reply = await platform.raw(`/topapi/user/count?access_token=${platform.token}`, {
      method: 'POST',
      body: new URLSearchParams({ only_active: 'false' }),
    })
    expect(reply.body).toMatchObject({ errcode: 0, result: { count: 160 } })
  })

  it('names what it does not understand', async () => {
    const broken = await platform.raw(`/topapi/v2/user/get?access_token=${platform.token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"userid"',
    })
    expect(broken).toMatchObject({ status: 200, body: { errcode: 47001 } })
    expect(await platform.old('/topapi/v2/user/get')).toMatchObject({ errcode: 400002 })
    expect(await platform.old('/topapi/v2/user/notexist')).toMatchObject({
      errcode: 22,
      sub_msg: '不合法ApiName，ApiName = dingtalk.oapi.v2.user.notexist',
    })
    expect(await platform.raw('/nowhere')).toMatchObject({ status: 200, body: { errcode: 404, errmsg: '请求的URI地址不存在' } })
    expect(await platform.raw('/v1.0/nowhere')).toMatchObject({ status: 404, body: { code: expect.any(String), requestid: expect.any(String) } })
    expect((await platform.raw(`/topapi/v2/user/get?access_token=${platform.token}&userid=lisi`)).body).toMatchObject({ errcode: 43002 })
  })
})

describe('permission points (row 6)', () => {
  it('wraps 60011 in 88 and names the permission', async () => {
    const body = await platform.old('/topapi/v2/user/getbymobile', { mobile: '13800001001' })
    expect(body).toMatchObject({ errcode: 88, sub_code: '60011' })
    expect(body.sub_msg).toContain('[qyapi_get_member_by_mobile]')
    expect(body.sub_msg).toContain(`content=${platform.app.clientId}%23qyapi_get_member_by_mobile`)
  })

  it('answers 403 with requiredScopes in the new family', async () => {
    const reply = await platform.modern('GET', '/v1.0/contact/empLeaveRecords?startTime=2026-01-01T00:00:00Z&maxResults=10')
    expect(reply).toMatchObject({
      status: 403,
      body: { code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied', accessdenieddetail: { requiredScopes: ['Contact.Common.Read'] } },
    })
  })
})

describe('server egress IP (row 7)', () => {
  it('refuses a strange address, with the address and the appKey in the text', async () => {
    platform.platform.control.settings({ egressIp: '203.0.113.9' })
    const text = `访问ip不在白名单之中,request ip=203.0.113.9 appKey(${platform.app.clientId})`
    expect(await platform.old('/topapi/user/listadmin')).toMatchObject({ errcode: 88, sub_code: '60020', sub_msg: text })
    expect(await platform.modern('POST', '/v1.0/oauth2/jsapiTickets')).toMatchObject({
      status: 403,
      body: { code: 'Forbidden.AccessDenied.IpNotInWhiteList', message: text },
    })
  })

  it('lets a listed pattern through', async () => {
    platform.platform.control.settings({ egressIp: '203.0.113.9', ipAllowList: ['10.0.0.1', '203.0.113.*'] })
    expect(await platform.old('/topapi/user/listadmin')).toMatchObject({ errcode: 0 })
  })
})

describe('requests the HTTP layer refuses', () => {
  it('answers bodies above 25 MB and broken control JSON with a 4xx', async () => {
    const large = await platform.raw(`/media/upload?access_token=${platform.token}&type=file`, {
      method: 'POST',
      body: new Uint8Array(26 * 1024 * 1024),
    })
    expect(large.status).toBe(413)
    const broken = await platform.raw('/__sandbox/code', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"userid"' })
    expect(broken.status).toBe(400)
  })
})
