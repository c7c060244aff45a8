import type { DeliverySettings } from '#contract/delivery/index.ts'
import type { Db } from '../../db/index.ts'
import type { DeliveryParts } from '../parts.ts'
import type { Recent } from './room.ts'
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../db/index.ts'
import { latestOf } from '../days.ts'
import { lockQueue } from '../queue/state.ts'
import { guard } from './guard.ts'
import { mayLeaveAt, minuteMs, receiversOfCall, secondMs } from './room.ts'

const { notification, notificationCall, notificationSending } = tables

/** A call that is to be made now; in the database it counts as made. */
export interface ClaimedCall {
  id: string
  payload: string
  userids: string[]
  deptIds: number[] | null
  receivers: number
  priority: number
  attempts: number
  createdAt: Date
}

export type Claim
  = { kind: 'call', call: ClaimedCall }
  /** Some of it was settled without a call. */
    | { kind: 'more' }
  /** Nothing to do, or not before `at`. */
    | { kind: 'none', at?: number }

const recentRow = z.object({
  rows: z.array(
    z.object({
      minute: z.coerce.number(),
      minute_oldest: z.coerce.date().nullable(),
      second: z.coerce.number(),
      second_oldest: z.coerce.date().nullable(),
    }),
  ),
})

async function readRecent(tx: Db, now: number): Promise<Recent> {
  const since = (ms: number) => sql`${new Date(now - ms).toISOString()}::timestamptz`
  const [row] = recentRow.parse(await tx.execute(sql`
    select coalesce(sum(receivers), 0) as minute, min(called_at) as minute_oldest,
      coalesce(sum(receivers) filter (where called_at > ${since(secondMs)}), 0) as second,
      min(called_at) filter (where called_at > ${since(secondMs)}) as second_oldest
    from notification_call where called_at > ${since(minuteMs)}`)).rows
  return {
    minute: row?.minute ?? 0,
    minuteOldest: row?.minute_oldest?.getTime() ?? now,
    second: row?.second ?? 0,
    secondOldest: row?.second_oldest?.getTime() ?? now,
  }
}

/** `only`: this message, whatever stands in the way of the others; for tests to oneself. */
export async function claimCall(parts: DeliveryParts, settings: DeliverySettings, saving: boolean, only?: string): Promise<Claim> {
  const now = parts.now()
  return parts.db.transaction(async (tx) => {
    if ((await lockQueue(tx, now)) && !only)
      return { kind: 'none' }
    const recent = await readRecent(tx, now)
    if (!only) {
      const [waiting] = await tx
        .select()
        .from(notificationCall)
        .where(and(eq(notificationCall.state, 'waiting'), lte(notificationCall.nextAttemptAt, new Date(now))))
        .orderBy(asc(notificationCall.priority), asc(notificationCall.nextAttemptAt))
        .limit(1)
        .for('update', { skipLocked: true })
      if (waiting) {
        const at = mayLeaveAt(waiting.receivers, recent, settings, now)
        return at > now ? { kind: 'none', at } : { kind: 'call', call: await leave(tx, waiting, parts) }
      }
    }
    return compose(tx, parts, settings, recent, { only, held: saving ? new Date(latestOf(settings.saving.times, now)) : undefined })
  })
}

interface Choice {
  only: string | undefined
  /** Saving mode: what was written after this moment waits for the next digest. */
  held: Date | undefined
}

/** The next message that is due, with everybody else who gets the same. */
async function compose(tx: Db, parts: DeliveryParts, settings: DeliverySettings, recent: Recent, { only, held }: Choice): Promise<Claim> {
  const now = parts.now()
  const due = only
    ? and(eq(notification.id, only), eq(notification.state, 'queued'))
    : and(
        eq(notification.state, 'queued'),
        lte(notification.dueAt, new Date(now)),
        sql`${notification.gatherKey} is null`,
        held && sql`(${notification.priority} = 0 or ${notification.kind} = 'digest' or ${notification.createdAt} < ${held.toISOString()}::timestamptz)`,
      )
  const [head] = await tx
    .select()
    .from(notification)
    .where(due)
    .orderBy(asc(notification.priority), asc(notification.dueAt), asc(notification.createdAt))
    .limit(1)
    .for('update', { skipLocked: true })
  if (!head)
    return { kind: 'none' }
  const mates = head.accountId === null || only
    ? [head]
    : await tx
        .select()
        .from(notification)
        .where(and(due, eq(notification.contentHash, head.contentHash), sql`${notification.accountId} is not null`))
        .orderBy(asc(notification.priority), asc(notification.dueAt), asc(notification.createdAt))
        .limit(receiversOfCall(settings))
        .for('update', { skipLocked: true })
  const receivers = head.accountId === null ? head.receivers : mates.length
  const at = only ? now : mayLeaveAt(receivers, recent, settings, now)
  if (at > now)
    return { kind: 'none', at }
  const ready = head.accountId === null ? [{ id: head.id, userid: null }] : await guard(tx, mates.map(({ id }) => id), now)
  if (ready.length === 0)
    return { kind: 'more' }
  const [content] = await tx
    .select({ payload: notificationSending.payload })
    .from(notificationSending)
    .where(eq(notificationSending.id, head.sendingId))
  const [call] = await tx
    .insert(notificationCall)
    .values({
      kind: head.kind,
      priority: head.priority,
      payload: content!.payload,
      userids: ready.flatMap(({ userid }) => userid ?? []),
      deptIds: head.deptIds,
      receivers: head.accountId === null ? head.receivers : ready.length,
      state: 'waiting',
      nextAttemptAt: new Date(now),
      createdAt: new Date(now),
    })
    .returning()
  const members = JSON.stringify(ready)
  await tx.execute(sql`update notification n set state = 'sending', call_id = ${call!.id}::uuid, userid = r.userid,
    attempts = n.attempts + 1, reason = null, detail = null
    from jsonb_to_recordset(${members}::jsonb) as r(id uuid, userid text) where n.id = r.id`)
  return { kind: 'call', call: await leave(tx, call!, parts) }
}

/**
 * Written down before it is made: a process that dies from here on leaves it as possibly delivered. A message counts for the
 * day on which its call leaves, not for the one on which it was first tried.
 */
async function leave(tx: Db, call: typeof notificationCall.$inferSelect, { now, timings }: DeliveryParts): Promise<ClaimedCall> {
  const at = now()
  await tx
    .update(notificationCall)
    .set({ state: 'calling', attempts: call.attempts + 1, calledAt: new Date(at), leaseUntil: new Date(at + timings.leaseMs) })
    .where(eq(notificationCall.id, call.id))
  await tx.update(notification).set({ sentAt: new Date(at) }).where(and(eq(notification.callId, call.id), eq(notification.state, 'sending')))
  return { ...call, attempts: call.attempts + 1 }
}

/** Whether anything may be due; a look that takes no lock. */
export async function anythingDue(db: Db, now: number): Promise<boolean> {
  const moment = sql`${new Date(now).toISOString()}::timestamptz`
  const { rows } = z.object({ rows: z.array(z.object({ due: z.boolean() })) }).parse(await db.execute(sql`
    select exists (select 1 from notification where state = 'queued' and due_at <= ${moment})
      or exists (select 1 from notification_call where state = 'waiting' and next_attempt_at <= ${moment}) as due`))
  return rows[0]?.due ?? false
}
