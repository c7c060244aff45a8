import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** @throws {Error} when the H5 has not been built into this folder */
export function requireBuild(distDir: string): void {
  if (!existsSync(join(distDir, 'index.html')))
    throw new Error(`there is no build of the H5 in ${distDir}: run "npm run build" first`)
}
