import type { PgliteDatabase } from 'drizzle-orm/pglite'
import type * as schema from './schema/index.ts'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runOnServer } from 'drizzle-orm/node-postgres/migrator'
import { migrate as runEmbedded } from 'drizzle-orm/pglite/migrator'
import pg from 'pg'

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

/** Any number works as long as every version of this program uses the same one. */
const migrationLock = 730_150_201

const oldestServer = 150_000

export async function migrateEmbedded(db: PgliteDatabase<typeof schema>): Promise<void> {
  await runEmbedded(db, { migrationsFolder })
}

/** Instances that start together take turns: the first migrates, the others find nothing to do. */
export async function migrateServer(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num')
    if (Number(rows[0]?.server_version_num) < oldestServer)
      throw new Error(`PostgreSQL 15 or newer is needed; this server reports ${rows[0]?.server_version_num}`)
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    await runOnServer(drizzle(client), { migrationsFolder })
  }
  finally {
    // Closing the connection releases the advisory lock, also after an error.
    await client.end()
  }
}
