import type { Db } from '../../../db/index.ts'
import type { Targets } from './target-reading.ts'
import { and, eq, gt, inArray, isNull, max, or, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

const { department, syncChange, syncRun } = tables

/** Runs of single people and departments; complete ones that events asked for have a scope. They follow what DingTalk says by now. */
const isTargeted = and(inArray(syncRun.trigger, ['events', 'background']), isNull(syncRun.scope), inArray(syncRun.status, ['succeeded', 'stopped', 'outdated']))

/**
 * The newest run that followed events. They write one after the other (binding-locks.ts), so whatever comes later has a
 * higher number, also when a clock is set back.
 */
export async function lastTargeted(db: Db): Promise<number> {
  const [last] = await db.select({ number: max(syncRun.number) }).from(syncRun).where(isTargeted)
  return last?.number ?? 0
}

/** Whom and what events have changed after the run of this number. */
export async function targetedSince(tx: Db, number: number): Promise<Targets> {
  const rows = await tx
    .selectDistinct({
      userid: syncChange.userid,
      deptId: sql<number | null>`coalesce(${department.dingtalkId}, (${syncChange.before}->>'deptId')::bigint)`.mapWith(Number),
    })
    .from(syncChange)
    .innerJoin(syncRun, eq(syncRun.id, syncChange.runId))
    .leftJoin(department, eq(department.id, syncChange.targetId))
    .where(
      and(
        isTargeted,
        gt(syncRun.number, number),
        // Who waits for a decision is not forgotten by a run that read them before.
        or(eq(syncChange.status, 'applied'), eq(syncChange.kind, 'conflict')),
      ),
    )
  return {
    userids: [...new Set(rows.flatMap(({ userid }) => userid ?? []))],
    deptIds: [...new Set(rows.flatMap(({ userid, deptId }) => (userid === null && deptId ? deptId : [])))],
  }
}
