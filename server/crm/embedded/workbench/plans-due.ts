import type { Db } from '../../../db/index.ts'
import type { DuePlan } from '../../reminders.ts'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { shortName } from '../access/read.ts'
import { kinds } from '../kinds/index.ts'
import { collaboratorsOf } from '../sharing/told.ts'

const { customer, followUpPlan: plan, lead, opportunity } = tables

const atOnce = 5000

/** The first open plans that become due in this time, with whom what they are about is shared with; two statements. */
export async function plansDue(db: Db, { from, until }: { from: Date, until: Date }): Promise<DuePlan[]> {
  const rows = await db
    .select({
      id: plan.id,
      content: plan.content,
      dueAt: plan.dueAt,
      ownerId: plan.ownerId,
      customerId: plan.customerId,
      leadId: plan.leadId,
      opportunityId: plan.opportunityId,
      about: sql<string | null>`coalesce(${opportunity.name}, ${customer.name}, ${lead.name})`,
    })
    .from(plan)
    .leftJoin(customer, eq(customer.id, plan.customerId))
    .leftJoin(lead, eq(lead.id, plan.leadId))
    .leftJoin(opportunity, eq(opportunity.id, plan.opportunityId))
    .where(and(eq(plan.status, 'open'), isNull(plan.deletedAt), sql`${plan.dueAt} >= ${from.toISOString()}::timestamptz and ${plan.dueAt} < ${until.toISOString()}::timestamptz`))
    .orderBy(asc(plan.dueAt), asc(plan.id))
    .limit(atOnce)
  const people = await collaboratorsOf(db, kinds.plans, rows)
  return rows.map(({ id, content, dueAt, ownerId, about }) => ({ id, ownerId, collaborators: people.get(id) ?? [], content: shortName(content), dueAt, about: about ?? '' }))
}
