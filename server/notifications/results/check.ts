import type { Db } from '../../db/index.ts'
import type { DeliveryParts } from '../parts.ts'
import type { Verdict } from './read.ts'
import { and, asc, eq, gt, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { DingTalkError } from '../../dingtalk/index.ts'
import { dayMs, dayOf, nextMorning, startOfDay } from '../days.ts'
import { sameDayAsMaybe } from './delivered.ts'
import { passes, verdicts } from './read.ts'

const { notification, notificationCall } = tables

/** Somebody of whom DingTalk does not say anything yet is asked about again after so long. */
const missingMs = [10 * 60_000, 2 * 3600_000]
/** A look that did not come back is repeated after so long, and given up after so many. */
const repeatMs = 5 * 60_000
const checksAtMost = 3

/** What was dropped for a passing reason is sent again after so long, so often; what was too much for a day on the next one. */
const resendMs = 3 * 60_000
const attemptsAtMost = 3

/** The receivers of a minute were too many, or DingTalk protected itself (dingtalk-server-api §5.3). */
const crowdedReasons = new Set(['143103', '143104', '1430003', 'flow_control'])

interface Checked {
  id: string
  taskId: number | null
  calledAt: Date | null
  checks: number
}

const columns = {
  id: notificationCall.id,
  taskId: notificationCall.taskId,
  calledAt: notificationCall.calledAt,
  checks: notificationCall.checks,
}

/** Asks for one result that is due, while there are calls to spare. @returns whether there was one */
export async function checkNext(parts: DeliveryParts): Promise<boolean> {
  const { db, now } = parts
  const at = now()
  if (!(await parts.budget.mayAsk()))
    return false
  const call = await db.transaction(async (tx) => {
    const [due] = await tx
      .select(columns)
      .from(notificationCall)
      .where(and(lte(notificationCall.checkAt, new Date(at)), gt(notificationCall.calledAt, new Date(at - dayMs))))
      .orderBy(asc(notificationCall.checkAt))
      .limit(1)
      .for('update', { skipLocked: true })
    if (due) {
      const last = due.checks + 1 >= checksAtMost
      await tx
        .update(notificationCall)
        .set({ checks: due.checks + 1, checkAt: last ? null : new Date(at + repeatMs) })
        .where(eq(notificationCall.id, due.id))
    }
    return due
  })
  if (!call)
    return false
  if (await check(parts, call)) {
    const again = await nextLook(db, call, at)
    await db.update(notificationCall).set({ checkAt: again }).where(eq(notificationCall.id, call.id))
  }
  return true
}

/** Soon, while DingTalk does not say of everybody what became of it. Who has read it since is asked by hand: each look costs a call. */
async function nextLook(db: Db, { id, checks }: Checked, at: number): Promise<Date | null> {
  const soon = missingMs[checks]
  if (soon === undefined)
    return null
  const missing = await db.$count(notification, and(eq(notification.callId, id), eq(notification.state, 'sent')))
  return missing > 0 ? new Date(at + soon) : null
}

/** What nobody knew, where DingTalk can be asked: before it is sent again. */
export async function checkPossible(parts: DeliveryParts, sendingId: string): Promise<void> {
  const { db, now } = parts
  const calls = await db
    .select(columns)
    .from(notificationCall)
    .where(and(
      isNotNull(notificationCall.taskId),
      gt(notificationCall.calledAt, new Date(now() - dayMs)),
      sql`${notificationCall.id} in (select call_id from notification where sending_id = ${sendingId}::uuid and state = 'possibly')`,
    ))
  for (const call of calls) await check(parts, call)
}

export interface AskedResults {
  asked: number
  tooLate: number
  failed: number
}

/** Asks for the results of one sending now, by an administrator's wish. */
export async function checkSending(parts: DeliveryParts, sendingId: string): Promise<AskedResults> {
  const outcome: AskedResults = { asked: 0, tooLate: 0, failed: 0 }
  for (const call of await callsOf(parts.db, sendingId)) {
    if (call.taskId === null || call.deptIds !== null)
      continue
    if (parts.now() - call.calledAt!.getTime() > dayMs)
      outcome.tooLate++
    else if (await check(parts, call))
      outcome.asked++
    else outcome.failed++
  }
  return outcome
}

/** The calls that carried a sending and were not recalled. */
export async function callsOf(db: Db, sendingId: string) {
  return db
    .select({ ...columns, state: notificationCall.state, deptIds: notificationCall.deptIds, receivers: notificationCall.receivers, payload: notificationCall.payload })
    .from(notificationCall)
    .where(and(isNull(notificationCall.recalledAt), sql`${notificationCall.id} in (select call_id from notification where sending_id = ${sendingId}::uuid)`))
    .orderBy(asc(notificationCall.createdAt), asc(notificationCall.id))
}

/** @returns whether DingTalk told */
async function check({ db, dingtalk, now, log }: DeliveryParts, { id, taskId }: Checked): Promise<boolean> {
  try {
    const found = verdicts(await dingtalk.messages.sendResult(taskId!))
    await db.transaction(tx => write(tx, id, found, now()))
    return true
  }
  catch (error) {
    if (!(error instanceof DingTalkError))
      throw error
    log.info({ err: error, call: id }, 'the result of a work notification could not be read')
    return false
  }
}

async function write(tx: Db, callId: string, found: Verdict[], now: number): Promise<void> {
  const at = sql`${new Date(now).toISOString()}::timestamptz`
  await tx.update(notificationCall).set({ checkedAt: new Date(now) }).where(eq(notificationCall.id, callId))
  await tx.execute(sql`
    update notification n set result_at = ${at},
      state = case when v.reason = '143106' and ${sameDayAsMaybe} then 'delivered' else v.state end,
      reason = case when v.reason = '143106' and ${sameDayAsMaybe} then 'delivered_before' else v.reason end
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as v(userid text, state text, reason text)
    where n.call_id = ${callId}::uuid and n.userid = v.userid and n.state in ('sent', 'not_checked', 'unread', 'read', 'delivered', 'possibly')`)
  const again = found.filter(passes).map(({ userid }) => userid)
  await suspect(tx, callId, found, now)
  const full = found.flatMap(({ userid, reason }) => (reason === '143105' ? userid : []))
  if (full.length > 0) {
    const morning = sql`${new Date(nextMorning(now)).toISOString()}::timestamptz`
    await tx.execute(sql`
      update notification n set state = 'queued', due_at = ${morning}, call_id = null, sent_at = null
      from jsonb_array_elements_text(${JSON.stringify(full)}::jsonb) as u(userid)
      where n.call_id = ${callId}::uuid and n.userid = u.userid and n.state = 'dropped' and n.attempts < ${attemptsAtMost}
        and (n.expires_at is null or n.expires_at > ${morning})`)
  }
  if (again.length > 0) {
    await tx.execute(sql`
      update notification n set state = 'queued', due_at = ${new Date(now + resendMs).toISOString()}::timestamptz, call_id = null, sent_at = null
      from jsonb_array_elements_text(${JSON.stringify(again)}::jsonb) as u(userid)
      where n.call_id = ${callId}::uuid and n.userid = u.userid and n.state in ('dropped', 'failed') and n.attempts < ${attemptsAtMost}`)
  }
}

/**
 * One message that was dropped says something of its neighbours, which DingTalk took without a word as well: a full minute of
 * all calls around it, a full day of all that went to the same person. They are asked about, although nobody would have.
 */
async function suspect(tx: Db, callId: string, found: Verdict[], now: number): Promise<void> {
  const dropped = found.filter(({ state }) => state === 'dropped')
  const crowded = dropped.some(({ reason }) => crowdedReasons.has(reason ?? ''))
  const full = dropped.flatMap(({ userid, reason }) => (reason === '143105' ? userid : []))
  if (!crowded && full.length === 0)
    return
  const today = new Date(startOfDay(dayOf(now))).toISOString()
  await tx.execute(sql`
    update notification_call c set check_at = ${new Date(now).toISOString()}::timestamptz
    from notification_call d
    where d.id = ${callId}::uuid and c.id <> d.id and c.state = 'accepted' and c.task_id is not null and c.dept_ids is null and c.recalled_at is null
      and c.checked_at is null and c.check_at is null
      and (${crowded} and c.called_at between d.called_at - interval '2 minutes' and d.called_at + interval '2 minutes'
        or c.called_at >= ${today}::timestamptz and exists (select 1 from notification n
          join jsonb_array_elements_text(${JSON.stringify(full)}::jsonb) as u(userid) on u.userid = n.userid where n.call_id = c.id))`)
}
