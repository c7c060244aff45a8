import type { DoctorCheck } from '#contract/connection.ts'
import type { Bootstrap, Session } from '#contract/session.ts'
import type { DingTalkSettings } from '#contract/settings.ts'
import type { TestApp } from '../support/app.ts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAdminToken } from '../../server/auth/admin-link.ts'
import { startApp } from '../support/app.ts'
import { freshEmbedded } from '../support/database.ts'

const unconfigured = { DINGTALK_CORP_ID: undefined, DINGTALK_CLIENT_ID: undefined, DINGTALK_CLIENT_SECRET: undefined, DINGTALK_AGENT_ID: undefined }

describe('first-time setup', () => {
  let app: TestApp
  let credentials: { corpId: string, clientId: string, clientSecret: string, agentId: string }
  beforeAll(async () => {
    app = await startApp({ env: unconfigured })
    const { corpId, clientId, clientSecret, agentId } = app.sandbox.app
    credentials = { corpId, clientId, clientSecret, agentId: String(agentId) }
  })
  afterAll(() => app.close())

  it('says that nothing is configured, and lets nobody log in', async () => {
    expect((await app.client().get<Bootstrap>('/api/bootstrap')).body).toMatchObject({ configured: false, corpId: null })
    expect((await app.client().post('/api/session/dingtalk', { code: 'x' })).error.code).toBe('not_configured')
  })

  it('needs the printed token', async () => {
    const { status, error } = await app.client().post('/api/setup', { ...credentials, setupToken: 'a guess' })
    expect([status, error.code]).toEqual([403, 'setup_token_invalid'])
  })

  it('recognises swapped fields and names them', async () => {
    const { status, error } = await app
      .client()
      .post('/api/setup', { ...credentials, clientId: credentials.agentId, agentId: credentials.clientId, setupToken: app.setupToken })
    expect([status, error.code]).toEqual([400, 'validation_failed'])
    expect(error.issues?.map(issue => issue.path).sort()).toEqual(['agentId', 'clientId'])
    expect(error.issues?.find(issue => issue.path === 'clientId')?.message).toContain('AgentId')
  })

  it('stores pasted values without spaces and full-width characters, then the token is dead', async () => {
    const client = app.client()
    const pasted = {
      ...credentials,
      clientSecret: ` ${credentials.clientSecret}\n`.trimEnd(),
      agentId: ` ${credentials.agentId.replace(/\d/g, digit => String.fromCharCode(0xFF10 + Number(digit)))} `,
    }
    const { status, body } = await client.post<Session>('/api/setup', { ...pasted, setupToken: app.setupToken })
    expect([status, body.kind]).toEqual([201, 'operator'])
    const settings = (await client.get<DingTalkSettings>('/api/settings/dingtalk')).body
    expect(settings).toMatchObject({ corpId: credentials.corpId, agentId: credentials.agentId, clientSecretSet: true })
    expect((await app.client().post('/api/setup', { ...credentials, setupToken: app.setupToken })).error.code).toBe('setup_done')
  })

  it('never gives the secret back, and keeps it sealed in the database', async () => {
    const admin = await app.loggedIn('zhangsan')
    expect(JSON.stringify((await admin.get('/api/settings/dingtalk')).body)).not.toContain(credentials.clientSecret)
    const { rows } = (await app.database.db.execute(sql`select value::text as value from setting`)) as unknown as { rows: { value: string }[] }
    expect(rows.map(row => row.value).join()).not.toContain(credentials.clientSecret)
  })

  it('keeps the stored secret when an edit leaves it out, and works with the changed settings at once', async () => {
    const admin = await app.loggedIn('zhangsan')
    const { clientSecret: _, ...rest } = credentials
    const { status, body } = await admin.put<DingTalkSettings>('/api/settings/dingtalk', { ...rest, subAdminsAreAdmins: true })
    expect([status, body.clientSecretSet, body.subAdminsAreAdmins]).toEqual([200, true, true])
    expect((await app.client().post('/api/session/dingtalk', { code: app.code('zhangsan') })).status).toBe(200)
  })

  it('says what of the connection works and what does not', async () => {
    const admin = await app.loggedIn('zhangsan')
    const checks = async (body?: object) =>
      new Map((await admin.post<{ checks: DoctorCheck[] }>('/api/settings/dingtalk/doctor', body)).body.checks.map(check => [check.id, check]))
    const good = await checks()
    for (const id of ['credentials', 'scope', 'departments', 'members', 'memberDetail', 'admins'] as const)
      expect(good.get(id)?.result, id).toBe('ok')
    for (const id of ['agentId', 'jsapiTicket'] as const)
      expect(good.get(id)?.result, id).toBe('manual')

    const { clientSecret: _, ...rest } = credentials
    const wrong = await checks({ ...rest, clientSecret: 'not-the-right-secret' })
    expect(wrong.get('credentials')).toMatchObject({ result: 'failed', code: 'invalidClientIdOrSecret' })
    expect(wrong.get('credentials')?.fix).not.toBe('')
    expect(wrong.get('scope')?.result).toBe('untried')

    app.sandbox.platform.control.settings({ permissions: ['qyapi_base', 'qyapi_get_department_list', 'qyapi_get_member'] })
    const revoked = await checks()
    expect(revoked.get('members')).toMatchObject({ result: 'failed', code: '60011' })
    expect(revoked.get('members')?.answered).toContain('60011')
    expect(JSON.stringify([...revoked.values()])).not.toContain(credentials.clientSecret)
  })
})

describe('a lost secret key', () => {
  it('does not keep the server from starting: the secret is entered again, by break-glass', async () => {
    const database = await freshEmbedded()
    const first = await startApp({ database: { ...database, close: async () => {} } })
    await first.loggedIn('zhangsan')
    const { corpId, clientId, clientSecret, agentId } = first.sandbox.app
    await first.close()

    const other = 'another secret key, after the first was lost'
    const app = await startApp({ database, env: { SECRET_KEY: other } })
    try {
      expect(app.setupToken).toBeUndefined()
      expect((await app.client().post('/api/session/dingtalk', { code: app.code('zhangsan') })).error.code).toBe('not_configured')
      const operator = app.client()
      await operator.post('/api/session/admin-link', { token: makeAdminToken(other) })
      expect((await operator.get<DingTalkSettings>('/api/settings/dingtalk')).body).toMatchObject({ clientSecretSet: false, clientSecretLost: true })
      await operator.put('/api/settings/dingtalk', { corpId, clientId, clientSecret, agentId: String(agentId) })
      expect((await app.client().post('/api/session/dingtalk', { code: app.code('zhangsan') })).status).toBe(200)
    }
    finally {
      await app.close()
    }
  })
})

describe('the break-glass link', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp()
  })
  afterAll(() => app.close())
  const secretKey = 'a secret key that is only used by tests'

  it('opens settings once, but no customer', async () => {
    const token = makeAdminToken(secretKey)
    const client = app.client()
    expect((await client.post<Session>('/api/session/admin-link', { token })).body.kind).toBe('operator')
    expect((await client.get('/api/settings/dingtalk')).status).toBe(200)
    expect((await client.get('/api/crm/customers')).status).toBe(403)
    expect((await app.client().post('/api/session/admin-link', { token })).error.code).toBe('admin_link_invalid')
  })

  it('refuses expired, altered and foreign tokens', async () => {
    const [expires, nonce, signature] = makeAdminToken(secretKey).split('.')
    const tokens = [
      makeAdminToken(secretKey, Date.now() - 11 * 60_000),
      makeAdminToken('another secret key, long enough to be one'),
      `${Number(expires) + 1}.${nonce}.${signature}`,
      '',
    ]
    for (const token of tokens) expect((await app.client().post('/api/session/admin-link', { token })).error.code).toBe('admin_link_invalid')
  })

  it('slows down guessing', async () => {
    const codes = []
    for (let i = 0; i < 25; i++) codes.push((await app.client().post('/api/session/admin-link', { token: `guess ${i}` })).error.code)
    expect(codes.at(-1)).toBe('rate_limited')
  })
})
