import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** Bundles page.ts with the real SDK, in memory. */
export async function bundlePage(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry: fileURLToPath(new URL('page.ts', import.meta.url)), formats: ['es'], fileName: 'page' } },
  })
  const output = Array.isArray(result) ? result[0]?.output : 'output' in result ? result.output : undefined
  const chunk = output?.find(part => part.type === 'chunk')
  if (!chunk)
    throw new Error('the page was not bundled')
  return chunk.code
}

/** Serves the page as a strict app would: a CSP without room for other scripts, framing by DingTalk only. */
export async function serveApp(script: string): Promise<{ url: string, close: () => void }> {
  const server = createServer((req, res) => {
    if (req.url === '/page.js')
      return void res.setHeader('content-type', 'text/javascript').end(script)
    res.setHeader('content-type', 'text/html; charset=utf-8')
    res.setHeader('content-security-policy', 'default-src \'self\'; script-src \'self\'; frame-ancestors \'self\' https://*.dingtalk.com')
    res.setHeader('x-frame-options', 'SAMEORIGIN')
    res.end(
      `<!doctype html><html><head><title>app</title><script type="module" src="/page.js"></script></head><body><p>${req.headers['user-agent']}</p></body></html>`,
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string')
    throw new Error('the app has no port')
  return { url: `http://127.0.0.1:${address.port}`, close: () => void server.close() }
}
