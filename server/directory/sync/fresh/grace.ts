import type { Db } from '../../../db/index.ts'
import type { FreshParts } from './parts.ts'
import { and, asc, eq, isNotNull, lte, max, ne, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { targetedAtMost } from './inbox/process.ts'
import { readWanted, requestRun } from './wanted/request.ts'

const { account, binding, syncChange, syncRun } = tables

const dayMs = 86_400_000

type GraceParts = Pick<FreshParts, 'db' | 'runs' | 'readSettings' | 'credentials' | 'log'>

/**
 * Ends the grace of people who left, whether or not a schedule runs: nobody keeps access because nothing happened to
 * look. Days end by themselves; where runs are counted and no schedule makes any, there is one a day while somebody is
 * in grace.
 * @returns whether a complete run was asked for
 */
export async function keepGrace({ db, runs, readSettings, credentials, log }: GraceParts, now = Date.now()): Promise<boolean> {
  const { enabled, grace, schedule } = await readSettings()
  if (!enabled || !(await credentials()))
    return false
  if (grace.unit === 'runs' && grace.value > 0)
    return schedule.cron === null && askForRun(db, now)
  // Without any (more), whoever is still in one has had it.
  const people = await inGrace(db, new Date(now - grace.value * dayMs))
  if (people.length === 0)
    return false
  try {
    const { runId } = await runs.applyTargeted({ userids: people, deptIds: [] }, 'background')
    log.info({ run: runId, people: people.length }, 'the grace of people who left is over')
  }
  catch (error) {
    // Switched off or stopping meanwhile: the next round is soon enough.
    if (!(error instanceof AppError))
      throw error
  }
  return false
}

/** userids of active people who have been missing since then or longer, unless a plan that would disable them waits for somebody. */
async function inGrace(db: Db, since: Date): Promise<string[]> {
  const waiting = sql`exists (select from ${syncChange} join ${syncRun} on ${syncRun.id} = ${syncChange.runId}
    where ${syncChange.targetId} = ${account.id} and ${syncChange.kind} = 'account.disable' and ${syncChange.status} = 'planned' and ${syncRun.status} = 'stopped')`
  const rows = await db
    .select({ userid: binding.userid })
    .from(binding)
    .innerJoin(account, eq(account.id, binding.accountId))
    .where(and(eq(account.status, 'active'), isNotNull(binding.missingSince), lte(binding.missingSince, since), sql`not ${waiting}`))
    .orderBy(asc(binding.missingSince))
    .limit(targetedAtMost)
  return rows.map(({ userid }) => userid)
}

async function askForRun(db: Db, now: number): Promise<boolean> {
  const missing = await db
    .select({ userid: binding.userid })
    .from(binding)
    .innerJoin(account, eq(account.id, binding.accountId))
    .where(and(eq(account.status, 'active'), isNotNull(binding.missingSince)))
    .limit(1)
  if (missing.length === 0 || (await readWanted(db)))
    return false
  const [last] = await db.select({ at: max(syncRun.startedAt) }).from(syncRun).where(and(isNotNull(syncRun.scope), ne(syncRun.mode, 'preview')))
  if (last?.at && now - last.at.getTime() < dayMs)
    return false
  await requestRun(db, 'catch_up', 'somebody who left is in grace, and no schedule counts runs')
  return true
}
