import type { DeliveryParts } from '../parts.ts'
import { and, eq, gt, inArray, isNotNull, isNull, lt } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { DingTalkError } from '../../dingtalk/index.ts'
import { dayMs } from '../days.ts'

const { notification, notificationCall } = tables

/** What could not be taken back for want of an answer is tried again after so long. */
const againMs = 60_000

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
    // Certainly refused, and not for the pace or a token: asking again changes nothing.
    const final = error.outcome === 'rejected' && error.reason === '400002'
    await db.update(notificationCall).set({ recallWantedAt: final ? null : new Date(now()) }).where(eq(notificationCall.id, id))
    return { kind: final ? 'refused' : 'later' }
  }
  return db.transaction(async (tx) => {
    const at = new Date(now())
    await tx.update(notificationCall).set({ recalledAt: at, checkAt: null }).where(eq(notificationCall.id, id))
    const taken = await tx
      .update(notification)
      .set({ state: 'recalled', resultAt: at })
      .where(and(eq(notification.callId, id), inArray(notification.state, ['sent', 'not_checked', 'read', 'unread', 'delivered'])))
      .returning({ id: notification.id })
    return { kind: 'recalled', people: taken.length }
  })
}

const wanted = and(isNotNull(notificationCall.recallWantedAt), isNull(notificationCall.recalledAt), eq(notificationCall.state, 'accepted'), isNotNull(notificationCall.taskId))

/** A call somebody wanted back while it was under way, now that DingTalk took it. */
export async function recallCall(parts: DeliveryParts, callId: string): Promise<void> {
  const [call] = await parts.db.select({ id: notificationCall.id, taskId: notificationCall.taskId }).from(notificationCall).where(and(wanted, eq(notificationCall.id, callId)))
  if (call)
    await takeBack(parts, { id: call.id, taskId: call.taskId! })
}

/** The same for all that a process which died, or a lost answer, left; within DingTalk's 24 hours. */
export async function recallWanted(parts: DeliveryParts): Promise<void> {
  const at = parts.now()
  const calls = await parts.db
    .select({ id: notificationCall.id })
    .from(notificationCall)
    .where(and(wanted, lt(notificationCall.recallWantedAt, new Date(at - againMs)), gt(notificationCall.calledAt, new Date(at - dayMs))))
    .limit(100)
  for (const { id } of calls) await recallCall(parts, id)
}
