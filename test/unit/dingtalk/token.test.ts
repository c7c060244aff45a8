import type { DingTalkCredentials } from '../../../server/dingtalk/index.ts'
import type { Answer } from './platform.ts'
import { describe, expect, it } from 'vitest'
import { createRenewing } from '../../../server/dingtalk/cache/renewing.ts'
import { FakeClock, settle } from './fake-clock.ts'
import { app, clientOf, startPlatform } from './platform.ts'

const tokenPath = '/v1.0/oauth2/accessToken'
const countPath = '/topapi/user/count'
const refused: Answer = { json: { errcode: 88, sub_code: '40014', sub_msg: '不合法的access_token', errmsg: 'x' } }
const seven: Answer = { json: { errcode: 0, result: { count: 7 } } }

function numbered(expireIn = 7200) {
  return (_seen: unknown, nth: number): Answer => ({ json: { accessToken: `token-${nth}-abcdef`, expireIn } })
}

describe('app token', () => {
  it('is fetched once for a thousand callers, with the secret in the body only', async () => {
    const platform = await startPlatform({ [tokenPath]: numbered() })
    const dingtalk = clientOf(platform)
    const tokens = await Promise.all(Array.from({ length: 1000 }, () => dingtalk.token.get()))
    expect(new Set(tokens)).toEqual(new Set(['token-1-abcdef']))
    expect(platform.of(tokenPath)).toHaveLength(1)
    expect(platform.of(tokenPath)[0]).toMatchObject({ method: 'POST', body: { appKey: app.clientId, appSecret: app.clientSecret } })
    expect(platform.of(tokenPath)[0]?.query.size).toBe(0)
  })

  it.each([
    ['old family', refused],
    ['expired', { json: { errcode: 42001, errmsg: 'access_token超时' } } satisfies Answer],
  ])('is replaced once when DingTalk refuses it (%s)', async (_name, answer) => {
    const platform = await startPlatform({
      [tokenPath]: numbered(),
      [countPath]: seen => (seen.query.get('access_token') === 'token-1-abcdef' ? answer : seven),
    })
    const dingtalk = clientOf(platform)
    await expect(Promise.all([1, 2, 3].map(() => dingtalk.contacts.countUsers(true)))).resolves.toEqual([7, 7, 7])
    expect(platform.of(tokenPath)).toHaveLength(2)
  })

  it('is not fetched again and again when refusing goes on', async () => {
    const platform = await startPlatform({ [tokenPath]: numbered(), [countPath]: refused })
    await expect(clientOf(platform).contacts.countUsers(true)).rejects.toMatchObject({ reason: '40014' })
    expect(platform.of(tokenPath).length).toBeLessThanOrEqual(4)
    expect(platform.of(countPath)).toHaveLength(4)
  }, 20_000)

  it('is given the time to become known, without a fetch for each call that waits', async () => {
    const platform = await startPlatform({
      [tokenPath]: { json: { accessToken: 'the-same-token', expireIn: 7200 } },
      [countPath]: (_seen, nth) => (nth <= 40 ? refused : seven),
    })
    const { contacts } = clientOf(platform)
    await expect(Promise.all(Array.from({ length: 15 }, () => contacts.countUsers(true)))).resolves.toEqual(Array.from({ length: 15 }).fill(7))
    expect(platform.of(tokenPath).length).toBeLessThan(15)
  }, 30_000)

  it('goes into the header of the new family', async () => {
    const platform = await startPlatform({
      [tokenPath]: numbered(),
      '/v1.0/oauth2/jsapiTickets': (seen, nth) =>
        nth === 1
          ? { status: 400, json: { code: 'InvalidAuthentication', requestid: 'r', message: '不合法的access_token' } }
          : { json: { jsapiTicket: `ticket for ${String(seen.headers['x-acs-dingtalk-access-token'])}`, expireIn: 7200 } },
    })
    await expect(clientOf(platform).tickets.jsapiTicket()).resolves.toBe('ticket for token-2-abcdef')
    expect(platform.calls.every(call => !call.query.has('access_token'))).toBe(true)
  })

  it('is forgotten when the credentials change', async () => {
    let current: DingTalkCredentials | undefined = app
    const platform = await startPlatform({ [tokenPath]: numbered() })
    const dingtalk = clientOf(platform, { credentials: async () => current })
    await dingtalk.token.get()
    current = { ...app, agentId: '43' }
    await expect(dingtalk.token.get()).resolves.toBe('token-1-abcdef')
    current = { ...app, clientSecret: 'another-secret' }
    await expect(dingtalk.token.get()).resolves.toBe('token-2-abcdef')
    current = undefined
    await expect(dingtalk.token.get()).rejects.toMatchObject({ reason: 'not_configured' })
  })

  it('tells wrong credentials apart without hammering the endpoint or showing the secret', async () => {
    const platform = await startPlatform({
      [tokenPath]: seen => ({
        status: 400,
        json: { code: 'invalidClientIdOrSecret', requestid: 'r', message: `无效的clientId或者clientSecret ${String(seen.body.appSecret)}` },
      }),
    })
    const dingtalk = clientOf(platform)
    const errors: unknown[] = []
    for (let i = 0; i < 5; i++) await dingtalk.contacts.countUsers(true).catch((error: unknown) => errors.push(error))
    expect(errors).toMatchObject(Array.from({ length: 5 }, () => ({ reason: 'invalidClientIdOrSecret' })))
    expect(String(errors[0])).not.toContain(app.clientSecret)
    expect(platform.of(tokenPath)).toHaveLength(1)
    dingtalk.token.invalidate()
    await dingtalk.token.get().catch(() => {})
    expect(platform.of(tokenPath)).toHaveLength(2)
  })
})

describe('renewing', () => {
  function counting(fail: () => boolean = () => false) {
    const clock = new FakeClock()
    const state = { fetches: 0, failedRenewals: 0 }
    const value = createRenewing({
      clock,
      fetch: async () => {
        state.fetches++
        if (fail())
          throw new Error('down')
        return { value: `v${state.fetches}`, lifetimeMs: 7_200_000 }
      },
      onRenewalFailed: () => state.failedRenewals++,
    })
    return { clock, state, value }
  }

  it('renews ten minutes early in the background and serves the old value meanwhile', async () => {
    const { clock, state, value } = counting()
    await value.get()
    await clock.advance(6_599_000)
    await expect(value.get()).resolves.toBe('v1')
    expect(state.fetches).toBe(1)
    await clock.advance(2000)
    await expect(value.get()).resolves.toBe('v1')
    await settle()
    await expect(value.get()).resolves.toBe('v2')
    expect(state.fetches).toBe(2)
  })

  it('keeps a valid value when the early renewal fails, without trying at every call', async () => {
    let down = false
    const { clock, state, value } = counting(() => down)
    await value.get()
    down = true
    await clock.advance(6_700_000)
    for (let i = 0; i < 10; i++) {
      await expect(value.get()).resolves.toBe('v1')
      await settle()
    }
    expect(state).toEqual({ fetches: 2, failedRenewals: 1 })
    await clock.advance(500_001)
    await expect(value.get()).rejects.toThrow('down')
  })

  it('drops only the value that was refused', async () => {
    const { clock, value } = counting()
    await value.get()
    value.drop('something older')
    await expect(value.get()).resolves.toBe('v1')
    value.drop('v1')
    await expect(value.get()).resolves.toBe('v2')
    value.drop('v2')
    await expect(value.get()).resolves.toBe('v2')
    await clock.advance(1000)
    value.drop('v2')
    await expect(value.get()).resolves.toBe('v3')
  })
})
