import type { RecordRow } from '#contract/crm/records.ts'
import type { Db } from '../../../db/index.ts'
import type { KindDef, StoredRecord } from '../kinds/index.ts'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { among } from '../access/reach.ts'
import { shortName } from '../access/read.ts'

const { followUpPlan: plan } = tables

/** Where a plan says what it is about. */
const planLinks = { leads: plan.leadId, customers: plan.customerId, opportunities: plan.opportunityId } as const

/** The next open plan of each of these records; those without one are not asked for. */
export async function nextPlans(db: Db, { kind }: KindDef, rows: StoredRecord[]): Promise<Map<string, NonNullable<RecordRow['next']>>> {
  const ids = rows.filter(({ nextPlanAt }) => nextPlanAt !== null).map(({ id }) => id)
  if (ids.length === 0 || !(kind in planLinks))
    return new Map()
  const link = planLinks[kind as keyof typeof planLinks]
  const found = await db
    .selectDistinctOn([link], { record: link, id: plan.id, content: plan.content, dueAt: plan.dueAt })
    .from(plan)
    .where(and(among(link, ids), eq(plan.status, 'open'), isNull(plan.deletedAt)))
    .orderBy(asc(link), asc(plan.dueAt), asc(plan.id))
  return new Map(found.map(({ record, id, content, dueAt }) => [record!, { planId: id, content: shortName(content), at: dueAt.toISOString() }]))
}
