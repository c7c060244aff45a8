import type { Db } from '../../db/index.ts'
import type { PlanState } from './types.ts'
import { and, asc, eq, inArray, isNotNull, lte, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../db/index.ts'
import { recordset } from '../../db/recordset.ts'
import { hashOf } from '../outbox/content.ts'

const { binding, planTodo, setting } = tables
export type StoredTodo = typeof planTodo.$inferSelect

const key = 'notifications.todos'
const shape = z.object({
  /** Plans from this moment on become to-dos: what was there before the switch is not flooded into DingTalk. */
  from: z.number(),
  /** Up to where plans have been looked at. */
  seen: z.number(),
})

/** Where reading stands; begins now. */
export async function readMark(db: Db, now: number): Promise<z.output<typeof shape>> {
  await db.insert(setting).values({ key, value: { from: now, seen: now } }).onConflictDoNothing()
  const [row] = await db.select({ value: setting.value }).from(setting).where(eq(setting.key, key))
  return shape.parse(row?.value)
}

export async function writeMark(db: Db, seen: number): Promise<void> {
  await db.update(setting).set({ value: sql`${setting.value} || ${JSON.stringify({ seen })}::jsonb`, updatedAt: new Date() }).where(eq(setting.key, key))
}

/** The switch went off: what is made until it is on again does not become a to-do. */
export async function forgetMark(db: Db): Promise<void> {
  await db.delete(setting).where(eq(setting.key, key))
}

/** Another company is connected: what there is in DingTalk is the other's, and begins anew as if it had been switched on now. */
export async function forgetTodos(tx: Db): Promise<void> {
  await tx.delete(planTodo)
  await forgetMark(tx)
}

/** What DingTalk is told; the same words need not be told twice. */
export function digest({ accountId, subject, dueAt, wanted }: Pick<StoredTodo, 'accountId' | 'subject' | 'dueAt' | 'wanted'>): string {
  return hashOf(JSON.stringify([accountId, subject, dueAt?.getTime() ?? null, wanted]))
}

/** Writes down how these plans should be there; what is there already stays as it is. A plan that was never open is nobody's to-do. */
export async function want(db: Db, plans: PlanState[], now: number): Promise<void> {
  if (plans.length === 0)
    return
  const known = await db.select({ planId: planTodo.planId }).from(planTodo).where(inArray(planTodo.planId, plans.map(({ id }) => id)))
  const rows = plans
    .filter(plan => plan.state === 'open' || known.some(({ planId }) => planId === plan.id))
    .map(({ id, ownerId, subject, dueAt, state }) => ({ plan_id: id, account_id: ownerId, subject: subject.toWellFormed().replaceAll('\0', ''), due_at: dueAt.toISOString(), wanted: state }))
  const given = recordset('p', { plan_id: 'uuid', account_id: 'uuid', subject: 'text', due_at: 'timestamptz', wanted: 'text' }, rows)
  const at = sql`${new Date(now).toISOString()}::timestamptz`
  await db.execute(sql`
    insert into plan_todo (plan_id, account_id, subject, due_at, wanted, state, next_attempt_at, updated_at)
    select p.plan_id, p.account_id, p.subject, p.due_at, p.wanted, 'waiting', ${at}, ${at} from ${given}
    on conflict (plan_id) do update set account_id = excluded.account_id, subject = excluded.subject, due_at = excluded.due_at,
      wanted = excluded.wanted, state = 'waiting', attempts = 0, next_attempt_at = ${at}, updated_at = ${at}
    where (plan_todo.account_id, plan_todo.subject, plan_todo.due_at, plan_todo.wanted)
      is distinct from (excluded.account_id, excluded.subject, excluded.due_at, excluded.wanted)`)
}

/** Open to-dos, to be compared with their plans. */
export async function openTodos(db: Db, after: string | undefined, limit: number): Promise<StoredTodo[]> {
  return db
    .select()
    .from(planTodo)
    .where(and(eq(planTodo.wanted, 'open'), after === undefined ? undefined : sql`${planTodo.planId} > ${after}::uuid`))
    .orderBy(asc(planTodo.planId))
    .limit(limit)
}

/** People who were bound meanwhile get the to-dos that lacked them. */
export async function wakeBound(db: Db, now: number): Promise<void> {
  await db
    .update(planTodo)
    .set({ state: 'waiting', reason: null, detail: null, attempts: 0, nextAttemptAt: new Date(now) })
    .where(and(eq(planTodo.state, 'failed'), eq(planTodo.reason, 'unbound'), sql`exists (select from ${binding} where ${binding.accountId} = ${planTodo.accountId} and ${binding.unionid} <> '' and ${binding.state} <> 'gone')`))
}

/** Takes one to-do that DingTalk has to be told of, for `leaseMs`. `ending`: only one that is there and is over. */
export async function claimTodo(db: Db, now: number, leaseMs: number, ending: boolean): Promise<StoredTodo | undefined> {
  return db.transaction(async (tx) => {
    const [due] = await tx
      .select()
      .from(planTodo)
      .where(and(eq(planTodo.state, 'waiting'), lte(planTodo.nextAttemptAt, new Date(now)), ending ? and(ne(planTodo.wanted, 'open'), isNotNull(planTodo.taskId)) : undefined))
      .orderBy(asc(planTodo.nextAttemptAt))
      .limit(1)
      .for('update', { skipLocked: true })
    if (!due)
      return undefined
    const attempts = due.attempts + 1
    await tx.update(planTodo).set({ attempts, nextAttemptAt: new Date(now + leaseMs) }).where(eq(planTodo.planId, due.planId))
    return { ...due, attempts }
  })
}

/** What came of it, unless the plan has changed again meanwhile. */
export async function settleTodo(db: Db, todo: StoredTodo, set: Partial<Pick<StoredTodo, 'state' | 'told' | 'taskId' | 'unionid' | 'reason' | 'detail' | 'attempts' | 'nextAttemptAt'>>): Promise<void> {
  const { state, nextAttemptAt, attempts, ...rest } = set
  if (Object.keys(rest).length > 0)
    await db.update(planTodo).set(rest).where(eq(planTodo.planId, todo.planId))
  if (!state && !nextAttemptAt)
    return
  await db
    .update(planTodo)
    .set({ ...(state && { state }), ...(nextAttemptAt && { nextAttemptAt }), ...(attempts !== undefined && { attempts }) })
    .where(and(eq(planTodo.planId, todo.planId), sql`(${planTodo.wanted}, ${planTodo.subject}, ${planTodo.accountId}, ${planTodo.dueAt}) is not distinct from (${todo.wanted}, ${todo.subject}, ${todo.accountId}::uuid, ${todo.dueAt?.toISOString() ?? null}::timestamptz)`))
}

/** A change in DingTalk comes in several events; they are looked at together after a moment. */
const lookAfterMs = 2000

/** DingTalk says that something changed in these to-dos; only what is still open here is of interest. */
export async function noteChanged(db: Db, taskIds: string[], now: number): Promise<number> {
  const noted = await db
    .update(planTodo)
    .set({ lookAt: new Date(now + lookAfterMs) })
    .where(and(inArray(planTodo.taskId, taskIds), eq(planTodo.wanted, 'open')))
    .returning({ id: planTodo.planId })
  return noted.length
}

/**
 * Takes a person's to-dos that are to be looked at. Unless they are settled, another look comes after 1, 2, 4 … 60 minutes: what
 * is synced needs no attempts to be told, and counts those to look.
 */
export async function claimLooks(db: Db, now: number): Promise<StoredTodo[]> {
  // What DingTalk is still to be told of is told first.
  const due = and(lte(planTodo.lookAt, new Date(now)), eq(planTodo.wanted, 'open'), eq(planTodo.state, 'synced'))
  const again = sql`${new Date(now).toISOString()}::timestamptz + least(60, power(2, least(${planTodo.attempts}, 6))) * interval '1 minute'`
  return db.transaction(async (tx) => {
    const [first] = await tx.select({ accountId: planTodo.accountId }).from(planTodo).where(due).orderBy(asc(planTodo.lookAt)).limit(1).for('update', { skipLocked: true })
    if (!first)
      return []
    return tx.update(planTodo).set({ lookAt: again, attempts: sql`${planTodo.attempts} + 1` }).where(and(due, eq(planTodo.accountId, first.accountId))).returning()
  })
}

/** They were looked at; what DingTalk told meanwhile is looked at again. */
export async function settleLooks(db: Db, todos: StoredTodo[]): Promise<void> {
  for (const { planId, lookAt } of todos)
    await db.update(planTodo).set({ lookAt: null, attempts: 0 }).where(and(eq(planTodo.planId, planId), sql`${planTodo.lookAt} = ${lookAt!.toISOString()}::timestamptz`))
}

export async function todoOf(db: Db, planId: string): Promise<StoredTodo | undefined> {
  const [found] = await db.select().from(planTodo).where(eq(planTodo.planId, planId))
  return found
}
