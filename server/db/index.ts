import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres'
import { drizzle as drizzleEmbedded } from 'drizzle-orm/pglite'
import pg from 'pg'
import { lockDataDir } from './lock.ts'
import { migrateEmbedded, migrateServer } from './migrate.ts'
import * as schema from './schema/index.ts'

export { DataDirInUseError } from './lock.ts'
export { facetsOf } from './schema/crm/facets.ts'
export * as tables from './schema/index.ts'
export { withoutValues } from './without-values.ts'

/** The same queries run on both engines; a transaction has the same type. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>

export interface Database {
  db: Db
  engine: 'embedded' | 'server'
  close: () => Promise<void>
}

/**
 * Opens the database and brings its schema up to date: embedded Postgres in `dataDir` (taken
 * exclusively), or a Postgres server when `databaseUrl` is given. `preload` is a data directory
 * dump to start from, for tests.
 */
export async function openDatabase(options: { dataDir: string, databaseUrl?: string | undefined, preload?: Blob }): Promise<Database> {
  return options.databaseUrl ? openServer(options.databaseUrl) : openEmbedded(options.dataDir, options.preload)
}

async function openEmbedded(dataDir: string, preload?: Blob): Promise<Database> {
  const unlock = lockDataDir(dataDir)
  try {
    const client = await PGlite.create({ dataDir: join(dataDir, 'postgres'), ...(preload && { loadDataDir: preload }) })
    const db = drizzleEmbedded(client, { schema })
    await migrateEmbedded(db)
    // What it stores fits into memory, where a page costs the same wherever it lies.
    await client.exec('set random_page_cost = 1.1')
    return {
      db: db as unknown as Db,
      engine: 'embedded',
      close: async () => {
        await client.close()
        unlock()
      },
    }
  }
  catch (error) {
    unlock()
    throw error
  }
}

async function openServer(connectionString: string): Promise<Database> {
  await migrateServer(connectionString)
  const pool = new pg.Pool({ connectionString, max: 10, connectionTimeoutMillis: 10_000 })
  // An idle connection that the server closes is replaced by the pool; unhandled it would end the process.
  pool.on('error', () => {})
  return { db: drizzleServer(pool, { schema }) as unknown as Db, engine: 'server', close: () => pool.end() }
}
