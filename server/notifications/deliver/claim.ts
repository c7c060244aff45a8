import type { DeliverySettings } from '#contract/delivery/index.ts'
import type { Db } from '../../db/index.ts'
import type { DeliveryParts } from '../parts.ts'
import type { RecentCalls } from './attempts.ts'
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../db/index.ts'
import { latestOf } from '../days.ts'
import { lockQueue } from '../queue/state.ts'
import { noteAttempt, readRecent } from './attempts.ts'
import { isChecked } from './checked.ts'
import { guard } from './guard.ts'
import { mayLeaveAt, receiversOfCall } from './room.ts'

const { notification, notificationCall, notificationSending } = tables

type Call = typeof notificationCall.$inferSelect
type Message = typeof notification.$inferSelect

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
  /** Its result will be asked for. */
  checked: boolean
}

export type Claim
  = { kind: 'call', call: ClaimedCall }
  /** Some of it was settled without a call. */
    | { kind: 'more' }
  /** Nothing to do, or not before `at`. */
    | { kind: 'none', at?: number }

export interface Wanted {
  /** Digests are sent instead of single messages. */
  saving: boolean
  /** Results may be asked for: each costs a call. */
  asks: boolean
  /** This message, whatever stands in the way of the others; for tests to oneself. */
  only?: string | undefined
  /** Nothing else: the other places are taken. */
  importantOnly?: boolean
}

/** The next call: one that was pushed back, or a new one, whichever is more important. */
export async function claimCall(parts: DeliveryParts, settings: DeliverySettings, wanted: Wanted): Promise<Claim> {
  const { only } = wanted
  const now = parts.now()
  return parts.db.transaction(async (tx) => {
    if ((await lockQueue(tx, now)) && !only)
      return { kind: 'none' }
    const given: Given = { parts, settings, wanted, now, recent: await readRecent(tx, now) }
    const due = dueMessages(given)
    const waiting = only ? undefined : await nextWaiting(tx, given)
    const head = await nextMessage(tx, due)
    if (waiting && (!head || waiting.priority <= head.priority)) {
      const at = mayLeaveAt(waiting, given.recent, settings, now)
      return at > now ? { kind: 'none', at } : { kind: 'call', call: await leave(tx, waiting, given) }
    }
    return head ? compose(tx, head, due, given) : { kind: 'none' }
  })
}

interface Given {
  parts: DeliveryParts
  settings: DeliverySettings
  wanted: Wanted
  now: number
  recent: RecentCalls
}

async function nextWaiting(tx: Db, { now, wanted }: Given): Promise<Call | undefined> {
  const [waiting] = await tx
    .select()
    .from(notificationCall)
    .where(and(
      eq(notificationCall.state, 'waiting'),
      lte(notificationCall.nextAttemptAt, new Date(now)),
      wanted.importantOnly ? eq(notificationCall.priority, 0) : undefined,
    ))
    .orderBy(asc(notificationCall.priority), asc(notificationCall.nextAttemptAt))
    .limit(1)
    .for('update', { skipLocked: true })
  return waiting
}

function dueMessages({ wanted: { only, saving, importantOnly }, settings, now }: Given) {
  if (only)
    return and(eq(notification.id, only), eq(notification.state, 'queued'))
  // Saving mode: what was written after this moment waits for the next digest.
  const held = saving ? new Date(latestOf(settings.saving.times, now)) : undefined
  return and(
    eq(notification.state, 'queued'),
    lte(notification.dueAt, new Date(now)),
    sql`${notification.gatherKey} is null`,
    importantOnly ? eq(notification.priority, 0) : undefined,
    held && sql`(${notification.priority} = 0 or ${notification.kind} = 'digest' or ${notification.createdAt} < ${held.toISOString()}::timestamptz)`,
  )
}

const inOrder = [asc(notification.priority), asc(notification.dueAt), asc(notification.createdAt)]

async function nextMessage(tx: Db, due: ReturnType<typeof dueMessages>): Promise<Message | undefined> {
  const [head] = await tx.select().from(notification).where(due).orderBy(...inOrder).limit(1).for('update', { skipLocked: true })
  return head
}

/** The next message that is due, with everybody else who gets the same. */
async function compose(tx: Db, head: Message, due: ReturnType<typeof dueMessages>, given: Given): Promise<Claim> {
  const { settings, now, recent, wanted: { only } } = given
  const mates = head.accountId === null || only
    ? [head]
    : await tx
        .select()
        .from(notification)
        .where(and(due, eq(notification.contentHash, head.contentHash), sql`${notification.accountId} is not null`))
        .orderBy(...inOrder)
        .limit(receiversOfCall(settings))
        .for('update', { skipLocked: true })
  const receivers = head.accountId === null ? head.receivers : mates.length
  const at = only ? now : mayLeaveAt({ receivers, priority: head.priority }, recent, settings, now)
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
  return { kind: 'call', call: await leave(tx, call!, given) }
}

/**
 * Written down before it is made: a process that dies from here on leaves it as possibly delivered. A message counts for the
 * day on which its call leaves, not for the one on which it was first tried.
 */
async function leave(tx: Db, call: Call, { parts: { now, timings, alwaysAsked = [] }, settings, wanted, recent }: Given): Promise<ClaimedCall> {
  const at = now()
  await tx
    .update(notificationCall)
    .set({ state: 'calling', attempts: call.attempts + 1, calledAt: new Date(at), leaseUntil: new Date(at + timings.leaseMs) })
    .where(eq(notificationCall.id, call.id))
  const members = await tx
    .update(notification)
    .set({ sentAt: new Date(at) })
    .where(and(eq(notification.callId, call.id), eq(notification.state, 'sending')))
    .returning({ maybeSentAt: notification.maybeSentAt, resultAt: notification.resultAt })
  // Until a call is settled, a result is an earlier one's: it was dropped, or sent again by hand.
  const sentAgain = members.some(({ maybeSentAt, resultAt }) => maybeSentAt !== null || resultAt !== null)
  const checked = wanted.asks && isChecked({ ...call, sentAgain }, recent, settings, alwaysAsked, Math.random())
  await noteAttempt(tx, call.id, call.receivers, checked, at)
  return { ...call, attempts: call.attempts + 1, checked }
}

/** Whether anything may be due; a look that takes no lock. */
export async function anythingDue(db: Db, now: number): Promise<boolean> {
  const moment = sql`${new Date(now).toISOString()}::timestamptz`
  const { rows } = z.object({ rows: z.array(z.object({ due: z.boolean() })) }).parse(await db.execute(sql`
    select exists (select 1 from notification where state = 'queued' and due_at <= ${moment})
      or exists (select 1 from notification_call where state = 'waiting' and next_attempt_at <= ${moment}) as due`))
  return rows[0]?.due ?? false
}
