import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { requireBuild } from '../support/build.ts'

export interface SizeRow {
  what: string
  files: number
  gzipBytes: number
  /** Bytes; null where nothing was promised. */
  budgetBytes: number | null
}

const kB = 1000

/**
 * What a phone downloads, gzip level 9, from the production build in `distDir`. The first screen is
 * what index.html itself asks for: the entry, its imports, the preloaded workbench with everything it
 * imports, and all their CSS.
 * @throws {Error} when there is no build, or index.html asks for nothing of it
 */
export function measureSize(distDir = 'dist'): SizeRow[] {
  requireBuild(distDir)
  const html = readFileSync(join(distDir, 'index.html'), 'utf8')
  const first = [...new Set([...html.matchAll(/(?:href|src)="\.\/(assets\/[^"]+)"/g)].map(([, file]) => file ?? ''))]
  if (first.length === 0)
    throw new Error(`index.html in ${distDir} asks for no scripts and styles: nothing to measure`)
  const all = readdirSync(join(distDir, 'assets')).map(name => `assets/${name}`)
  const sdk = all.filter(file => /\/sdk-[\w-]+\.js$/.test(file))
  if (sdk.length !== 1)
    throw new Error(`expected dingtalk-jsapi in one chunk, found ${sdk.length}`)
  const css = first.filter(file => file.endsWith('.css'))

  const size = (files: readonly string[]) => files.reduce((sum, file) => sum + gzipSync(readFileSync(join(distDir, file)), { level: 9 }).length, 0)
  const row = (what: string, files: readonly string[], budgetBytes: number | null): SizeRow => ({
    what,
    files: files.length,
    gzipBytes: size(files),
    budgetBytes,
  })
  return [
    row('first screen (login and workbench), JS and CSS', first, 100 * kB),
    row('… of which CSS', css, null),
    row('index.html with its inline script and skeleton', ['index.html'], null),
    row('dingtalk-jsapi, when a login is needed', sdk, 22 * kB),
    row(
      'everything there is, JS and CSS',
      all.filter(file => /\.(?:js|css)$/.test(file)),
      null,
    ),
  ]
}

/** Icon fonts cost a third of Vant's CSS; none may come back. @returns stylesheets with a font face */
export function stylesheetsWithFonts(distDir = 'dist'): string[] {
  const folder = join(distDir, 'assets')
  return readdirSync(folder).filter(name => name.endsWith('.css') && readFileSync(join(folder, name), 'utf8').includes('@font-face'))
}
