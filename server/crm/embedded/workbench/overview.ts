import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Overview } from '#contract/crm/overview.ts'
import type { Db } from '../../../db/index.ts'
import type { Actor } from '../../gateway.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { Period } from './periods.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { reached, reachOf } from '../access/reach.ts'
import { stageDefs } from '../kinds/stages.ts'
import { run } from '../records/page.ts'
import { periodAt } from './periods.ts'

const { customer, followUp, lead, opportunity } = tables

type Figure = Overview['newLeads']

/** Numbers of a period against the one before, of one's own records or of all within reach; and open opportunities by stage. */
export async function overview(parts: EmbeddedParts, actor: Actor, { period, scope }: Pick<Overview, 'period' | 'scope'>): Promise<Overview> {
  const { db } = parts
  const reach = await reachOf(parts, actor)
  const theirs = (owner: PgColumn): SQL => (scope === 'department' ? reached(reach, owner) : sql`${owner} = ${actor.id}::uuid`)
  const times = periodAt(period, parts.now())
  // Where there are several connections, side by side.
  const [leads, customers, opportunities, won, followUps, stages] = await Promise.all([
    figures(db, lead.createdAt, theirs(lead.ownerId), times),
    figures(db, customer.createdAt, theirs(customer.ownerId), times),
    figures(db, opportunity.createdAt, theirs(opportunity.ownerId), times, opportunity.amount),
    figures(db, opportunity.closedAt, sql`${theirs(opportunity.ownerId)} and ${opportunity.stage} = 'won'`, times, opportunity.amount),
    figures(db, followUp.at, theirs(followUp.ownerId), times),
    funnel(parts, actor, theirs(opportunity.ownerId)),
  ])
  return {
    period,
    scope,
    canSeeDepartment: reach.ids === null || reach.ids.length > 1,
    from: times.from.toISOString(),
    until: times.until.toISOString(),
    newLeads: leads.count,
    newCustomers: customers.count,
    newOpportunities: opportunities.count,
    newOpportunityAmount: opportunities.amount,
    wonCount: won.count,
    wonAmount: won.amount,
    followUps: followUps.count,
    funnel: stages,
  }
}

/** How many rows and how much money both periods have, as text: amounts stay exact. Each reads only its own period of an index, side by side. */
async function figures(db: Db, time: PgColumn, where: SQL, { from, until, before }: Period, amount?: PgColumn): Promise<{ count: Figure, amount: Figure }> {
  const sum = amount ? sql`coalesce(sum(${amount}), 0)` : sql`0`
  const within = async (a: Date, b: Date) => {
    const { rows } = await run<{ count: string, amount: string }>(db, sql`select count(*)::text as count, (${sum})::text as amount from ${time.table}
      where ${where} and ${time} >= ${a.toISOString()}::timestamptz and ${time} <= ${b.toISOString()}::timestamptz and deleted_at is null`)
    return rows[0]!
  }
  const [now, then] = await Promise.all([within(from, until), within(before.from, before.until)])
  return { count: { value: now.count, before: then.count }, amount: { value: now.amount, before: then.amount } }
}

async function funnel({ db }: EmbeddedParts, actor: Actor, theirs: SQL): Promise<Overview['funnel']> {
  const { rows } = await run<{ stage: string, count: number, amount: string }>(
    db,
    sql`select ${opportunity.stage} as stage, count(*)::int as count, sum(${opportunity.amount})::text as amount from ${opportunity}
      where ${theirs} and ${opportunity.closedAt} is null and ${opportunity.deletedAt} is null group by ${opportunity.stage}`,
  )
  const byStage = new Map(rows.map(row => [row.stage, row]))
  return stageDefs
    .filter(({ outcome }) => outcome === 'open')
    .map(({ tone: _, label, ...stage }) => ({
      ...stage,
      label: label[actor.locale],
      count: byStage.get(stage.value)?.count ?? 0,
      amount: byStage.get(stage.value)?.amount ?? '0.00',
    }))
}
