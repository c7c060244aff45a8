import type { RequestListener } from 'node:http'
import type { Setup } from './upstream.ts'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameHeaders, setUp } from './upstream.ts'

const page = '<!doctype html><html><head><title>应用</title><script>first()</script></head></html>'

const routes: Record<string, RequestListener> = {
  '/echo': (req, res) =>
    void text(req).then(body => res.setHeader('content-type', 'application/json').end(JSON.stringify({ url: req.url, headers: req.headers, body }))),
  '/page': (_req, res) =>
    res
      .writeHead(200, {
        'content-type': 'text/html',
        'content-security-policy': 'default-src \'self\'; frame-ancestors \'self\' https://*.dingtalk.com; upgrade-insecure-requests',
        'x-frame-options': 'DENY',
        'strict-transport-security': 'max-age=1',
        'etag': '"1"',
      })
      .end(page),
  '/closed': (_req, res) =>
    res
      .writeHead(200, {
        'content-type': 'text/html',
        'content-security-policy': 'script-src \'none\'; frame-ancestors \'none\'',
        'x-frame-options': 'DENY',
      })
      .end(page),
  '/gzip': (_req, res) => res.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(gzipSync(page)),
  '/br': (_req, res) => res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'br' }).end(brotliCompressSync(page)),
  '/login': (_req, res) => res.writeHead(204, { 'set-cookie': ['sid=s%3A1; Path=/; HttpOnly; SameSite=Lax', 'csrf=abc; Path=/'] }).end(),
  '/logout': (_req, res) => res.writeHead(204, { 'set-cookie': 'sid=; Path=/; Max-Age=0' }).end(),
  '/away': (req, res) => res.writeHead(302, { location: `http://${req.headers.host}/page?a=1#x` }).end(),
  '/events': (req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: one\n\n')
    req.on('close', () => res.end())
  },
}

let setup: Setup
const phone = 'zhangsan-phone.localhost'

beforeAll(async () => {
  setup = await setUp((req, res) => {
    const route = routes[new URL(req.url ?? '/', 'http://x').pathname]
    if (route)
      route(req, res)
    else res.writeHead(404).end('nothing here')
  })
})
afterAll(() => setup.close())

function echoed(body: string): { url: string, headers: Record<string, string>, body: string } {
  return JSON.parse(body) as { url: string, headers: Record<string, string>, body: string }
}

describe('requests reach the app as if the device were talking to it directly', () => {
  it('with its Host, Origin and Referer, and without the browser\'s own identity', async () => {
    const origin = `http://${phone}:${setup.port}`
    const answer = await setup.ask(phone, '/echo', {
      method: 'POST',
      headers: { 'origin': origin, 'referer': `${origin}/page`, 'sec-ch-ua': 'Chromium', 'user-agent': 'desktop browser' },
      body: 'x',
    })
    expect(echoed(answer.body).headers).toMatchObject({
      'host': new URL(setup.target).host,
      'origin': setup.target,
      'referer': `${setup.target}/page`,
      'accept-language': expect.stringContaining('zh-CN'),
    })
    expect(echoed(answer.body).headers['user-agent']).toMatch(/iPhone.*AliApp\(DingTalk\/7\.6\.0\)/)
    expect(echoed(answer.body).headers).not.toHaveProperty('sec-ch-ua')
  })

  it.each([
    ['zhangsan-android.localhost', /Android.*AliApp\(DingTalk\/7\.6\.0\)/],
    ['zhangsan-harmony.localhost', /OpenHarmony.*ArkWeb.*AliApp\(DingTalk\/7\.6\.0\)/],
    ['zhangsan-pc.localhost', /Windows.*DingTalk\(7\.6\.0/],
    ['zhangsan-mac.localhost', /Macintosh; Intel Mac OS.*DingTalk\(7\.6\.0/],
  ])('%s says what it is', async (host, agent) => {
    expect(echoed((await setup.ask(host, '/echo')).body).headers['user-agent']).toMatch(agent)
  })

  it('naming the app\'s real address in JSON bodies and queries', async () => {
    const device = `http://${phone}:${setup.port}`
    const answer = await setup.ask(phone, `/echo?returnTo=${encodeURIComponent(`${device}/a`)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: `${device}/?x=客户`, other: `${device}0/` }),
    })
    expect(JSON.parse(echoed(answer.body).body)).toEqual({ url: `${setup.target}/?x=客户`, other: `${device}0/` })
    expect(echoed(answer.body).url).toBe(`/echo?returnTo=${encodeURIComponent(`${setup.target}/a`)}`)
  })

  it('and frames load as top-level documents, uncompressed and unconditionally', async () => {
    const answer = await setup.ask(phone, '/echo', { headers: { ...frameHeaders, 'accept-encoding': 'gzip, br', 'if-none-match': '"1"' } })
    expect(echoed(answer.body).headers).toMatchObject({ 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none', 'accept-encoding': 'identity' })
    expect(echoed(answer.body).headers).not.toHaveProperty('if-none-match')
  })
})

describe('documents', () => {
  it.each(['/page', '/gzip', '/br'])('%s carries the bridge before its first script', async (path) => {
    const { body, headers } = await setup.ask(phone, path, { headers: frameHeaders })
    expect(body.indexOf('/__container/bridge.js')).toBeGreaterThan(0)
    expect(body.indexOf('/__container/bridge.js')).toBeLessThan(body.indexOf('first()'))
    expect(body).toContain('应用')
    expect(headers).not.toHaveProperty('content-encoding')
    expect(headers['cache-control']).toBe('no-store')
  })

  it('are left alone when a script fetches them', async () => {
    const { body } = await setup.ask(phone, '/page', { headers: { 'sec-fetch-dest': 'empty' } })
    expect(body).toBe(page)
  })

  it('may be framed by the workbench where DingTalk may, and run no further script', async () => {
    const { headers } = await setup.ask('zhangsan-pc.localhost', '/page', { headers: frameHeaders })
    const device = `http://zhangsan-pc.localhost:${setup.port}`
    expect(headers['content-security-policy']).toBe(
      `default-src 'self'; frame-ancestors 'self' http://localhost:${setup.port}; script-src 'self' ${device}/__container/bridge.js; connect-src 'self' ${device}/__container/`,
    )
    expect(headers).not.toHaveProperty('x-frame-options')
    expect(headers).not.toHaveProperty('strict-transport-security')
  })

  it('stay closed to a PC frame when the app does not admit DingTalk, and open in a phone\'s webview', async () => {
    const pc = await setup.ask('zhangsan-pc.localhost', '/closed', { headers: frameHeaders })
    expect(pc.headers).toMatchObject({ 'x-frame-options': 'DENY', 'content-security-policy': expect.stringContaining('frame-ancestors \'none\'') })
    const mobile = await setup.ask(phone, '/closed', { headers: frameHeaders })
    expect(mobile.headers['content-security-policy']).toContain(`frame-ancestors http://localhost:${setup.port}`)
    expect(mobile.headers).not.toHaveProperty('x-frame-options')
  })
})

describe('cookies live on the device', () => {
  it('reach the app but neither the browser nor another employee\'s device', async () => {
    const login = await setup.ask(phone, '/login')
    expect(login.headers).not.toHaveProperty('set-cookie')
    expect(echoed((await setup.ask(phone, '/echo', { headers: { cookie: 'forged=1' } })).body).headers.cookie).toBe('sid=s%3A1; csrf=abc')
    expect(echoed((await setup.ask('lisi-phone.localhost', '/echo')).body).headers).not.toHaveProperty('cookie')
  })

  it('show scripts only what is not HttpOnly, and scripts cannot replace the rest', async () => {
    await setup.ask(phone, '/login')
    expect((await setup.ask(phone, '/__container/cookie?path=/')).body).toBe('csrf=abc')
    await setup.ask(phone, '/__container/cookie?path=/', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'sid=stolen; path=/' })
    await setup.ask(phone, '/__container/cookie?path=/', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'theme=dark; path=/' })
    expect(echoed((await setup.ask(phone, '/echo')).body).headers.cookie).toBe('sid=s%3A1; csrf=abc; theme=dark')
  })

  it('end when the app ends them or the jar is emptied', async () => {
    await setup.ask(phone, '/login')
    await setup.ask(phone, '/logout')
    expect(echoed((await setup.ask(phone, '/echo')).body).headers.cookie).not.toContain('sid=')
    await setup.control('jar/clear', { host: phone })
    expect(echoed((await setup.ask(phone, '/echo')).body).headers).not.toHaveProperty('cookie')
  })
})

describe('everything else', () => {
  it('redirects come back to the device', async () => {
    const { status, headers } = await setup.ask(phone, '/away')
    expect(status).toBe(302)
    expect(headers.location).toBe(`http://${phone}:${setup.port}/page?a=1#x`)
  })

  it('event streams arrive while they are open', async () => {
    const response = await setup.stream(phone, '/events')
    const [chunk] = (await once(response, 'data')) as [{ toString: () => string }]
    expect(chunk.toString()).toBe('data: one\n\n')
    response.destroy()
  })

  it('unknown devices and people are refused by name', async () => {
    for (const host of ['nobody-phone.localhost', 'zhangsan-fridge.localhost', 'example.com'])
      expect(await setup.ask(host, '/')).toMatchObject({ status: 404, body: expect.stringContaining(host) })
  })

  it('an app that does not answer gets a page that says so and tries again', async () => {
    const other = await setUp((req, _res) => req.socket.destroy())
    const answer = await other.ask(phone, '/', { headers: frameHeaders })
    expect(answer.status).toBe(502)
    expect(answer.body).toContain('3 秒后自动重试')
    await other.close()
  })

  it('an app below a path opens at the bare hostname', async () => {
    const other = await setUp((_req, res) => res.end('ok'), '/crm/')
    expect((await other.ask(phone, '/')).headers.location).toBe('/crm/')
    await other.close()
  })

  it('websockets pass through, with the device\'s identity', async () => {
    const socket = await setup.upgrade(phone, '/hmr', { origin: `http://${phone}:${setup.port}` })
    const [greeting] = (await once(socket, 'data')) as [{ toString: () => string }]
    expect(greeting.toString()).toBe(`${setup.target} DingTalk`)
    socket.write('ping')
    const [echo] = (await once(socket, 'data')) as [{ toString: () => string }]
    expect(echo.toString()).toBe('ping')
    socket.destroy()
  })
})
