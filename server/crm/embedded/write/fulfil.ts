import type { Db } from '../../../db/index.ts'
import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { StoredRecord } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { eq, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { readSeen } from '../access/read.ts'
import { mayWrite } from '../access/rights.ts'
import { kinds } from '../kinds/index.ts'

const { followUp, followUpPlan } = tables

/**
 * A plan becomes the follow-up that was just written.
 * @throws {AppError} not_found for a plan that is none of theirs to complete; plan_closed for one done or dropped already
 */
export async function fulfil({ now }: EmbeddedParts, tx: Db, actor: Actor, reach: Reach, planId: string, followUpId: string): Promise<StoredRecord> {
  const [plan] = await readSeen(tx, kinds.plans, reach, [planId], { lock: true })
  if (!plan || !mayWrite(plan.access))
    throw new AppError('not_found')
  if (plan.status !== 'open')
    throw new AppError('plan_closed')
  await tx
    .update(followUpPlan)
    .set({ status: 'completed', closedAt: now(), followUpId, version: sql`${followUpPlan.version} + 1`, updatedAt: now(), updatedById: actor.id })
    .where(eq(followUpPlan.id, plan.id))
  await tx.update(followUp).set({ planId: plan.id }).where(eq(followUp.id, followUpId))
  return plan
}
