import type { Db } from '../../../db/index.ts'
import { and, eq, isNull, lt } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

const keptMs = 30 * 24 * 3600 * 1000

/** Creates by the client's key, kept for a month: a draft sent twice makes one record. */
export function createRequests({ db }: { db: Db }) {
  const { cordysRequest } = tables
  const same = (accountId: string, key: string) => and(eq(cordysRequest.accountId, accountId), eq(cordysRequest.key, key))
  return {
    /** Claims a key. `earlier` is the create that has it: done where it has a record, else of an unknown end. */
    async claim(accountId: string, key: string, kind: string): Promise<{ earlier?: { recordId: string | null, at: Date } }> {
      await db.delete(cordysRequest).where(lt(cordysRequest.createdAt, new Date(Date.now() - keptMs)))
      const claimed = await db.insert(cordysRequest).values({ accountId, key, kind }).onConflictDoNothing().returning({ key: cordysRequest.key })
      if (claimed.length > 0)
        return {}
      const [row] = await db.select().from(cordysRequest).where(same(accountId, key))
      return row ? { earlier: { recordId: row.recordId, at: row.createdAt } } : {}
    },
    async done(accountId: string, key: string, recordId: string): Promise<void> {
      await db.update(cordysRequest).set({ recordId }).where(same(accountId, key))
    },
    /** Gives the key back: Cordys certainly made nothing. */
    async release(accountId: string, key: string): Promise<void> {
      await db.delete(cordysRequest).where(and(same(accountId, key), isNull(cordysRequest.recordId)))
    },
  }
}

export type Requests = ReturnType<typeof createRequests>
