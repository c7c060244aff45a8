import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Overview } from '#contract/crm/overview.ts'
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

type Owned = PgColumn

const won = (theirs: SQL): SQL => sql`${theirs} and ${opportunity.stage} = 'won'`

interface Counted {
  value: string
  before: string
}

/** Numbers of a period against the one before, of one's own records or of all within reach; and open opportunities by stage. */
export async function overview(parts: EmbeddedParts, actor: Actor, { period, scope }: Pick<Overview, 'period' | 'scope'>): Promise<Overview> {
  const reach = await reachOf(parts, actor)
  const wide = scope === 'department'
  const theirs = (owner: Owned): SQL => (wide ? reached(reach, owner) : sql`${owner} = ${actor.id}::uuid`)
  const times = periodAt(period, parts.now())
  const { rows } = await run<Record<string, Counted>>(
    parts.db,
    sql`select
      (${figure(lead.createdAt, theirs(lead.ownerId), times, sql`count(*)`)}) as "newLeads",
      (${figure(customer.createdAt, theirs(customer.ownerId), times, sql`count(*)`)}) as "newCustomers",
      (${figure(opportunity.createdAt, theirs(opportunity.ownerId), times, sql`count(*)`)}) as "newOpportunities",
      (${figure(opportunity.createdAt, theirs(opportunity.ownerId), times, sql`coalesce(sum(${opportunity.amount}), 0)`)}) as "newOpportunityAmount",
      (${figure(opportunity.closedAt, won(theirs(opportunity.ownerId)), times, sql`count(*)`)}) as "wonCount",
      (${figure(opportunity.closedAt, won(theirs(opportunity.ownerId)), times, sql`coalesce(sum(${opportunity.amount}), 0)`)}) as "wonAmount",
      (${figure(followUp.at, theirs(followUp.ownerId), times, sql`count(*)`)}) as "followUps"`,
  )
  const figures = rows[0]!
  return {
    period,
    scope,
    canSeeDepartment: reach.ids === null || reach.ids.length > 1,
    from: times.from.toISOString(),
    until: times.until.toISOString(),
    newLeads: figures.newLeads!,
    newCustomers: figures.newCustomers!,
    newOpportunities: figures.newOpportunities!,
    newOpportunityAmount: figures.newOpportunityAmount!,
    wonCount: figures.wonCount!,
    wonAmount: figures.wonAmount!,
    followUps: figures.followUps!,
    funnel: await funnel(parts, actor, theirs(opportunity.ownerId)),
  }
}

/** Both periods of one number, as text: amounts stay exact. Each reads only its own period of an index. */
function figure(time: PgColumn, where: SQL, { from, until, before }: Period, aggregate: SQL): SQL {
  const { table } = time
  const within = (a: Date, b: Date) =>
    sql`(select (${aggregate})::text from ${table} where ${where} and ${time} >= ${a.toISOString()}::timestamptz and ${time} <= ${b.toISOString()}::timestamptz and deleted_at is null)`
  return sql`select jsonb_build_object('value', ${within(from, until)}, 'before', ${within(before.from, before.until)})`
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
