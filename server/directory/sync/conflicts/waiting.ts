import type { Db } from '../../../db/index.ts'
import { isNull } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { storedCandidates } from './stored.ts'

const { syncConflict } = tables

/** The accounts that members waiting for a decision might belong to. */
export async function accountIdsInConflict(db: Db): Promise<string[]> {
  const rows = await db.select({ candidates: syncConflict.candidates }).from(syncConflict).where(isNull(syncConflict.action))
  return [...new Set(rows.flatMap(({ candidates }) => storedCandidates.parse(candidates).ids))]
}
