import type { Database } from '../../server/db/index.ts'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import pg from 'pg'
import { openDatabase } from '../../server/db/index.ts'
import { migrateEmbedded } from '../../server/db/migrate.ts'
import * as schema from '../../server/db/schema/index.ts'

const serverUrl = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** A directory of its own for one test file. */
export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'crm-data-'))
}

/** A migrated embedded database of its own, with the directory it lives in; closing it removes both. */
export async function freshEmbedded(): Promise<Database & { dataDir: string }> {
  const dataDir = temporaryDirectory()
  const database = await openDatabase({ dataDir, preload: await migratedDump() })
  return {
    ...database,
    dataDir,
    close: async () => {
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A new data directory takes seconds, so it is made once for each state of the migrations and then copied. */
async function migratedDump(): Promise<Blob> {
  const folder = new URL('../../server/db/migrations/', import.meta.url)
  const key = createHash('sha256')
  for (const name of readdirSync(folder)
    .filter(name => name.endsWith('.sql'))
    .sort())
    key.update(readFileSync(new URL(name, folder)))
  // The same statements generated anew are another migration to the migrator, which goes by their time.
  key.update(readFileSync(new URL('meta/_journal.json', folder)))
  const file = join(tmpdir(), `crm-migrated-${key.digest('hex').slice(0, 16)}.tar`)
  if (!existsSync(file)) {
    const client = await PGlite.create()
    await migrateEmbedded(drizzle(client, { schema }))
    const dump = await client.dumpDataDir('none')
    await client.close()
    // Another test file may be doing the same; the rename makes either result whole.
    const own = `${file}.${randomBytes(4).toString('hex')}`
    writeFileSync(own, Buffer.from(await dump.arrayBuffer()))
    renameSync(own, file)
  }
  return new Blob([readFileSync(file)])
}

let reachable: Promise<boolean> | undefined

/** Whether tests that need a Postgres server can run: TEST_DATABASE_URL, or one on this machine's standard port. */
export function serverReachable(): Promise<boolean> {
  reachable ??= (async () => {
    const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 2000 })
    try {
      await client.connect()
      return true
    }
    catch {
      return false
    }
    finally {
      await client.end().catch(() => {})
    }
  })()
  return reachable
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/** The address of an empty database on the Postgres server, and how to drop it. */
export async function emptyServerDatabase(): Promise<{ url: string, drop: () => Promise<void> }> {
  const name = `crm_test_${randomBytes(6).toString('hex')}`
  await administer(`CREATE DATABASE ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => administer(`DROP DATABASE ${name} WITH (FORCE)`) }
}

/** A migrated database of its own on the Postgres server. */
export async function freshServer(): Promise<Database & { url: string }> {
  const { url, drop } = await emptyServerDatabase()
  const database = await openDatabase({ dataDir: '', databaseUrl: url })
  return {
    ...database,
    url,
    close: async () => {
      await database.close()
      await drop()
    },
  }
}
