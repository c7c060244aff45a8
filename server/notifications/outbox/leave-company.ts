import type { SQL } from 'drizzle-orm'
import type { Db } from '../../db/index.ts'
import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { dayMs } from '../days.ts'
import { lockQueue } from '../queue/state.ts'
import { forgetTodos } from '../todos/store.ts'

const { notification, notificationCall, notificationSending } = tables

/** Why something was not sent, or cannot be asked about any more: another company is connected. */
export const companyChanged = 'company_changed'

/** Nothing can be asked about what DingTalk took longer ago, nor changed about it (dingtalk-server-api §5.3). */
const askedForMs = 7 * dayMs

export interface Leaving {
  /** The CorpId of the company that was connected. */
  from: string
  /** Kinds of messages that are said to a company as it is. */
  ends: readonly string[]
}

/** A message is fixed when it is written, also where its links lead. */
function leadsTo(corpId: string): SQL {
  const payload = sql`select 1 from ${notificationSending} where ${notificationSending.id} = ${notification.sendingId} and position(${`corpid=${encodeURIComponent(corpId)}`} in ${notificationSending.payload}) > 0`
  return sql`exists (${payload})`
}

/**
 * Another company is connected, in the caller's transaction. A userid, a department and a task of one company are
 * something else in another, so nothing that names them leaves any more, is asked about or taken back. Personal messages
 * are addressed anew: they reach whoever has a member in the new company. What was meant for the company that was left
 * ends: messages to departments, messages of the kinds of `ends`, messages whose links open its app, and to-dos.
 */
export async function leaveCompany(tx: Db, { from, ends }: Leaving, now: number): Promise<void> {
  // Nobody hands anything over meanwhile.
  await lockQueue(tx, now)
  const at = new Date(now)
  const waiting = await tx
    .update(notificationCall)
    .set({ state: 'refused', reason: companyChanged, answeredAt: at })
    .where(eq(notificationCall.state, 'waiting'))
    .returning({ id: notificationCall.id })
  await tx
    .update(notification)
    .set({ state: 'queued', callId: null, userid: null, sentAt: null, reason: null, detail: null, dueAt: at })
    .where(and(eq(notification.state, 'sending'), inArray(notification.callId, waiting.map(({ id }) => id))))
  // What is under way is not made again should it come back, nor is its result asked for.
  const calling = await tx
    .update(notificationCall)
    .set({ state: 'possible', reason: companyChanged, answeredAt: at, leaseUntil: null })
    .where(eq(notificationCall.state, 'calling'))
    .returning({ id: notificationCall.id })
  await tx
    .update(notification)
    .set({ state: 'possibly', reason: companyChanged, resultAt: at })
    .where(and(eq(notification.state, 'sending'), inArray(notification.callId, calling.map(({ id }) => id))))
  await tx.update(notificationCall).set({ taskId: null, checkAt: null }).where(gt(notificationCall.calledAt, new Date(now - askedForMs)))
  await tx.update(notification).set({ state: 'not_checked' }).where(eq(notification.state, 'sent'))
  await tx
    .update(notification)
    .set({ state: 'failed', reason: companyChanged, detail: null, resultAt: at, gatherKey: null })
    .where(and(inArray(notification.state, ['queued', 'unbound']), or(isNull(notification.accountId), inArray(notification.kind, [...ends]), leadsTo(from))))
  // Nor are departments of the old company written to again by hand.
  await tx
    .update(notification)
    .set({ detail: notification.reason, reason: companyChanged })
    .where(and(isNull(notification.accountId), inArray(notification.state, ['failed', 'dropped', 'invalid', 'possibly', 'expired']), sql`${notification.reason} is distinct from ${companyChanged}`))
  await forgetTodos(tx)
}
