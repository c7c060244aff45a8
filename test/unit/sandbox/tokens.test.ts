import type { TestPlatform } from './open-platform.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestPlatform } from './open-platform.ts'

const HOUR = 3600_000
let platform: TestPlatform

beforeAll(async () => {
  platform = await startTestPlatform()
})
beforeEach(() => platform.platform.control.reset())
afterAll(() => platform.close())

function credentials(): { appKey: string, appSecret: string } {
  return { appKey: platform.app.clientId, appSecret: platform.app.clientSecret }
}

async function modernToken(): Promise<string> {
  return String((await platform.modern('POST', '/v1.0/oauth2/accessToken', credentials(), null)).body.accessToken)
}

describe('app tokens (rows 1, 2, 4)', () => {
  it('hands out the same token on all three endpoints, for 7200 s', async () => {
    const { clientId, clientSecret, corpId } = platform.app
    const modern = (await platform.modern('POST', '/v1.0/oauth2/accessToken', credentials(), null)).body
    const old = (await platform.raw(`/gettoken?appkey=${clientId}&appsecret=${clientSecret}`)).body
    const unified = (
      await platform.modern(
        'POST',
        `/v1.0/oauth2/${corpId}/token`,
        { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' },
        null,
      )
    ).body
    expect(modern).toEqual({ accessToken: expect.stringMatching(/^\w{20,}$/), expireIn: 7200 })
    expect(old).toMatchObject({ errcode: 0, errmsg: 'ok', access_token: modern.accessToken, expires_in: 7200 })
    expect(unified).toEqual({ access_token: modern.accessToken, expires_in: 7200 })
  })

  it('renews a living token and replaces a dead one', async () => {
    const first = await modernToken()
    platform.platform.control.shiftClock(1.5 * HOUR)
    expect(await modernToken()).toBe(first)
    platform.platform.control.shiftClock(1.5 * HOUR)
    expect(await platform.old('/topapi/user/listadmin', {}, first), 'renewed').toMatchObject({ errcode: 0 })
    platform.platform.control.shiftClock(HOUR)
    expect(await platform.old('/topapi/user/listadmin', {}, first)).toMatchObject({ errcode: 88, sub_code: '40014' })
    expect(await modernToken()).not.toBe(first)
  })

  it('refuses bad credentials in the words of each endpoint', async () => {
    const { clientId, clientSecret, corpId } = platform.app
    expect(await platform.modern('POST', '/v1.0/oauth2/accessToken', { appKey: clientId, appSecret: 'no' }, null)).toMatchObject({
      status: 400,
      body: { code: 'invalidClientIdOrSecret', message: '无效的clientId或者clientSecret' },
    })
    expect(await platform.raw(`/gettoken?appkey=${clientId}&appsecret=no`)).toMatchObject({
      status: 200,
      body: { errcode: 40096, errmsg: '不合法的appKey或appSecret' },
    })
    expect((await platform.raw('/gettoken')).body).toMatchObject({ errcode: 40035 })
    const unified = (body: Record<string, string>, corp = corpId): Promise<unknown> =>
      platform.modern('POST', `/v1.0/oauth2/${corp}/token`, body, null)
    expect(await unified({ client_id: clientId, client_secret: 'no', grant_type: 'client_credentials' })).toMatchObject({
      status: 400,
      body: { code: 'invalid.client' },
    })
    expect(await unified({ client_id: clientId, client_secret: clientSecret, grant_type: 'password' })).toMatchObject({
      status: 400,
      body: { code: 'unsupported.grant.type' },
    })
    expect(await unified({ client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' }, 'dingother')).toMatchObject({
      status: 500,
      body: { code: 'unknownError' },
    })
  })

  it('wants the old token in the query or a form, the new one in the header', async () => {
    const token = await modernToken()
    const path = '/topapi/user/listadmin'
    const header = { 'x-acs-dingtalk-access-token': token }
    expect((await platform.raw(path, { method: 'POST', headers: header })).body).toMatchObject({
      errcode: 88,
      sub_code: '40000',
      sub_msg: 'access_token is blank',
      errmsg: 'ding talk error[subcode=40000,submsg=access_token is blank]',
    })
    expect((await platform.raw(path, { method: 'POST', body: new URLSearchParams({ access_token: token }) })).body).toMatchObject({ errcode: 0 })
    expect(
      (await platform.raw(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ access_token: token }) }))
        .body,
    ).toMatchObject({ errcode: 88, sub_code: '40000' })
    const ticket = '/v1.0/oauth2/jsapiTickets'
    expect(await platform.raw(`${ticket}?access_token=${token}`, { method: 'POST' })).toMatchObject({
      status: 400,
      body: { code: 'AuthenticationFailed.MissingParameter', requestid: expect.stringMatching(/^[\dA-F-]{36}$/) },
    })
    expect(await platform.raw(ticket, { method: 'POST', headers: { authorization: `Bearer ${token}` } })).toMatchObject({
      status: 400,
      body: { code: 'AuthenticationFailed.MissingParameter' },
    })
    expect(await platform.modern('POST', ticket, undefined, 'wrong')).toMatchObject({
      status: 400,
      body: { code: 'InvalidAuthentication', message: '不合法的access_token' },
    })
  })
})

describe('jsapi tickets (row 1)', () => {
  async function ticket(): Promise<{ jsapiTicket: string, expireIn: number }> {
    return (await platform.modern('POST', '/v1.0/oauth2/jsapiTickets', undefined, await modernToken())).body as {
      jsapiTicket: string
      expireIn: number
    }
  }

  it('is the same on both hosts and renewed while it lives', async () => {
    const first = await ticket()
    expect(first.expireIn).toBe(7200)
    const old = await platform.raw(`/get_jsapi_ticket?access_token=${await modernToken()}`)
    expect(old.body).toMatchObject({ errcode: 0, ticket: first.jsapiTicket, expires_in: 7200 })
  })

  it('never grows older than 24 h, however often it is renewed', async () => {
    const first = await ticket()
    for (let hours = 0; hours < 23; hours++) {
      platform.platform.control.shiftClock(HOUR)
      expect((await ticket()).jsapiTicket).toBe(first.jsapiTicket)
    }
    expect((await ticket()).expireIn).toBeLessThanOrEqual(3600)
    platform.platform.control.shiftClock(HOUR)
    const next = await ticket()
    expect(next.jsapiTicket).not.toBe(first.jsapiTicket)
    expect(next.expireIn).toBe(7200)
  })
})
