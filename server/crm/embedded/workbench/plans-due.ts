import type { Db } from '../../../db/index.ts'
import type { CrmEvent } from '../../events.ts'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { shortName } from '../access/read.ts'

const { customer, followUpPlan: plan, lead, opportunity } = tables

const atOnce = 5000

/**
 * Open plans that become due in this time, as events for their owners: `plan.due` ahead of it, `plan.overdue` after.
 * Time caused them, so there is no actor; the key changes with the due time, so a plan put off is told again.
 */
export async function plansDue(db: Db, type: 'plan.due' | 'plan.overdue', { from, until }: { from: Date, until: Date }): Promise<CrmEvent[]> {
  const rows = await db
    .select({
      id: plan.id,
      content: plan.content,
      dueAt: plan.dueAt,
      ownerId: plan.ownerId,
      about: sql<string | null>`coalesce(${opportunity.name}, ${customer.name}, ${lead.name})`,
    })
    .from(plan)
    .leftJoin(customer, eq(customer.id, plan.customerId))
    .leftJoin(lead, eq(lead.id, plan.leadId))
    .leftJoin(opportunity, eq(opportunity.id, plan.opportunityId))
    .where(and(eq(plan.status, 'open'), isNull(plan.deletedAt), sql`${plan.dueAt} >= ${from.toISOString()}::timestamptz and ${plan.dueAt} < ${until.toISOString()}::timestamptz`))
    .orderBy(asc(plan.dueAt), asc(plan.id))
    .limit(atOnce)
  return rows.map(({ id, content, dueAt, ownerId, about }) => ({
    key: `${type}:${id}:${dueAt.toISOString()}`,
    type,
    at: dueAt,
    actor: null,
    record: { kind: 'plans', id, name: shortName(content) },
    parties: { owner: ownerId },
    values: { content: shortName(content), due: dueAt.toISOString(), ...(about !== null && { about }) },
  }))
}
