import type { RecordKind } from '#contract/crm/kinds.ts'
import type { Db } from '../../../db/index.ts'
import { eq } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

const { collaborator } = tables

/** Nobody is shared more than this; the most recent ones count. */
const most = 2000

/** Ids of the records shared with somebody, by kind; one index read, mostly of nothing. */
export async function sharedWith(db: Db, accountId: string): Promise<Map<RecordKind, string[]>> {
  const rows = await db
    .select({ kind: collaborator.kind, id: collaborator.recordId })
    .from(collaborator)
    .where(eq(collaborator.accountId, accountId))
    .limit(most)
  const found = new Map<RecordKind, string[]>()
  for (const { kind, id } of rows) found.set(kind, [...(found.get(kind) ?? []), id])
  return found
}
