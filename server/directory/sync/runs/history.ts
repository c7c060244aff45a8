import type { runsQuery, SyncSettings } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { RunRecord } from './store.ts'
import { and, desc, eq, inArray, isNotNull, ne, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../../db/index.ts'
import { readCursor, writeCursor } from '../../../http/cursor.ts'

const { syncRun } = tables

const position = z.object({ at: z.iso.datetime(), id: z.uuid() })

/** Runs, newest first, a page at a time; `waiting` are those somebody can apply or discard. */
export async function pageOfRuns(db: Db, { cursor, limit, status }: z.output<typeof runsQuery>): Promise<{ runs: RunRecord[], nextCursor: string | null, total: number, lastChange: string | null }> {
  // A cursor carries milliseconds, the column more.
  const at = sql`date_trunc('milliseconds', ${syncRun.startedAt})`
  const wanted = status && inArray(syncRun.status, ['planned', 'stopped'])
  const after = readCursor(position, cursor)
  const rows = await db
    .select()
    .from(syncRun)
    .where(and(wanted, after && sql`(${at}, ${syncRun.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`))
    .orderBy(desc(at), desc(syncRun.id))
    .limit(limit + 1)
  const [changed] = await db.select({ id: syncRun.id }).from(syncRun).where(and(eq(syncRun.status, 'succeeded'), isNotNull(syncRun.finishedAt))).orderBy(desc(syncRun.finishedAt)).limit(1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { runs: rows.slice(0, limit), nextCursor: last ? writeCursor({ at: last.startedAt.toISOString(), id: last.id }) : null, total: await db.$count(syncRun, wanted), lastChange: changed?.id ?? null }
}

/**
 * Removes what is older than the settings keep: plans that never became anything after `plansDays`, everything after
 * `runsDays`. The latest run that read the authorized scope stays, because pages tell of it.
 */
export async function pruneRuns(db: Db, { plansDays, runsDays }: SyncSettings['retention']): Promise<number> {
  const older = (days: number) => sql`${syncRun.startedAt} < now() - make_interval(days => ${days}::int)`
  const removed = await db
    .delete(syncRun)
    .where(
      and(
        ne(syncRun.status, 'running'),
        or(older(runsDays), and(ne(syncRun.status, 'succeeded'), older(plansDays))),
        sql`${syncRun.id} is distinct from (select r.id from ${syncRun} r where r.scope is not null order by r.started_at desc limit 1)`,
      ),
    )
    .returning({ id: syncRun.id })
  return removed.length
}
