import type { RecordKind } from '#contract/crm/kinds.ts'
import type { Db } from '../../../db/index.ts'
import type { StoredRecord } from '../kinds/index.ts'
import { tables } from '../../../db/index.ts'

const { ownerHistory } = tables

/** Remembers who had these records until now, and by whom they were passed on. */
export async function rememberOwner(tx: Db, kind: RecordKind, before: readonly StoredRecord[], { by, at }: { by: { id: string } | null, at: Date }): Promise<void> {
  if (before.length > 0)
    await tx.insert(ownerHistory).values(before.map(({ id, ownerId, ownedSince }) => ({ kind, recordId: id, ownerId, since: ownedSince, until: at, byId: by?.id ?? null })))
}
