import type { Db } from '../../../db/index.ts'
import type { FreshParts } from './parts.ts'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { targetedAtMost } from './inbox/process.ts'

const { account, binding, setting } = tables
const key = 'sync.managers'

/** Everybody is asked about once within this time, in hourly portions. */
const roundHours = 7 * 24
const hourMs = 3600_000
/** How soon a portion that met a run under way is tried again. */
const busyPauseMs = 5 * 60_000

/** `after`: the userid asked about last; `dueAt`: when the next ones are (milliseconds since 1970). */
const row = z.object({ after: z.string(), dueAt: z.number().default(0) })

type ManagersParts = Pick<FreshParts, 'db' | 'runs' | 'readSettings' | 'credentials' | 'log'>

/**
 * Learns direct managers in the background, where the settings want them: only user/get tells (dingtalk-server-api
 * §4.5), so complete runs ask about new and changed people alone, and the rest have their turn here, once an hour over
 * all instances.
 */
export async function keepManagers({ db, runs, readSettings, credentials, log }: ManagersParts, now = Date.now()): Promise<void> {
  const { enabled, directManager } = await readSettings()
  if (!enabled || !directManager || !(await credentials()))
    return
  const { portion, before } = await claim(db, now)
  if (portion.length === 0)
    return
  try {
    const { runId } = await runs.applyTargeted({ userids: portion, deptIds: [] }, 'background')
    log.info({ run: runId, people: portion.length }, 'asked about direct managers')
  }
  catch (error) {
    await db.update(setting).set({ value: { after: before, dueAt: now + busyPauseMs } }).where(eq(setting.key, key))
    if (!(error instanceof AppError))
      throw error
  }
}

/** Whose turn it is, and after whom; another instance finds that the next ones are due in an hour. */
async function claim(db: Db, now: number): Promise<{ portion: string[], before: string }> {
  return db.transaction(async (tx) => {
    await tx.insert(setting).values({ key, value: { after: '', dueAt: 0 } }).onConflictDoNothing()
    const [stored] = await tx.select({ value: setting.value }).from(setting).where(eq(setting.key, key)).for('update')
    const { after, dueAt } = row.parse(stored?.value)
    // A clock that was set back must not keep everybody waiting.
    if (dueAt > now && dueAt <= now + hourMs)
      return { portion: [], before: after }
    const bound = and(eq(account.status, 'active'), eq(binding.state, 'present'))
    const people = tx.select({ userid: binding.userid }).from(binding).innerJoin(account, eq(account.id, binding.accountId))
    const inOrder = sql`${binding.userid} collate "C"`
    const [all] = await tx.select({ count: sql<number>`count(*)::int` }).from(binding).innerJoin(account, eq(account.id, binding.accountId)).where(bound)
    const size = Math.min(targetedAtMost, Math.ceil((all?.count ?? 0) / roundHours))
    const next = await people.where(and(bound, gt(inOrder, after))).orderBy(asc(inOrder)).limit(size)
    const portion = next.map(({ userid }) => userid)
    // Past the last one, the next portion begins anew.
    await tx.update(setting).set({ value: { after: portion.length < size ? '' : portion.at(-1) ?? '', dueAt: now + hourMs } }).where(eq(setting.key, key))
    return { portion, before: after }
  })
}
