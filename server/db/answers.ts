import type { Database } from './index.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'

/** How long the embedded database may keep somebody waiting before it counts as busy. */
const busyAfterMs = 1000

/**
 * Asks the database whether it is there. The embedded one serves one transaction at a time, all of them of this process:
 * while a long one holds it, it is busy and not gone.
 * @throws when it does not answer
 */
export async function answers({ db, engine }: Pick<Database, 'db' | 'engine'>): Promise<'ready' | 'busy'> {
  const answer = db.execute(sql`select 1`).then(() => 'ready' as const)
  if (engine === 'server')
    return answer
  const stop = new AbortController()
  const patience = wait(busyAfterMs, 'busy' as const, { signal: stop.signal, ref: false }).catch(() => 'busy' as const)
  try {
    return await Promise.race([answer, patience])
  }
  finally {
    stop.abort()
    answer.catch(() => {})
  }
}
