import type { Database } from '../../server/db/index.ts'
import { freshEmbedded, freshServer, serverReachable } from './database.ts'

/** The databases a suite runs on: the embedded one always, a Postgres server when there is one. */
export const engines: Array<{ engine: string, open: () => Promise<Database> }> = [
  { engine: 'embedded Postgres', open: freshEmbedded },
  ...((await serverReachable()) ? [{ engine: 'a Postgres server', open: freshServer }] : []),
]
