import type { Plugin } from 'vite'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const toBrotli = promisify(brotliCompress)
const toGzip = promisify(gzip)

/** Writes `.br` and `.gz` beside every hashed text asset, so that the BFF never compresses while serving. */
export function compress(): Plugin {
  let outDir = 'dist'
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir
    },
    async closeBundle() {
      const folder = join(outDir, 'assets')
      const names = await readdir(folder).catch(() => [])
      await Promise.all(names.filter(name => /\.(?:js|css|svg)$/.test(name)).map(name => compressFile(join(folder, name))))
    },
  }
}

async function compressFile(path: string) {
  const raw = await readFile(path)
  const [br, gz] = await Promise.all([
    toBrotli(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length } }),
    toGzip(raw, { level: 9 }),
  ])
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)])
}
