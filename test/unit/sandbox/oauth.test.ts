import type { Json, Reply, TestPlatform } from './open-platform.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestPlatform } from './open-platform.ts'

const CALLBACK = 'http://127.0.0.1:3000/api/session/oauth/callback?next=%2Fa'
let platform: TestPlatform

beforeAll(async () => {
  platform = await startTestPlatform()
})
beforeEach(() => platform.platform.control.reset())
afterAll(() => platform.close())

function authorize(changes: Record<string, string | undefined> = {}): Promise<Reply> {
  const given = {
    redirect_uri: CALLBACK,
    response_type: 'code',
    client_id: platform.app.clientId,
    scope: 'openid corpid',
    prompt: 'consent',
    state: 's t/ä&1',
    ...changes,
  }
  const query = new URLSearchParams(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined))
  return platform.raw(`/oauth2/auth?${query}`)
}

function exchange(fields: Json): Promise<Reply> {
  return platform.modern(
    'POST',
    '/v1.0/oauth2/userAccessToken',
    { clientId: platform.app.clientId, clientSecret: platform.app.clientSecret, ...fields },
    null,
  )
}

async function userToken(userid: string, scope = 'openid corpid'): Promise<Json> {
  const code = platform.platform.control.code({ userid, kind: 'oauth', scope })
  return (await exchange({ grantType: 'authorization_code', code })).body
}

describe('the authorization page (row 9)', () => {
  it('lists the people, finds one, and offers to refuse', async () => {
    const page = await authorize()
    expect(page.status).toBe(200)
    expect(page.text).toContain('张三')
    expect(page.text).toContain('拒绝授权')
    const found = await authorize({ search: '赵六' })
    expect(found.text).toContain('data-userid="zhaoliu"')
    expect(found.text).not.toContain('data-userid="zhangsan"')
  })

  it('sends the chosen person back with code, authCode and the unchanged state', async () => {
    const reply = await authorize({ loginAs: 'lisi' })
    const target = new URL(reply.headers.get('location') ?? '')
    expect(reply.status).toBe(302)
    expect(target.origin + target.pathname).toBe('http://127.0.0.1:3000/api/session/oauth/callback')
    expect(target.searchParams.get('next')).toBe('/a')
    expect(target.searchParams.get('state')).toBe('s t/ä&1')
    expect(target.searchParams.get('code')).toBe(target.searchParams.get('authCode'))
    expect((await exchange({ grantType: 'authorization_code', code: target.searchParams.get('code') })).status).toBe(200)
  })

  it('sends a refusal back as an error, by button and by setting', async () => {
    for (const choice of [{ refuse: '1' }, {}]) {
      platform.platform.control.settings({ oauthAutoChoice: 'refuse' })
      const target = new URL((await authorize(choice)).headers.get('location') ?? '')
      expect(target.searchParams.get('error')).toBe('access_denied')
      expect(target.searchParams.get('state')).toBe('s t/ä&1')
      expect(target.searchParams.has('code')).toBe(false)
    }
  })

  it('chooses by itself when told so', async () => {
    platform.platform.control.settings({ oauthAutoChoice: 'wangwu' })
    expect((await authorize()).headers.get('location')).toContain('authCode=')
  })

  it.each([
    [{ client_id: 'dingother' }, '应用不存在'],
    [{ redirect_uri: 'https://127.0.0.1:3000/' }, '50001'],
    [{ redirect_uri: 'http://127.0.0.1:3001/' }, '50001'],
    [{ redirect_uri: 'http://evil.example/' }, '50001'],
    [{ redirect_uri: 'javascript:alert(1)' }, 'redirect_uri'],
    [{ response_type: 'token' }, 'response_type'],
    [{ scope: 'corpid' }, 'scope'],
    [{ prompt: undefined }, 'prompt'],
    [{ corpId: 'dingother' }, 'dingother'],
    [{ loginAs: 'nobody' }, 'nobody'],
  ])('refuses %o on a page of its own, without a redirect', async (changes, text) => {
    const reply = await authorize({ loginAs: 'lisi', ...changes })
    expect(reply.status).toBe(400)
    expect(reply.headers.get('location')).toBeNull()
    expect(reply.text).toContain(text)
  })

  it('puts what it was given into the page as text', async () => {
    const reply = await authorize({ client_id: '<script>alert(1)</script>' })
    expect(reply.text).not.toContain('<script>')
  })
})

describe('user tokens (row 10)', () => {
  it('exchanges a code once, telling the corpId only when asked for it', async () => {
    const code = platform.platform.control.code({ userid: 'lisi', kind: 'oauth', scope: 'openid' })
    const first = await exchange({ grantType: 'authorization_code', code })
    expect(first.body).toEqual({ accessToken: expect.any(String), refreshToken: expect.any(String), expireIn: 7200 })
    expect(await exchange({ grantType: 'authorization_code', code })).toMatchObject({
      status: 400,
      body: { code: 'invalidParameter.authCode.notFound', message: '不合法的临时授权码' },
    })
    expect(await userToken('lisi')).toMatchObject({ corpId: platform.app.corpId })
  })

  it('refuses JSAPI codes, old codes, bad credentials and unknown grants', async () => {
    const jsapi = platform.platform.control.code({ userid: 'lisi' })
    expect(await exchange({ grantType: 'authorization_code', code: jsapi })).toMatchObject({
      status: 400,
      body: { code: 'invalidParameter.authCode.notFound' },
    })
    const code = platform.platform.control.code({ userid: 'lisi', kind: 'oauth' })
    expect(await exchange({ grantType: 'authorization_code', code, clientSecret: 'no' })).toMatchObject({
      status: 400,
      body: { code: 'invalidClientIdOrSecret' },
    })
    expect((await exchange({ grantType: 'password', code })).status).toBe(400)
    platform.platform.control.shiftClock(301_000)
    expect((await exchange({ grantType: 'authorization_code', code })).status).toBe(400)
  })

  it('refreshes for 30 days, with the same token while it lives', async () => {
    const { accessToken, refreshToken } = await userToken('lisi')
    expect((await exchange({ grantType: 'refresh_token', refreshToken })).body.accessToken).toBe(accessToken)
    platform.platform.control.shiftClock(7201_000)
    expect(await platform.modern('GET', '/v1.0/contact/users/me', undefined, String(accessToken))).toMatchObject({
      status: 400,
      body: { code: 'accesstoken.expired' },
    })
    const next = (await exchange({ grantType: 'refresh_token', refreshToken })).body
    expect(next.accessToken).not.toBe(accessToken)
    platform.platform.control.shiftClock(30 * 86_400_000)
    expect((await exchange({ grantType: 'refresh_token', refreshToken })).status).toBe(400)
  })
})

describe('users/me and getbyunionid (rows 11, 12)', () => {
  const me = (token: unknown): Promise<Reply> => platform.modern('GET', '/v1.0/contact/users/me', undefined, String(token))

  async function freshAppToken(): Promise<string> {
    const { body } = await platform.raw(`/gettoken?appkey=${platform.app.clientId}&appsecret=${platform.app.clientSecret}`)
    return String(body.access_token)
  }

  it('describes the person without a userid', async () => {
    const { accessToken } = await userToken('lisi')
    const { body } = await me(accessToken)
    expect(body).toEqual({
      nick: '李四',
      mobile: '13800001002',
      openId: expect.any(String),
      unionId: expect.any(String),
      email: 'lisi@example.com',
      stateCode: '86',
    })
    expect(await platform.old('/topapi/user/getbyunionid', { unionid: body.unionId }, await freshAppToken())).toMatchObject({
      errcode: 0,
      result: { contact_type: 0, userid: 'lisi' },
    })
  })

  it('keeps the mobile number without its permission, and needs one itself', async () => {
    const { accessToken } = await userToken('lisi')
    platform.platform.control.settings({ permissions: ['Contact.User.Read'] })
    expect((await me(accessToken)).body).not.toHaveProperty('mobile')
    platform.platform.control.settings({ permissions: [] })
    expect(await me(accessToken)).toMatchObject({ status: 403, body: { accessdenieddetail: { requiredScopes: ['Contact.User.Read'] } } })
  })

  it('refuses an app token as a missing permission, and other people', async () => {
    expect(await me(await freshAppToken())).toMatchObject({ status: 403, body: { code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied' } })
    const { accessToken } = await userToken('lisi')
    const other = platform.platform.member('wangwu')?.unionid
    expect(await platform.modern('GET', `/v1.0/contact/users/${other}`, undefined, String(accessToken))).toMatchObject({
      status: 404,
      body: { code: 'invalidParameter.user.notFound' },
    })
  })

  it('tells external contacts and strangers from employees', async () => {
    const token = await freshAppToken()
    const external = platform.platform.members().find(member => member.external === true)
    expect(await platform.old('/topapi/user/getbyunionid', { unionid: external?.unionid }, token)).toMatchObject({ result: { contact_type: 1 } })
    const left = (await me((await userToken('qianlizhi')).accessToken)).body.unionId
    expect(await platform.old('/topapi/user/getbyunionid', { unionid: left }, token)).toMatchObject({ errcode: 60121 })
  })
})
