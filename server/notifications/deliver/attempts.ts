import type { Db } from '../../db/index.ts'
import type { Recent } from './room.ts'
import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../db/index.ts'
import { minuteMs, secondMs } from './room.ts'

const { notificationAttempt } = tables

/** No call is under way for longer; then it is possibly delivered, and answered as far as limits go. */
const longestMs = 15 * 60_000

export interface RecentCalls extends Recent {
  /** Calls of the last minute, and those of them whose results will be asked for. */
  calls: number
  checked: number
}

const rows = z.object({
  rows: z.array(
    z.object({
      minute: z.coerce.number(),
      minute_oldest: z.coerce.date().nullable(),
      second: z.coerce.number(),
      second_oldest: z.coerce.date().nullable(),
      calls: z.coerce.number(),
      checked: z.coerce.number(),
    }),
  ),
})

/** What left lately, each attempt by itself: a call that is made again was counted before. */
export async function readRecent(tx: Db, now: number): Promise<RecentCalls> {
  const since = (ms: number) => sql`${new Date(now - ms).toISOString()}::timestamptz`
  const [row] = rows.parse(await tx.execute(sql`
    select coalesce(sum(receivers) filter (where answered_at is null or answered_at > ${since(minuteMs)}), 0) as minute,
      min(answered_at) filter (where answered_at > ${since(minuteMs)}) as minute_oldest,
      coalesce(sum(receivers) filter (where called_at > ${since(secondMs)}), 0) as second,
      min(called_at) filter (where called_at > ${since(secondMs)}) as second_oldest,
      count(*) filter (where called_at > ${since(minuteMs)}) as calls,
      count(*) filter (where checked and called_at > ${since(minuteMs)}) as checked
    from notification_attempt where called_at > ${since(longestMs)}`)).rows
  return {
    minute: row?.minute ?? 0,
    minuteOldest: row?.minute_oldest?.getTime() ?? null,
    second: row?.second ?? 0,
    secondOldest: row?.second_oldest?.getTime() ?? now,
    calls: row?.calls ?? 0,
    checked: row?.checked ?? 0,
  }
}

export async function noteAttempt(tx: Db, callId: string, receivers: number, checked: boolean, now: number): Promise<void> {
  await tx.insert(notificationAttempt).values({ callId, receivers, calledAt: new Date(now), checked })
}

/** DingTalk answered, or will not any more. */
export async function endAttempt(tx: Db, callId: string, now: number): Promise<void> {
  await tx.update(notificationAttempt).set({ answeredAt: new Date(now) }).where(underWay(callId))
}

/** It never reached DingTalk. */
export async function dropAttempt(tx: Db, callId: string): Promise<void> {
  await tx.delete(notificationAttempt).where(underWay(callId))
}

function underWay(callId: string) {
  return and(eq(notificationAttempt.callId, callId), isNull(notificationAttempt.answeredAt))
}

/** Nobody counts these any more. */
export async function forgetAttempts(db: Db, now: number): Promise<void> {
  await db.delete(notificationAttempt).where(lt(notificationAttempt.calledAt, new Date(now - 2 * longestMs)))
}
