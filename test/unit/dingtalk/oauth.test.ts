import type { Answer, Handler } from './platform.ts'
import { describe, expect, it } from 'vitest'
import { app, clientOf, startPlatform } from './platform.ts'

const tokenPath = '/v1.0/oauth2/userAccessToken'
const mePath = '/v1.0/contact/users/me'
const unionidPath = '/topapi/user/getbyunionid'

const granted: Answer = { json: { accessToken: 'user-token-1', refreshToken: 'refresh-1', expireIn: 7200 } }
const healthy: Record<string, Handler | Answer> = {
  [tokenPath]: granted,
  [mePath]: { json: { nick: '小张', unionId: 'un1', openId: 'o', mobile: '15012349144' } },
  [unionidPath]: { json: { errcode: 0, result: { contact_type: 0, userid: 'u1' } } },
}

describe('browser login', () => {
  it('builds the address of the authorization page', async () => {
    const { oauth } = clientOf(await startPlatform({}))
    const url = new URL(await oauth.authorizeUrl({ redirectUri: 'https://crm.example.com/api/session/oauth/callback', state: 's&1' }))
    expect(url.origin + url.pathname).toBe('https://login.example/oauth2/auth')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      redirect_uri: 'https://crm.example.com/api/session/oauth/callback',
      response_type: 'code',
      client_id: app.clientId,
      scope: 'openid',
      state: 's&1',
      prompt: 'consent',
    })
    const withCorp = await oauth.authorizeUrl({ redirectUri: 'https://crm.example.com/cb', state: 's', withCorp: true })
    expect(withCorp).toContain('scope=openid%20corpid')
    expect(withCorp).toContain(`corpId=${app.corpId}`)
  })

  it('knows the person after three calls', async () => {
    const platform = await startPlatform(healthy)
    const dingtalk = clientOf(platform)
    await dingtalk.token.get()
    await expect(dingtalk.oauth.exchangeAuthCode('auth-code')).resolves.toEqual({
      userid: 'u1',
      unionid: 'un1',
      contactType: 'internal',
      nick: '小张',
      mobile: '15012349144',
      corpId: undefined,
    })
    expect(platform.calls.slice(1).map(call => call.path)).toEqual([tokenPath, mePath, unionidPath])
    expect(platform.of(tokenPath)[0]?.body).toEqual({
      clientId: app.clientId,
      clientSecret: app.clientSecret,
      code: 'auth-code',
      grantType: 'authorization_code',
    })
    expect(platform.of(mePath)[0]?.headers['x-acs-dingtalk-access-token']).toBe('user-token-1')
    expect(platform.of(unionidPath)[0]?.query.get('access_token')).toBe('token-number-one')
  })

  it('refuses another company', async () => {
    const platform = await startPlatform({ ...healthy, [tokenPath]: { json: { accessToken: 'user-token-1', expireIn: 7200, corpId: 'dingother' } } })
    await expect(clientOf(platform).oauth.exchangeAuthCode('c')).rejects.toMatchObject({ reason: 'corp_mismatch' })
    expect(platform.of(mePath)).toHaveLength(0)
  })

  it('accepts our own company', async () => {
    const platform = await startPlatform({ ...healthy, [tokenPath]: { json: { accessToken: 'user-token-1', expireIn: 7200, corpId: app.corpId } } })
    await expect(clientOf(platform).oauth.exchangeAuthCode('c')).resolves.toMatchObject({ corpId: app.corpId })
  })

  it('marks external contacts and refuses strangers', async () => {
    const external = await startPlatform({ ...healthy, [unionidPath]: { json: { errcode: 0, result: { contact_type: 1, userid: 'e1' } } } })
    await expect(clientOf(external).oauth.exchangeAuthCode('c')).resolves.toMatchObject({ contactType: 'external' })
    const stranger = await startPlatform({ ...healthy, [unionidPath]: { json: { errcode: 60121, errmsg: '找不到该用户' } } })
    await expect(clientOf(stranger).oauth.exchangeAuthCode('c')).rejects.toMatchObject({ name: 'DingTalkError', reason: '60121' })
  })

  it('tells a used code apart, shows neither code nor secret, and never sends it twice', async () => {
    const platform = await startPlatform({
      ...healthy,
      [tokenPath]: seen => ({
        status: 400,
        json: {
          code: 'invalidParameter.authCode.notFound',
          requestid: 'q',
          message: `不合法的临时授权码 ${String(seen.body.code)} ${String(seen.body.clientSecret)}`,
        },
      }),
    })
    const error = await clientOf(platform)
      .oauth
      .exchangeAuthCode('one-time-auth-code')
      .catch((error: unknown) => error)
    expect(error).toMatchObject({ reason: 'invalidParameter.authCode.notFound', requestId: 'q' })
    expect(String(error) + JSON.stringify(error)).not.toMatch(/one-time-auth-code|S3cret/)
    expect(platform.of(tokenPath)).toHaveLength(1)
    const lost = await startPlatform({ ...healthy, [tokenPath]: 'reset' })
    await expect(clientOf(lost).oauth.exchangeAuthCode('c')).rejects.toMatchObject({ reason: 'network' })
    expect(lost.of(tokenPath)).toHaveLength(1)
  })

  it('names the permission that is missing for the profile', async () => {
    const platform = await startPlatform({
      ...healthy,
      [mePath]: {
        status: 403,
        json: {
          code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
          requestid: 'q',
          message: '没有调用该接口的权限',
          accessdenieddetail: { requiredScopes: ['Contact.User.Read'] },
        },
      },
    })
    await expect(clientOf(platform).oauth.exchangeAuthCode('c')).rejects.toMatchObject({ requiredScopes: ['Contact.User.Read'], api: mePath })
  })
})
