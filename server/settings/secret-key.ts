import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The key everything secret is sealed with: SECRET_KEY, or, for the embedded default only, one
 * generated into DATA_DIR at the first start. It is not in the database, so a copy of the database alone opens nothing.
 */
export function loadSecretKey(env: { SECRET_KEY?: string | undefined, DATA_DIR: string }): string {
  if (env.SECRET_KEY)
    return env.SECRET_KEY
  const file = join(env.DATA_DIR, 'secret.key')
  if (!existsSync(file)) {
    mkdirSync(env.DATA_DIR, { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(file, 'utf8').trim()
}
