import type { SQL } from 'drizzle-orm'
import type { Db } from '../../../db/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { uuids } from '../access/reach.ts'

const { customer, followUp, followUpPlan, lead, opportunity } = tables

/** Rows of follow-ups and plans, or whatever else names what they belong to. */
type Links = Record<string, unknown>

const followed = { leadId: lead, customerId: customer, opportunityId: opportunity } as const

/**
 * Brings "last follow-up" and "next plan" of what these follow-ups and plans belong to up to date: read anew, so that
 * deleting, moving and reopening are as right as adding. No edit of the record itself, so its version stays.
 */
export async function refreshParents(tx: Db, rows: readonly object[]): Promise<void> {
  for (const link of ['leadId', 'customerId', 'opportunityId'] as const) {
    const ids = [...new Set(rows.map(row => (row as Links)[link]).filter((id): id is string => typeof id === 'string'))].sort()
    if (ids.length > 0)
      await tx.execute(refresh(link, ids))
  }
}

function refresh(link: keyof typeof followed, ids: string[]): SQL {
  const table = followed[link]
  return sql`update ${table} set
    last_follow_up_at = latest.at, last_follow_up_by_id = latest.owner_id, next_plan_at = upcoming.due_at
    from unnest(${uuids(ids)}) wanted(id)
    left join lateral (select ${followUp.at} as at, ${followUp.ownerId} as owner_id from ${followUp}
      where ${followUp[link]} = wanted.id and ${followUp.deletedAt} is null order by ${followUp.at} desc, ${followUp.id} desc limit 1) latest on true
    left join lateral (select ${followUpPlan.dueAt} as due_at from ${followUpPlan}
      where ${followUpPlan[link]} = wanted.id and ${followUpPlan.deletedAt} is null and ${followUpPlan.status} = 'open'
      order by ${followUpPlan.dueAt}, ${followUpPlan.id} limit 1) upcoming on true
    where ${table.id} = wanted.id`
}
