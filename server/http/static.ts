import type { RequestHandler } from 'express'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import sirv from 'sirv'

/** The built H5: its entry page in memory, its assets from disk. */
export interface Frontend {
  assets: RequestHandler
  page: RequestHandler
  /** `sha256-…` of each inline script, for the CSP. */
  scriptHashes: string[]
}

const notBuilt = '<!doctype html><meta charset="utf-8"><title>Cordys CRM</title><p>The H5 is not built yet: run <code>npm run build</code>.</p>'

/**
 * Serves `distDir`. Hashed assets are immutable and pre-compressed by the build; the page is revalidated
 * each time. Every path that is not a file answers the page, since the H5 routes by history.
 */
export function createFrontend(distDir: string, basePath: string): Frontend {
  const file = join(distDir, 'index.html')
  const html = existsSync(file) ? readFileSync(file, 'utf8').replace('<base href="/">', `<base href="${basePath}/">`) : notBuilt
  // `dev` looks at the disk for each request. The cached list it would make otherwise outlives a new build, and
  // a file that is on the list but gone from the disk ends the process.
  const assets = sirv(distDir, {
    dev: true,
    brotli: true,
    gzip: true,
    etag: true,
    extensions: [],
    setHeaders: (res, path) => {
      res.setHeader('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const whole: RequestHandler = (req, res, next) => {
    // Nothing here is large enough for ranges, and sirv breaks on those that run backwards.
    delete req.headers.range
    assets(req, res, next)
  }
  return { assets: whole, page: servePage(html), scriptHashes: inlineScriptHashes(html) }
}

function servePage(html: string): RequestHandler {
  const plain = Buffer.from(html)
  const encoded = { br: brotliCompressSync(plain), gzip: gzipSync(plain), identity: plain }
  return (req, res, next) => {
    if ((req.method !== 'GET' && req.method !== 'HEAD') || !req.accepts('html') || isFile(req.path))
      return next()
    const encoding = (req.acceptsEncodings('br', 'gzip', 'identity') || 'identity') as keyof typeof encoded
    res.set({ 'cache-control': 'no-cache', 'vary': 'accept-encoding' })
    if (encoding !== 'identity')
      res.set('content-encoding', encoding)
    res.type('html').send(encoded[encoding])
  }
}

/** A path with an extension names a file; the entry page is answered by us, with its base, under every name. */
function isFile(path: string): boolean {
  return path !== '/index.html' && /\.\w{1,8}$/.test(path)
}

function inlineScriptHashes(html: string): string[] {
  return [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, source]) => `sha256-${createHash('sha256').update(source!).digest('base64')}`)
}
