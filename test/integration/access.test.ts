import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAdminToken } from '../../server/auth/admin-link.ts'
import { startApp } from '../support/app.ts'

interface OpenApi {
  paths: Record<string, Record<string, { 'x-access': 'public' | 'session' | 'account' | 'admin' | 'operator' }>>
}

describe('who may call what', () => {
  let app: TestApp
  let routes: { method: string, path: string, access: string }[]
  beforeAll(async () => {
    app = await startApp()
    await app.sync(await app.loggedIn('zhangsan'))
    const { body } = await app.client().get<OpenApi>('/api/openapi.json')
    routes = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path: path.replace(/\{\w+\}/g, '4b0f6a0e-0000-4000-8000-000000000000'),
        access: operation['x-access'],
      })),
    )
  })
  afterAll(() => app.close())

  const statusOf = async (client: Client, { method, path }: { method: string, path: string }) =>
    (await client[method.toLowerCase() as 'get'](path)).status

  it('is told by the OpenAPI document for every route', () => {
    expect(routes.length).toBeGreaterThan(20)
    expect(routes.every(route => ['public', 'session', 'account', 'admin', 'operator'].includes(route.access))).toBe(true)
  })

  /** What only administrators have, by address: a route declared otherwise by mistake would drop out of what is walked below. */
  it('is for administrators alone wherever the address says so', () => {
    const theirs = /^\/api\/(?:settings|sync|accounts|access-requests|roles|audit|logins|notifications|notification-delivery)(?:\/|$)/
    const found = routes.filter(({ path }) => theirs.test(path))
    expect(found.length).toBeGreaterThan(60)
    expect(found.filter(({ access }) => access !== 'admin' && access !== 'operator').map(({ method, path }) => `${method} ${path}`)).toEqual([])
  })

  it('answers 401 to strangers everywhere but on public routes', async () => {
    for (const route of routes.filter(route => route.access !== 'public'))
      expect(await statusOf(app.client(), route), `${route.method} ${route.path}`).toBe(401)
  })

  it('answers 403 to ordinary members on every administrator\'s route', async () => {
    const member = await app.loggedIn('lisi')
    const administrators = routes.filter(route => route.access === 'admin' || route.access === 'operator')
    expect(administrators.length).toBeGreaterThan(60)
    for (const route of administrators)
      expect(await statusOf(member, route), `${route.method} ${route.path}`).toBe(403)
  })

  it('lets a break-glass session look one failed login up by the code it shows, when nobody can get in', async () => {
    const { error } = await app.client().post('/api/session/dingtalk', { code: 'nonsense' })
    const operator = app.client()
    await operator.post('/api/session/admin-link', { token: makeAdminToken('a secret key that is only used by tests') })
    const found = await operator.get<ApiOutput<'GET /api/logins/by-code/:code'>>(`/api/logins/by-code/${error.loginCode!.toLowerCase()}`)
    expect(found.body).toMatchObject({ code: error.loginCode, steps: expect.arrayContaining([expect.objectContaining({ ok: false })]) })
    expect((await operator.get('/api/logins/by-code/ZZZZZZ')).status).toBe(404)
    expect((await operator.get('/api/logins')).status).toBe(403)
  })

  it('keeps a break-glass session away from people and customers', async () => {
    const operator = app.client()
    await operator.post('/api/session/admin-link', { token: makeAdminToken('a secret key that is only used by tests') })
    for (const route of routes.filter(route => route.access === 'account' || route.access === 'admin'))
      expect(await statusOf(operator, route), `${route.method} ${route.path}`).toBe(403)
  })
})
