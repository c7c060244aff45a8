import type { Db } from '../../db/index.ts'
import type { DeliveryParts } from '../parts.ts'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { dayMs } from '../days.ts'
import { callsOf } from './check.ts'
import { takeBack } from './recall-wanted.ts'

const { notification, notificationCall } = tables

interface By {
  name: string
  ip: string
}

export interface Recalled {
  /** People from whom the message was taken back, or who were spared it. */
  recalled: number
  /** DingTalk has not answered yet; from them it is taken back afterwards. */
  underWay: number
  tooLate: number
  failed: number
}

/** A status bar can be changed for so long, and for so many people (dingtalk-server-api §5.3). */
const statusMs = 7 * dayMs
const statusReceivers = 5

/**
 * Takes a sending back: what waits is not sent, what DingTalk took within 24 hours is recalled, what is under way as soon as
 * DingTalk has answered. A call that carried other sendings with the same content takes those back too: it is one message to
 * DingTalk.
 */
export async function recallSending(parts: DeliveryParts, sendingId: string, by: By): Promise<Recalled> {
  const { db } = parts
  const at = new Date(parts.now())
  const outcome = await db.transaction(async (tx) => {
    await audit(tx, { actor: by.name, action: 'notifications.recall', detail: { sending: sendingId }, ip: by.ip })
    return want(tx, sendingId, at)
  })
  for (const { id, taskId, calledAt, state } of await callsOf(db, sendingId)) {
    if (state === 'calling')
      continue
    if (taskId === null) {
      outcome.failed += await db.$count(notification, and(eq(notification.callId, id), inArray(notification.state, ['possibly', 'sent', 'not_checked', 'read', 'unread', 'delivered'])))
      continue
    }
    const people = await db.$count(notification, eq(notification.callId, id))
    if (at.getTime() - calledAt!.getTime() > dayMs) {
      outcome.tooLate += people
      continue
    }
    const taken = await takeBack(parts, { id, taskId })
    if (taken.kind === 'recalled')
      outcome.recalled += taken.people
    else if (taken.kind === 'refused')
      outcome.failed += people
    else outcome.underWay += people
  }
  return outcome
}

/** Writes down what is wanted back; whoever has not been sent it yet is spared it. */
async function want(tx: Db, sendingId: string, at: Date): Promise<Recalled> {
  const spared = await tx
    .update(notification)
    .set({ state: 'recalled', resultAt: at })
    .where(and(eq(notification.sendingId, sendingId), inArray(notification.state, ['queued', 'unbound'])))
    .returning({ id: notification.id })
  const moment = sql`${at.toISOString()}::timestamptz`
  const waits = sql`${notificationCall.state} = 'waiting'`
  // One statement: a call that begins or ends meanwhile is met as what it has become.
  const calls = await tx
    .update(notificationCall)
    .set({
      recallWantedAt: at,
      recalledAt: sql`case when ${waits} then ${moment} end`,
      reason: sql`case when ${waits} then 'recalled' else ${notificationCall.reason} end`,
      state: sql`case when ${waits} then 'refused' else ${notificationCall.state} end`,
    })
    .where(and(
      inArray(notificationCall.state, ['waiting', 'calling', 'possible', 'accepted']),
      isNull(notificationCall.recalledAt),
      sql`${notificationCall.id} in (select call_id from notification where sending_id = ${sendingId}::uuid)`,
    ))
    .returning({ id: notificationCall.id, state: notificationCall.state })
  const of = (state: string) => calls.flatMap(call => (call.state === state ? call.id : []))
  const unsent = await tx
    .update(notification)
    .set({ state: 'recalled', resultAt: at, sentAt: null })
    .where(and(inArray(notification.callId, of('refused')), eq(notification.state, 'sending')))
    .returning({ id: notification.id })
  const underWay = await tx.$count(notification, and(inArray(notification.callId, of('calling')), eq(notification.state, 'sending')))
  return { recalled: spared.length + unsent.length, underWay, tooLate: 0, failed: 0 }
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
