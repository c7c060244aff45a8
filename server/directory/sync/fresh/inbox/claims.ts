import type { Db } from '../../../../db/index.ts'
import type { InboxEvent } from './sort.ts'
import { and, eq, inArray, lt, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../../../db/index.ts'
import { textList } from '../../../../db/lists.ts'
import { longestPauseMs } from './backoff.ts'

const { platformEvent } = tables

export interface ClaimedEvent extends InboxEvent {
  /** This one included. */
  attempts: number
}

const data = z.object({ corpId: z.string(), userids: z.array(z.string()), deptIds: z.array(z.number()) })

/** Events of one go. */
const atMost = 20_000

/**
 * Takes the waiting events for `leaseMs`, in which no other instance takes them; a process that dies gives them back by
 * that. Row locks keep instances that claim at the same moment apart. What would wait longer than anything may is due as
 * well: the database's clock was set back.
 */
export async function claimEvents(db: Db, leaseMs: number): Promise<ClaimedEvent[]> {
  const due = db
    .select({ id: platformEvent.id })
    .from(platformEvent)
    .where(and(eq(platformEvent.status, 'new'), sql`${platformEvent.nextAttemptAt} not between now() + interval '1 microsecond' and ${after(leaseMs + longestPauseMs)}`))
    .orderBy(platformEvent.receivedAt)
    .limit(atMost)
    .for('update', { skipLocked: true })
  const claimed = await db
    .update(platformEvent)
    .set({ attempts: sql`${platformEvent.attempts} + 1`, nextAttemptAt: after(leaseMs) })
    .where(inArray(platformEvent.id, due))
    .returning({ id: platformEvent.id, type: platformEvent.type, data: platformEvent.data, attempts: platformEvent.attempts })
  return claimed.map(({ data: stored, ...event }) => ({ ...event, ...data.parse(stored) }))
}

/** Keeps claimed events for another `leaseMs`. */
export async function renewClaims(db: Db, ids: readonly string[], leaseMs: number): Promise<void> {
  await db
    .update(platformEvent)
    .set({ nextAttemptAt: after(leaseMs) })
    .where(still(ids))
}

/** Gives events back, to be taken again after `pauseMs`. `forgetAttempt`: nothing was tried. */
export async function releaseEvents(
  db: Db,
  ids: readonly string[],
  pauseMs: number,
  { forgetAttempt = false, error }: { forgetAttempt?: boolean, error?: string } = {},
): Promise<void> {
  await db
    .update(platformEvent)
    .set({
      nextAttemptAt: after(pauseMs),
      ...(forgetAttempt && { attempts: sql`greatest(${platformEvent.attempts} - 1, 0)` }),
      ...(error !== undefined && { error }),
    })
    .where(still(ids))
}

/** These are through. `error`: why they were ignored, or failed. */
export async function settleEvents(
  db: Db,
  ids: readonly string[],
  outcome: { status: 'done' | 'ignored' | 'failed', error?: string, runId?: string | undefined },
): Promise<void> {
  if (ids.length === 0)
    return
  await db
    .update(platformEvent)
    .set({ status: outcome.status, error: outcome.error ?? null, runId: outcome.runId ?? null, processedAt: sql`now()` })
    .where(still(ids))
}

/** Takes back what a process that is gone had taken; only for a database nobody else uses. */
export async function freeClaims(db: Db): Promise<void> {
  await db
    .update(platformEvent)
    .set({ nextAttemptAt: sql`now()` })
    .where(and(eq(platformEvent.status, 'new'), sql`${platformEvent.nextAttemptAt} > now()`))
}

/** Removes what is long through. Far longer than a push may be replayed, so that a replayed one is still known. */
export async function sweepEvents(db: Db): Promise<void> {
  await db.delete(platformEvent).where(and(ne(platformEvent.status, 'new'), lt(platformEvent.receivedAt, sql`now() - interval '30 days'`)))
}

function still(ids: readonly string[]) {
  return and(eq(platformEvent.status, 'new'), sql`${platformEvent.id} in ${textList(ids)}`)
}

function after(ms: number) {
  return sql`now() + ${ms}::double precision * interval '1 millisecond'`
}
