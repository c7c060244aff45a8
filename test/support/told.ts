import type { Db } from '../../server/db/index.ts'
import { tables } from '../../server/db/index.ts'
import { until } from './until.ts'

/** Resolves when everybody has been told of what happened. `everyMs`: how exactly that moment has to be met. */
export async function allTold(db: Db, everyMs?: number): Promise<void> {
  await until(async () => (await db.$count(tables.messageNotice)) === 0, undefined, everyMs)
}
