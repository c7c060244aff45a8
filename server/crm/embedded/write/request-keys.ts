import type { RecordKind } from '#contract/crm/kinds.ts'
import type { Db } from '../../../db/index.ts'
import { and, eq, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

const { requestKey } = tables

/**
 * Remembers that this request makes that record. When the same request came before (a draft sent again when the
 * network was back), answers what it made then; one under way at the same time is waited for.
 */
export async function firstTime(tx: Db, given: { accountId: string, key: string | undefined, kind: RecordKind, recordId: string, at: Date }): Promise<{ made: string } | undefined> {
  if (given.key === undefined)
    return undefined
  const { accountId, key, kind, recordId } = given
  const [claimed] = await tx.insert(requestKey).values({ accountId, key, kind, recordId, createdAt: given.at }).onConflictDoNothing().returning()
  if (claimed)
    return undefined
  const [before] = await tx
    .select({ id: requestKey.recordId })
    .from(requestKey)
    .where(and(eq(requestKey.accountId, accountId), eq(requestKey.key, key), eq(requestKey.kind, kind)))
  return before && { made: before.id }
}

/** Drafts wait days for a network, not months. */
export async function forgetOldKeys(db: Db, now: Date): Promise<void> {
  await db.delete(requestKey).where(sql`${requestKey.createdAt} < ${new Date(now.getTime() - 30 * 24 * 3_600_000).toISOString()}::timestamptz`)
}
