import type { FreshParts } from './parts.ts'
import { and, eq } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

/** More newcomers than this in one run did not join today: the scope was widened, or it is the first run. */
const joiningAtMost = 200

type WelcomeParts = Pick<FreshParts, 'db' | 'readSettings' | 'welcome' | 'log'>

/** Has the people welcomed for whom this run made an account, if the settings say so. Never throws: nobody's account depends on it. */
export async function welcomeNewcomers({ db, readSettings, welcome, log }: WelcomeParts, runId: string): Promise<void> {
  try {
    if (!(await readSettings()).welcome)
      return
    const { binding, syncChange } = tables
    const rows = await db
      .select({ accountId: binding.accountId })
      .from(syncChange)
      .innerJoin(binding, eq(binding.userid, syncChange.userid))
      .where(and(eq(syncChange.runId, runId), eq(syncChange.kind, 'account.create'), eq(syncChange.status, 'applied')))
    if (rows.length > joiningAtMost) {
      log.info({ run: runId, people: rows.length }, 'too many newcomers at once, nobody is welcomed')
      return
    }
    if (rows.length > 0)
      await db.transaction(tx => welcome(tx, runId, rows.map(({ accountId }) => accountId)))
  }
  catch (error) {
    log.warn({ err: error, run: runId }, 'newcomers could not be welcomed')
  }
}
