import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export class DataDirInUseError extends Error {
  override name = 'DataDirInUseError'
}

/**
 * Takes the data directory for this process. Embedded Postgres loses rows silently when two
 * processes open the same directory, so the second one must stop. SQLite's file lock serves as the
 * lock: the operating system drops it when the process dies, however it dies, so none is ever stale.
 * @returns the function that releases it
 * @throws {DataDirInUseError} when another process holds it
 */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = new DatabaseSync(join(dataDir, 'lock'))
  try {
    lock.exec('BEGIN EXCLUSIVE')
  }
  catch (error) {
    lock.close()
    throw new DataDirInUseError(
      `${dataDir} is in use by another process. Stop it first, give this one another DATA_DIR, or use a Postgres server (DATABASE_URL) to run several.`,
      { cause: error },
    )
  }
  return () => lock.close()
}
