import type { Db } from '../../db/index.ts'
import { and, eq, gt, ne, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'

const { syncChange, syncRun } = tables

/** What runs that start by themselves have removed within a day, and nobody has approved. */
export interface Recent {
  disabled: number
  departmentsRemoved: number
}

/**
 * Counted by runs of single people and departments: each alone is within the guard's limits. Somebody's approval begins
 * the count anew, because they have seen what goes on; what was taken back does not count.
 */
export async function recentRemovals(tx: Db, runId: string): Promise<Recent> {
  const since = sql`greatest(now() - interval '24 hours', (select max(a.finished_at) from ${syncRun} a where a.approved_by is not null))`
  const count = (kind: string) => sql<number>`count(*) filter (where ${syncChange.kind} = ${kind})::int`
  const [removed] = await tx
    .select({ disabled: count('account.disable'), departmentsRemoved: count('department.remove') })
    .from(syncChange)
    .innerJoin(syncRun, eq(syncRun.id, syncChange.runId))
    .where(and(eq(syncChange.status, 'applied'), sql`${syncRun.trigger} in ('events', 'background', 'schedule', 'catch_up')`, gt(syncRun.finishedAt, since), ne(syncRun.id, runId)))
  return removed ?? { disabled: 0, departmentsRemoved: 0 }
}
