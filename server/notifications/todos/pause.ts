import type { Db } from '../../db/index.ts'
import type { DingTalkError } from '../../dingtalk/index.ts'
import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { dayMs, quotaBackAt } from '../days.ts'

const { planTodo, setting } = tables
const key = 'notifications.todos.pause'

const shape = z.object({ reason: z.string(), text: z.string(), requiredScopes: z.array(z.string()).optional(), since: z.number(), until: z.number() })
/** Why no to-dos are written, and when it is tried again: the first one then shows whether it is over. */
export type TodoPause = z.output<typeof shape>

/** As far as it holds at this moment. */
export async function readTodoPause(db: Db, now: number): Promise<TodoPause | null> {
  const [found] = await db.select({ value: setting.value }).from(setting).where(eq(setting.key, key))
  const pause = shape.safeParse(found?.value).data
  return pause && pause.until > now ? pause : null
}

/** Until tomorrow, or until there are calls again. @returns whether it is new: not the same trouble met again */
export async function pauseTodos(tx: Db, { reason, text, requiredScopes }: DingTalkError, usedUp: boolean, now: number): Promise<boolean> {
  const [found] = await tx.select({ value: setting.value }).from(setting).where(eq(setting.key, key)).for('update')
  const before = shape.safeParse(found?.value).data
  const same = before?.reason === reason
  const pause: TodoPause = { reason, text: text.slice(0, 500), ...(requiredScopes && { requiredScopes }), since: same ? before.since : now, until: usedUp ? quotaBackAt(now) : now + dayMs }
  const row = { key, value: pause, updatedAt: new Date(now) }
  await tx.insert(setting).values(row).onConflictDoUpdate({ target: setting.key, set: row })
  return !same
}

/** It went well again. */
export async function forgetTodoPause(db: Db): Promise<void> {
  await db.delete(setting).where(eq(setting.key, key))
}

/** Tries everything again that failed, by an administrator's wish. @returns how many */
export async function retryTodos(db: Db, by: { name: string, ip: string }, now: number): Promise<number> {
  return db.transaction(async (tx) => {
    await forgetTodoPause(tx)
    const again = await tx
      .update(planTodo)
      .set({ state: 'waiting', attempts: 0, nextAttemptAt: new Date(now), reason: null, detail: null })
      .where(sql`${planTodo.state} in ('failed', 'waiting')`)
      .returning({ id: planTodo.planId })
    await audit(tx, { actor: by.name, action: 'notifications.todos.retry', detail: { todos: again.length }, ip: by.ip })
    return again.length
  })
}
