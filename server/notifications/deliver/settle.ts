import type { Db } from '../../db/index.ts'
import type { ClaimedCall } from './claim.ts'
import { and, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { companyChanged } from '../outbox/leave-company.ts'
import { sameDayAsMaybe } from '../results/delivered.ts'
import { endAttempt } from './attempts.ts'

const { notification, notificationCall } = tables

/** First look at a result: late enough to be there, early enough to send again what was dropped for being too fast. */
const firstCheckMs = 2 * 60_000

/** Equal content to one person on one day (dingtalk-server-api §5.3). */
const duplicate = '143106'

const isLeft = sql`coalesce(${notificationCall.reason}, '') = ${companyChanged}`

/**
 * DingTalk took it; also when this is learned after the call was given up as interrupted.
 * @returns whether somebody wants it back
 */
export async function accepted(tx: Db, call: ClaimedCall, taskId: number, now: number): Promise<boolean> {
  const { checked } = call
  await endAttempt(tx, call.id, now)
  const [stored] = await tx
    .update(notificationCall)
    .set({
      state: 'accepted',
      answeredAt: new Date(now),
      leaseUntil: null,
      reason: null,
      detail: null,
      // Of a company that is not connected any more nothing can be asked.
      taskId: sql`case when ${isLeft} then null else ${taskId}::bigint end`,
      checkAt: checked ? sql`case when ${isLeft} then null else ${new Date(now + firstCheckMs).toISOString()}::timestamptz end` : null,
    })
    .where(eq(notificationCall.id, call.id))
    .returning({ recallWantedAt: notificationCall.recallWantedAt })
  await tx
    .update(notification)
    .set({ state: checked ? 'sent' : 'not_checked', reason: null, detail: null, resultAt: null })
    .where(and(eq(notification.callId, call.id), inArray(notification.state, ['sending', 'possibly'])))
  return stored !== undefined && stored.recallWantedAt !== null
}

/** Nobody knows whether DingTalk took it; it is shown so, and never sent again by itself. */
export async function possible(tx: Db, callId: string, reason: string, detail: string, now: number): Promise<void> {
  await endAttempt(tx, callId, now)
  await tx
    .update(notificationCall)
    .set({ state: 'possible', reason, detail, answeredAt: new Date(now), leaseUntil: null })
    .where(eq(notificationCall.id, callId))
  await tx
    .update(notification)
    .set({ state: 'possibly', reason, detail, resultAt: new Date(now) })
    .where(and(eq(notification.callId, callId), eq(notification.state, 'sending')))
}

/** DingTalk will not take it: in most cases for good, or because what nobody knew of had arrived before. */
export async function refused(tx: Db, callId: string, state: 'failed' | 'invalid', reason: string, detail: string, now: number): Promise<void> {
  await endAttempt(tx, callId, now)
  await tx
    .update(notificationCall)
    .set({ state: 'refused', reason, detail, answeredAt: new Date(now), leaseUntil: null })
    .where(eq(notificationCall.id, callId))
  const ofCall = and(eq(notification.callId, callId), eq(notification.state, 'sending'))
  if (reason === duplicate)
    await tx.update(notification).set({ state: 'delivered', reason: 'delivered_before', detail, resultAt: new Date(now) }).where(and(ofCall, sameDayAsMaybe))
  await tx.update(notification).set({ state, reason, detail, sentAt: null, resultAt: new Date(now) }).where(ofCall)
}

/**
 * Certainly not made: to be made again exactly as it is. Not when it was given up in the meantime, because somebody may have sent
 * it anew, and not when somebody wanted it back. `maybe`: almost certainly, so that "has it already" is understood afterwards.
 */
export async function again(tx: Db, callId: string, { reason, detail, at, maybe }: { reason: string, detail: string, at: number, maybe: boolean }): Promise<void> {
  if (await spared(tx, callId))
    return
  await tx
    .update(notificationCall)
    .set({ state: 'waiting', reason, detail, nextAttemptAt: new Date(at), calledAt: null, leaseUntil: null })
    .where(and(eq(notificationCall.id, callId), eq(notificationCall.state, 'calling')))
  await tx
    .update(notification)
    .set({ reason, detail, sentAt: null, ...(maybe && { maybeSentAt: sql`coalesce(${notification.sentAt}, ${notification.maybeSentAt})` }) })
    .where(and(eq(notification.callId, callId), eq(notification.state, 'sending')))
}

/** Somebody wanted a call back while it was under way, and it certainly was not made: its people were spared it. */
async function spared(tx: Db, callId: string): Promise<boolean> {
  const [found] = await tx
    .update(notificationCall)
    .set({ state: 'refused', reason: 'recalled', recalledAt: sql`${notificationCall.recallWantedAt}`, leaseUntil: null })
    .where(and(eq(notificationCall.id, callId), eq(notificationCall.state, 'calling'), isNotNull(notificationCall.recallWantedAt)))
    .returning({ id: notificationCall.id })
  if (found) {
    await tx
      .update(notification)
      .set({ state: 'recalled', reason: 'recalled', resultAt: sql`now()`, sentAt: null })
      .where(and(eq(notification.callId, callId), eq(notification.state, 'sending')))
  }
  return found !== undefined
}

/** Two calls in place of one that one of its recipients spoilt: in the end, it alone is refused. */
export async function split(tx: Db, call: ClaimedCall, reason: string, now: number): Promise<void> {
  await endAttempt(tx, call.id, now)
  if (await spared(tx, call.id))
    return
  const middle = Math.ceil(call.userids.length / 2)
  const [kept, moved] = [call.userids.slice(0, middle), call.userids.slice(middle)]
  const [whole] = await tx
    .update(notificationCall)
    .set({ userids: kept, receivers: kept.length, state: 'waiting', reason, nextAttemptAt: new Date(now), calledAt: null, leaseUntil: null })
    .where(and(eq(notificationCall.id, call.id), eq(notificationCall.state, 'calling')))
    .returning()
  if (!whole)
    return
  const { id: _id, ...rest } = whole
  const [other] = await tx
    .insert(notificationCall)
    .values({ ...rest, userids: moved, receivers: moved.length })
    .returning({ id: notificationCall.id })
  await tx
    .update(notification)
    .set({ callId: other!.id })
    .where(and(eq(notification.callId, call.id), inArray(notification.userid, moved)))
}

/** Says that these calls are still being made here. */
export async function renewLeases(db: Db, callIds: string[], until: number): Promise<void> {
  await db
    .update(notificationCall)
    .set({ leaseUntil: new Date(until) })
    .where(and(inArray(notificationCall.id, callIds), eq(notificationCall.state, 'calling')))
}

/**
 * Calls whose process died while it made them: perhaps made, perhaps not. `alone`: no other process uses this database, so
 * all of them.
 * @returns how many
 */
export async function settleOrphans(db: Db, now: number, { alone = false } = {}): Promise<number> {
  const orphaned = and(eq(notificationCall.state, 'calling'), alone ? undefined : lt(notificationCall.leaseUntil, new Date(now)))
  return db.transaction(async (tx) => {
    const found = await tx.select({ id: notificationCall.id }).from(notificationCall).where(orphaned).for('update', { skipLocked: true })
    for (const { id } of found) await possible(tx, id, 'interrupted', '', now)
    return found.length
  })
}

/** What nobody will ask about any more: results are kept for 24 hours (dingtalk-server-api §5.3). */
export async function closeOld(db: Db, now: number): Promise<void> {
  const dayAgo = sql`${new Date(now - 24 * 3600_000).toISOString()}::timestamptz`
  await db
    .update(notification)
    .set({ state: 'not_checked' })
    .where(and(eq(notification.state, 'sent'), sql`${notification.sentAt} < ${dayAgo}`))
  await db
    .update(notificationCall)
    .set({ checkAt: null })
    .where(and(sql`${notificationCall.checkAt} is not null`, sql`${notificationCall.calledAt} < ${dayAgo}`))
}
