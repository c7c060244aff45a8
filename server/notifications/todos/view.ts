import type { TodoView } from '#contract/delivery/index.ts'
import type { Locale } from '../../http/locale.ts'
import type { DeliveryParts } from '../parts.ts'
import { desc, eq, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { word } from '../log/reasons.ts'
import { readTodoPause } from './pause.ts'

const { account, planTodo } = tables

/** Failures that are named; the others are a number. */
const named = 20

/** What stands in the way of to-dos, and which of them are not as they should be. */
export async function describeTodos({ db, budget, now }: Pick<DeliveryParts, 'db' | 'budget' | 'now'>, locale: Locale): Promise<TodoView> {
  const paused = await readTodoPause(db, now())
  const [counts] = await db
    .select({
      waiting: sql<number>`(count(*) filter (where ${planTodo.state} = 'waiting'))::int`,
      failed: sql<number>`(count(*) filter (where ${planTodo.state} = 'failed'))::int`,
    })
    .from(planTodo)
  const failures = await db
    .select({ planId: planTodo.planId, subject: planTodo.subject, reason: planTodo.reason, detail: planTodo.detail, account: { id: account.id, name: account.name, avatar: account.avatar } })
    .from(planTodo)
    .innerJoin(account, eq(account.id, planTodo.accountId))
    .where(eq(planTodo.state, 'failed'))
    .orderBy(desc(planTodo.updatedAt), planTodo.planId)
    .limit(named)
  return {
    paused: paused && {
      reason: paused.reason,
      ...word(paused.reason, locale, { text: paused.text, ...(paused.requiredScopes && { requiredScopes: paused.requiredScopes }) }),
      since: new Date(paused.since).toISOString(),
      until: new Date(paused.until).toISOString(),
    },
    spent: await budget.isSpent(),
    waiting: counts?.waiting ?? 0,
    failed: counts?.failed ?? 0,
    failures: failures.map(({ reason, detail, ...todo }) => {
      const { cause, fix } = word(reason ?? 'todo_lost', locale, { ...(detail && { text: detail }) })
      return { ...todo, reason: reason ?? 'todo_lost', cause, fix }
    }),
  }
}
