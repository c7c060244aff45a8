import type { RecordKind } from '#contract/crm/kinds.ts'
import type { Db } from '../../../db/index.ts'
import { and, eq, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { invalid } from '../../../http/app-error.ts'

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
  const before = await madeBefore(tx, accountId, key, kind)
  // The key named another kind of record: the client's mistake, and no reason to make this one.
  if (before === undefined)
    throw invalid([{ path: 'requestKey', message: 'invalid' }])
  return { made: before }
}

/** What a request made when it came before; asked ahead of all checks, which its own record might fail by now. */
export async function madeBefore(db: Db, accountId: string, key: string | undefined, kind: RecordKind): Promise<string | undefined> {
  if (key === undefined)
    return undefined
  const [before] = await db
    .select({ id: requestKey.recordId })
    .from(requestKey)
    .where(and(eq(requestKey.accountId, accountId), eq(requestKey.key, key), eq(requestKey.kind, kind)))
  return before?.id
}

/** Drafts wait days for a network, not months. */
export async function forgetOldKeys(db: Db, now: Date): Promise<void> {
  await db.delete(requestKey).where(sql`${requestKey.createdAt} < ${new Date(now.getTime() - 30 * 24 * 3_600_000).toISOString()}::timestamptz`)
}
