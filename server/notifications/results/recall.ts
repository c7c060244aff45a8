import type { DeliveryParts } from '../parts.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { DingTalkError } from '../../dingtalk/index.ts'
import { AppError } from '../../http/app-error.ts'
import { dayMs } from '../days.ts'
import { callsOf } from './check.ts'

const { notification, notificationCall } = tables

interface By {
  name: string
  ip: string
}

export interface Recalled {
  /** People from whom the message was taken back, or who were spared it. */
  recalled: number
  tooLate: number
  failed: number
}

/** A status bar can be changed for so long, and for so many people (dingtalk-server-api §5.3). */
const statusMs = 7 * dayMs
const statusReceivers = 5

/**
 * Takes a sending back: what waits is not sent, what DingTalk took within 24 hours is recalled. A call that carried other
 * sendings with the same content takes those back too: it is one message to DingTalk.
 */
export async function recallSending({ db, dingtalk, now, log }: DeliveryParts, sendingId: string, by: By): Promise<Recalled> {
  const at = new Date(now())
  const outcome: Recalled = { recalled: 0, tooLate: 0, failed: 0 }
  outcome.recalled += await db.transaction(async (tx) => {
    const spared = await tx
      .update(notification)
      .set({ state: 'recalled', resultAt: at })
      .where(and(eq(notification.sendingId, sendingId), inArray(notification.state, ['queued', 'unbound'])))
      .returning({ id: notification.id })
    const waiting = await tx
      .update(notificationCall)
      .set({ state: 'refused', reason: 'recalled', recalledAt: at })
      .where(and(eq(notificationCall.state, 'waiting'), sql`${notificationCall.id} in (select call_id from notification where sending_id = ${sendingId}::uuid)`))
      .returning({ id: notificationCall.id })
    const unsent = await tx
      .update(notification)
      .set({ state: 'recalled', resultAt: at, sentAt: null })
      .where(and(inArray(notification.callId, waiting.map(({ id }) => id)), eq(notification.state, 'sending')))
      .returning({ id: notification.id })
    await audit(tx, { actor: by.name, action: 'notifications.recall', detail: { sending: sendingId }, ip: by.ip })
    return spared.length + unsent.length
  })
  for (const { id, taskId, calledAt } of await callsOf(db, sendingId)) {
    if (taskId === null)
      continue
    if (at.getTime() - calledAt!.getTime() > dayMs) {
      outcome.tooLate += await db.$count(notification, eq(notification.callId, id))
      continue
    }
    try {
      await dingtalk.messages.recall(taskId, { priority: 'interactive' })
      outcome.recalled += await db.transaction(async (tx) => {
        await tx.update(notificationCall).set({ recalledAt: at, checkAt: null }).where(eq(notificationCall.id, id))
        const taken = await tx
          .update(notification)
          .set({ state: 'recalled', resultAt: at })
          .where(and(eq(notification.callId, id), inArray(notification.state, ['sent', 'not_checked', 'read', 'unread'])))
          .returning({ id: notification.id })
        return taken.length
      })
    }
    catch (error) {
      if (!(error instanceof DingTalkError))
        throw error
      log.warn({ err: error, call: id }, 'a work notification could not be recalled')
      outcome.failed += await db.$count(notification, eq(notification.callId, id))
    }
  }
  return outcome
}

/** Changes the status bar of a sending's oa messages. @throws {AppError} notification_no_status */
export async function changeStatus({ db, dingtalk, now }: DeliveryParts, sendingId: string, bar: { value: string, background: string }, by: By): Promise<number> {
  const calls = (await callsOf(db, sendingId)).filter(call => hasStatus(call, now()))
  if (calls.length === 0)
    throw new AppError('notification_no_status')
  for (const { taskId } of calls) await dingtalk.messages.updateStatusBar(taskId!, bar, { priority: 'interactive' })
  await audit(db, { actor: by.name, action: 'notifications.status', detail: { sending: sendingId, value: bar.value }, ip: by.ip })
  return calls.length
}

/** Whether a call has a status bar that can be changed now. */
export function hasStatus(call: Awaited<ReturnType<typeof callsOf>>[number], now: number): boolean {
  return call.taskId !== null && call.deptIds === null && call.receivers <= statusReceivers
    && now - call.calledAt!.getTime() < statusMs && z.object({ msgtype: z.literal('oa') }).safeParse(JSON.parse(call.payload)).success
}
