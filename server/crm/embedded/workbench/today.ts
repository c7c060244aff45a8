import type { Today } from '#contract/crm/overview.ts'
import type { Actor } from '../../gateway.ts'
import type { EmbeddedParts } from '../parts.ts'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { reachOf } from '../access/reach.ts'
import { dayStart } from '../calendar.ts'
import { kinds } from '../kinds/index.ts'
import { rowsOf } from '../records/list.ts'
import { run } from '../records/page.ts'
import { recentRecords } from './recent.ts'

const { customer, followUpPlan: plan, lead } = tables

const plansShown = 50

/** What somebody has to do today, overdue things first, and what they had before them last. */
export async function today(parts: EmbeddedParts, actor: Actor): Promise<Today> {
  const { db } = parts
  const now = parts.now()
  const reach = await reachOf(parts, actor)
  const due = and(eq(plan.ownerId, actor.id), eq(plan.status, 'open'), isNull(plan.deletedAt), sql`${plan.dueAt} < ${dayStart(now, 1).toISOString()}::timestamptz`)
  const next = await db.select({ id: plan.id }).from(plan).where(due).orderBy(asc(plan.dueAt), asc(plan.id)).limit(plansShown)
  const [numbers] = await db
    .select({ all: sql<number>`count(*)::int`, overdue: sql<number>`(count(*) filter (where ${plan.dueAt} < ${now.toISOString()}::timestamptz))::int` })
    .from(plan)
    .where(due)
  return {
    plans: await rowsOf(parts, actor, kinds.plans, reach, next.map(({ id }) => id)),
    planCount: numbers?.all ?? 0,
    overdueCount: numbers?.overdue ?? 0,
    recent: await recentRecords(parts, actor, reach),
    empty: await isEmpty(parts),
  }
}

/** By the order of the keys, or the first row is looked for in the table, behind whatever was deleted there. */
async function isEmpty({ db }: EmbeddedParts): Promise<boolean> {
  const any = (table: typeof customer | typeof lead) => sql`(select ${table.id} from ${table} order by ${table.id} limit 1) is not null`
  const { rows } = await run<{ some: boolean }>(db, sql`select ${any(customer)} or ${any(lead)} as some`)
  return rows[0]?.some === false
}
