import type { ApiOutput } from '#contract/index.ts'
import type { Session } from '#contract/session.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp } from '../support/app.ts'

describe('login in the browser', () => {
  let app: TestApp
  let client: Client
  beforeAll(async () => {
    app = await startApp()
    await app.sync(await app.loggedIn('zhangsan'))
  })
  beforeEach(() => {
    client = app.client()
  })
  afterAll(() => app.close())

  /** Begins a login and says what DingTalk's page was asked for. */
  async function start(returnTo?: string): Promise<URL> {
    const answer = await client.get(`/api/session/oauth/start${returnTo === undefined ? '' : `?returnTo=${encodeURIComponent(returnTo)}`}`)
    expect(answer.status).toBe(302)
    return new URL(answer.headers.get('location')!)
  }

  const oauthCode = (userid: string) => app.sandbox.platform.control.code({ userid, kind: 'oauth', scope: 'openid' })
  const callback = async (query: Record<string, string>) =>
    (await client.get(`/api/session/oauth/callback?${new URLSearchParams(query)}`)).headers.get('location')!.replace(app.url, '')

  it('asks DingTalk\'s page for a code and logs in with it, back on the page that was wanted', async () => {
    const page = await start('/customers?view=mine')
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      client_id: app.sandbox.app.clientId,
      response_type: 'code',
      scope: 'openid',
      prompt: 'consent',
      redirect_uri: `${app.url}/api/session/oauth/callback`,
    })
    const code = oauthCode('lisi')
    expect(await callback({ code, authCode: code, state: page.searchParams.get('state')! })).toBe('/customers?view=mine')
    expect((await client.get<Session>('/api/session')).body).toMatchObject({
      kind: 'account',
      account: { name: app.sandbox.platform.member('lisi')!.name },
    })
  })

  it('accepts the code under either name', async () => {
    const state = (await start()).searchParams.get('state')!
    expect(await callback({ authCode: oauthCode('lisi'), state })).toBe('/')
    expect((await client.get('/api/session')).status).toBe(200)
  })

  it('makes a main administrator an administrator here too', async () => {
    const fresh = await startApp()
    try {
      client = fresh.client()
      const started = await client.get('/api/session/oauth/start')
      const state = new URL(started.headers.get('location')!).searchParams.get('state')!
      await client.get(
        `/api/session/oauth/callback?${new URLSearchParams({
          code: fresh.sandbox.platform.control.code({ userid: 'zhangsan', kind: 'oauth', scope: 'openid' }),
          state,
        })}`,
      )
      expect((await client.get<Session>('/api/session')).body).toMatchObject({ account: { role: 'admin' } })
    }
    finally {
      await fresh.close()
    }
  })

  it('lets two tabs log in at the same time', async () => {
    const [first, second] = [await start('/customers'), await start('/mine')]
    const arrive = (page: URL) => callback({ code: oauthCode('lisi'), state: page.searchParams.get('state')! })
    expect(await arrive(first)).toBe('/customers')
    expect(await arrive(second)).toBe('/mine')
  })

  it('answers a navigating browser with pages, never with JSON', async () => {
    for (const query of ['state=a&state=b', `state=${'x'.repeat(600)}`, 'code=a&code=b', 'error=a&error=b']) {
      const answer = await client.get(`/api/session/oauth/callback?${query}`)
      expect([answer.status, answer.headers.get('location')]).toEqual([302, `${app.url}/`])
    }
    expect((await client.get('/api/session/oauth/start?returnTo=a&returnTo=b')).status).toBe(302)
  })

  it('uses a state once', async () => {
    const state = (await start()).searchParams.get('state')!
    await callback({ code: oauthCode('lisi'), state })
    expect(await callback({ code: oauthCode('lisi'), state })).toMatch(/^\/entry\?problem=oauth_state_invalid/)
  })

  it('refuses a state in another browser than the one it was made for', async () => {
    const state = (await start()).searchParams.get('state')!
    client = app.client()
    expect(await callback({ code: oauthCode('lisi'), state })).toMatch(/^\/entry\?problem=oauth_state_invalid/)
    expect((await client.get('/api/session')).status).toBe(401)
  })

  it('never exchanges a code with a state it did not issue', async () => {
    app.sandbox.platform.control.clearCalls()
    expect(await callback({ code: oauthCode('lisi'), state: 'fixed' })).toBe('/')
    expect(app.sandbox.platform.control.calls()).toEqual([])
    expect((await client.get('/api/session')).status).toBe(401)
  })

  it('explains a refusal, a stale code and an external contact', async () => {
    const external = app.sandbox.platform.members().find(member => member.external)!
    const problem = async (query: Record<string, string>) => callback({ ...query, state: (await start()).searchParams.get('state')! })
    expect(await problem({ error: 'access_denied' })).toMatch(/problem=oauth_refused/)
    const used = oauthCode('lisi')
    await problem({ code: used })
    expect(await problem({ code: used })).toMatch(/problem=login_code_invalid/)
    expect(await problem({ code: oauthCode(external.userid) })).toMatch(/problem=member_external/)
  })

  it('tells the browser it failed in, and no other, what to do and whom to ask', async () => {
    type Told = ApiOutput<'GET /api/session/problem'>
    const told = async (who = client, language = 'zh-CN') => (await who.get<Told>('/api/session/problem', { 'accept-language': language })).body.problem
    const attempt = async (userid: string) => callback({ code: oauthCode(userid), state: (await start()).searchParams.get('state')! })
    expect(await told()).toBeNull()

    app.sandbox.platform.control.settings({ egressIp: '203.0.113.88' })
    const refused = new URL(await attempt('lisi'), app.url)
    app.sandbox.platform.control.settings({ egressIp: null })
    expect(await told()).toMatchObject({ code: 'dingtalk_rejected', loginCode: refused.searchParams.get('login'), dingtalk: { code: expect.stringContaining('IpNotInWhiteList'), fix: expect.stringContaining('203.0.113.88'), where: expect.any(String) } })
    expect((await told(client, 'en-US'))!.dingtalk!.cause).toMatch(/^[\x20-\x7E]+$/)

    app.sandbox.platform.control.mutate({ op: 'addMember', member: { userid: 'stranger', name: '陌生人', deptIds: [1] } })
    await attempt('stranger')
    expect(await told()).toMatchObject({ code: 'member_unknown', ask: ['张三'] })

    expect(await told(app.client())).toBeNull()
    const forger = app.client()
    forger.cookies.set('crm_problem', client.cookies.get('crm_problem')!.replace(/^[^.]+/, refused.searchParams.get('login')!))
    expect(await told(forger)).toBeNull()
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/%09/evil',
    '/\t/evil.example',
    '/api/session',
    'customers',
  ])('does not send people away to %s', async (returnTo) => {
    const state = (await start(returnTo)).searchParams.get('state')!
    const target = await callback({ code: oauthCode('lisi'), state })
    expect(new URL(target, app.url).origin).toBe(app.url)
    expect(target).not.toContain('/api/')
  })
})
