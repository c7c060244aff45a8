import type { TestApp } from '../support/app.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from '../support/app.ts'
import { temporaryDirectory } from '../support/database.ts'

const script = 'window.early = fetch("api/session")'

describe('the served H5', () => {
  let app: TestApp
  beforeAll(async () => {
    const distDir = temporaryDirectory()
    mkdirSync(join(distDir, 'assets'))
    writeFileSync(
      join(distDir, 'index.html'),
      `<!doctype html><head><base href="/"><script>${script}</script><script type="module" src="./assets/app-1a2b.js"></script></head>`,
    )
    writeFileSync(join(distDir, 'assets/app-1a2b.js'), 'export {}')
    writeFileSync(join(distDir, 'assets/app-1a2b.js.br'), 'compressed')
    app = await startApp({ distDir, env: { PUBLIC_URL: 'https://crm.example.com/sales' } })
  })
  afterAll(() => app.close())

  const fetchPage = (path: string, headers: Record<string, string> = { accept: 'text/html' }) =>
    fetch(app.url + path, { headers, redirect: 'manual' })

  it('answers the page on every path, with or without the prefix of PUBLIC_URL, and revalidates it', async () => {
    for (const path of ['/', '/customers/1', '/sales', '/sales/', '/sales/customers?x=1', '/index.html', '/entry?code=abc&state=fixed']) {
      const page = await fetchPage(path)
      expect([page.status, page.headers.get('cache-control')], path).toEqual([200, 'no-cache'])
      expect(await page.text()).toContain('<base href="/sales/">')
    }
    const first = await fetchPage('/')
    expect((await fetchPage('/', { 'accept': 'text/html', 'if-none-match': first.headers.get('etag')!, 'cache-control': 'max-age=0' })).status).toBe(
      304,
    )
  })

  it('lets its own inline script run and nothing else, in DingTalk\'s frames too', async () => {
    const csp = (await fetchPage('/')).headers.get('content-security-policy')!
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script))).toString('base64')
    expect(csp).toContain(`script-src 'self' 'sha256-${hash}'`)
    expect(csp).toContain('frame-ancestors \'self\' https://*.dingtalk.com')
    expect(csp).not.toContain('unsafe-eval')
  })

  it('spares assets the headers that guard pages, but not the two that guard files', async () => {
    for (const path of ['/assets/app-1a2b.js', '/sales/assets/app-1a2b.js']) {
      const { headers } = await fetchPage(path, { accept: '*/*' })
      expect([headers.get('x-content-type-options'), headers.get('cross-origin-resource-policy')], path).toEqual(['nosniff', 'same-origin'])
      expect([headers.has('content-security-policy'), headers.has('strict-transport-security')], path).toEqual([false, false])
    }
    // Nothing may run in what the API answers.
    expect((await fetchPage('/api/bootstrap')).headers.get('content-security-policy')).toBe('default-src \'none\';frame-ancestors \'self\' https://*.dingtalk.com')
    for (const path of ['/', '/assets/customers', '/api/bootstrap', '/nothing/assets/app-1a2b.js'])
      expect((await fetchPage(path)).headers.has('content-security-policy'), path).toBe(true)
  })

  it('keeps hashed assets for ever and sends them compressed', async () => {
    const asset = await fetchPage('/sales/assets/app-1a2b.js', { 'accept': '*/*', 'accept-encoding': 'br' })
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(asset.headers.get('content-encoding')).toBe('br')
    expect((await fetchPage('/assets/gone-0000.js')).status).toBe(404)
  })

  it('sends assets whole, whatever range is asked for', async () => {
    for (const range of ['bytes=5-2', 'bytes=-1', 'bytes=abc', 'bytes=0-1']) {
      const asset = await fetchPage('/assets/app-1a2b.js', { accept: '*/*', range })
      expect([asset.status, await asset.text()], range).toEqual([200, 'export {}'])
    }
  })

  it('answers the API under the prefix too, and no page for it', async () => {
    expect((await fetchPage('/sales/api/bootstrap')).headers.get('content-type')).toContain('json')
    expect((await fetchPage('/api/nothing')).status).toBe(404)
  })

  it('tells whether it lives, is ready, and what it counts', async () => {
    expect((await fetchPage('/healthz')).status).toBe(200)
    expect((await fetchPage('/readyz')).status).toBe(200)
    expect(await (await fetchPage('/metrics')).text()).toContain('crm_http_request_seconds')
    expect((await fetchPage('/metrics', { 'x-forwarded-for': '203.0.113.1' })).status).toBe(403)
  })
})
