import type { Db } from '../../../db/index.ts'
import { and, asc, gt, gte, inArray, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

const { followUpPlan: plan } = tables

interface PlanForTodo {
  id: string
  ownerId: string
  subject: string
  dueAt: Date
  state: 'open' | 'done' | 'gone'
  changedAt: Date
}

const columns = {
  id: plan.id,
  ownerId: plan.ownerId,
  subject: plan.content,
  dueAt: plan.dueAt,
  status: plan.status,
  deletedAt: plan.deletedAt,
  changedAt: plan.updatedAt,
}

function present({ status, deletedAt, ...row }: Omit<PlanForTodo, 'state'> & { status: 'open' | 'completed' | 'cancelled', deletedAt: Date | null }): PlanForTodo {
  return { ...row, state: deletedAt || status === 'cancelled' ? 'gone' : status === 'completed' ? 'done' : 'open' }
}

/** Plans as far as they concern whoever shows them elsewhere as to-dos; nobody's rights are applied. */
export function plansForTodos(db: Db) {
  return {
    /** By pages: times are read by the millisecond, so many plans may share one. */
    async changedSince(since: Date, limit: number, afterId?: string): Promise<PlanForTodo[]> {
      const changed = sql`date_trunc('milliseconds', ${plan.updatedAt})`
      const after = afterId
        ? and(gte(plan.updatedAt, since), sql`(${changed}, ${plan.id}) > (${since.toISOString()}::timestamptz, ${afterId}::uuid)`)
        : gt(plan.updatedAt, since)
      return (await db.select(columns).from(plan).where(after).orderBy(changed, asc(plan.id)).limit(limit)).map(present)
    },
    states: async (ids: string[]): Promise<PlanForTodo[]> => (await db.select(columns).from(plan).where(inArray(plan.id, ids))).map(present),
    countSince: (since: Date): Promise<number> => db.$count(plan, and(gte(plan.createdAt, since))),
  }
}
