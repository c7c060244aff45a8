import type { Db } from '../../db/index.ts'
import type { DeliveryParts } from '../parts.ts'
import { and, eq, gt, inArray, isNotNull, isNull, lt, lte } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { DingTalkError, explainReason } from '../../dingtalk/index.ts'
import { dayMs } from '../days.ts'
import { readPause } from '../queue/state.ts'

const { notification, notificationCall } = tables

/** What could not be taken back is tried again after as long as it has been wanted, within these bounds: 1, 2, 4 … 60 minutes. */
const againMs = 60_000
const againAtMostMs = 60 * 60_000
/** A refusal may pass, of a token or a permission that somebody mends; after so long it does not. */
const refusedForMs = 5 * 60_000
/** Refusals that pass by themselves. */
const passing = new Set(['throttle', 'quota'])

export type TakenBack
  = { kind: 'recalled', people: number }
  /** DingTalk refused. */
    | { kind: 'refused' }
  /** No answer: it is tried again. */
    | { kind: 'later' }

/** Takes back what DingTalk took; wanted has been written down before, so that neither a crash nor a lost answer forgets it. */
export async function takeBack({ db, dingtalk, now, log }: DeliveryParts, { id, taskId }: { id: string, taskId: number }): Promise<TakenBack> {
  try {
    await dingtalk.messages.recall(taskId, { priority: 'interactive' })
  }
  catch (error) {
    if (!(error instanceof DingTalkError))
      throw error
    log.warn({ err: error, call: id }, 'a work notification could not be recalled')
    return { kind: await settleTrouble(db, id, error, now()) }
  }
  return db.transaction(async (tx) => {
    const at = new Date(now())
    await tx.update(notificationCall).set({ recalledAt: at, checkAt: null }).where(eq(notificationCall.id, id))
    const taken = await tx
      .update(notification)
      .set({ state: 'recalled', reason: null, detail: null, resultAt: at })
      .where(and(eq(notification.callId, id), inArray(notification.state, ['sent', 'not_checked', 'read', 'unread', 'delivered'])))
      .returning({ id: notification.id })
    return { kind: 'recalled', people: taken.length }
  })
}

async function settleTrouble(db: Db, id: string, error: DingTalkError, at: number): Promise<'refused' | 'later'> {
  const [call] = await db.select({ wantedAt: notificationCall.recallWantedAt }).from(notificationCall).where(eq(notificationCall.id, id))
  const waited = at - (call?.wantedAt?.getTime() ?? at)
  const final = error.reason === '400002' || (waited >= refusedForMs && !passing.has(explainReason(error.reason, 'en-US', error).kind))
  if (error.outcome !== 'rejected' || !final) {
    await db.update(notificationCall).set({ nextAttemptAt: new Date(at + Math.min(Math.max(waited, againMs), againAtMostMs)) }).where(eq(notificationCall.id, id))
    return 'later'
  }
  await db.transaction(async (tx) => {
    await tx.update(notificationCall).set({ recallWantedAt: null }).where(eq(notificationCall.id, id))
    // They have it all the same; what stood in the way is shown at each of them.
    await tx
      .update(notification)
      .set({ reason: 'not_recalled', detail: error.reason })
      .where(and(eq(notification.callId, id), inArray(notification.state, ['sent', 'not_checked', 'read', 'unread', 'delivered'])))
  })
  return 'refused'
}

const wanted = and(isNotNull(notificationCall.recallWantedAt), isNull(notificationCall.recalledAt), eq(notificationCall.state, 'accepted'), isNotNull(notificationCall.taskId))

/** A call somebody wanted back while it was under way, now that DingTalk took it. */
export async function recallCall(parts: DeliveryParts, callId: string): Promise<void> {
  const [call] = await parts.db.select({ id: notificationCall.id, taskId: notificationCall.taskId }).from(notificationCall).where(and(wanted, eq(notificationCall.id, callId)))
  if (call)
    await takeBack(parts, { id: call.id, taskId: call.taskId! })
}

/**
 * The same for all that a process which died, or a lost answer, left; within DingTalk's 24 hours. Not while each call would be
 * refused, or there are none left. An administrator's pause is one of sending.
 */
export async function recallWanted(parts: DeliveryParts): Promise<void> {
  const at = parts.now()
  const paused = await readPause(parts.db, at)
  if ((paused && paused.by === null) || await parts.budget.isSpent())
    return
  const calls = await parts.db
    .select({ id: notificationCall.id })
    .from(notificationCall)
    .where(and(wanted, lt(notificationCall.recallWantedAt, new Date(at - againMs)), lte(notificationCall.nextAttemptAt, new Date(at)), gt(notificationCall.calledAt, new Date(at - dayMs))))
    .limit(100)
  for (const { id } of calls) await recallCall(parts, id)
}
