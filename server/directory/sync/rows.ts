import type { SQL } from 'drizzle-orm'
import type { Db } from '../../db/index.ts'
import { sql } from 'drizzle-orm'
import { breathe } from '../../db/breathe.ts'

/** Rows of one fetch: what the driver holds beside what is made of them. Each fetch is a round trip. */
const pageSize = 4000

/** A row of few values, because the driver is slow with many: an id where it has a meaning, and a text. */
export interface Row {
  id: string
  line: string
}

/**
 * Reads a query of an id and a text, a page at a time; within a transaction, because a cursor lives in one. The database
 * reads the next page while this one is taken.
 */
export async function eachRow(tx: Db, query: SQL, take: (row: Row) => void): Promise<void> {
  await tx.execute(sql`declare sync_state no scroll cursor for select q.id, q.line from (${query}) as q(id, line)`)
  const fetch = async () => ((await tx.execute(sql.raw(`fetch ${pageSize} from sync_state`))) as unknown as { rows: Row[] }).rows
  for (let coming = fetch(); ;) {
    const rows = await coming
    const last = rows.length < pageSize
    if (!last) {
      coming = fetch()
      // Awaited in the next round; a failure must not count as unhandled until then.
      coming.catch(() => {})
    }
    rows.forEach(take)
    if (last)
      break
    await breathe()
  }
  await tx.execute(sql`close sync_state`)
}
