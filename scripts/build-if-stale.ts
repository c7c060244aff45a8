import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

const sources = ['src', 'server/contract', 'index.html', 'vite.config.ts', 'package-lock.json']
const built = 'dist/index.html'

/** Builds the H5 unless the last build is newer than everything it is made from. */
export function buildIfStale(): void {
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...sources.map(newest)))
    return
  console.log('Building the H5 …')
  const { status, error } = spawnSync('vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit', shell: process.platform === 'win32' })
  if (error)
    console.error(`vite could not be started (${error.message}): use the npm scripts, which have it on their path.`)
  if (status !== 0)
    process.exit(status ?? 1)
}

function newest(path: string): number {
  if (!statSync(path).isDirectory())
    return statSync(path).mtimeMs
  return Math.max(0, ...readdirSync(path).map(name => newest(join(path, name))))
}
