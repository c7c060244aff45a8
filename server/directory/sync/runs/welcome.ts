import type { Db } from '../../../db/index.ts'
import type { RunParts } from './parts.ts'
import type { RunRecord } from './store.ts'
import { and, eq, ne } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

const { binding, syncChange, syncRun } = tables

/** More newcomers than this in one run did not join today: the scope was widened, or it is the first run. */
const joiningAtMost = 200

/**
 * Has the people welcomed for whom a run made an account, if the settings say so, within the transaction that records
 * its end; whatever started it, and whoever approved it.
 */
export async function welcomeNewcomers(tx: Db, { readSettings, welcome, log }: Pick<RunParts, 'readSettings' | 'welcome' | 'log'>, { id, mode, status }: RunRecord): Promise<void> {
  if (!welcome || mode === 'undo' || status !== 'succeeded' || !(await readSettings(tx)).welcome || (await isFirst(tx, id)))
    return
  const rows = await tx
    .select({ accountId: binding.accountId })
    .from(syncChange)
    .innerJoin(binding, eq(binding.userid, syncChange.userid))
    .where(and(eq(syncChange.runId, id), eq(syncChange.kind, 'account.create'), eq(syncChange.status, 'applied')))
  if (rows.length > joiningAtMost)
    log.info({ run: id, people: rows.length }, 'too many newcomers at once, nobody is welcomed')
  else if (rows.length > 0)
    await welcome(tx, id, rows.map(({ accountId }) => accountId))
}

/** Whoever is there when the first run comes has not just joined. */
async function isFirst(tx: Db, runId: string): Promise<boolean> {
  return (await tx.$count(syncRun, and(eq(syncRun.status, 'succeeded'), ne(syncRun.mode, 'undo'), ne(syncRun.id, runId)))) === 0
}
