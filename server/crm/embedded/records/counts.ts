import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { CrmRecord } from '#contract/crm/records.ts'
import type { Db } from '../../../db/index.ts'
import type { Reach } from '../access/reach.ts'
import type { KindDef } from '../kinds/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { accessTo } from '../access/access.ts'
import { kinds } from '../kinds/index.ts'
import { run } from './page.ts'

const { collaborator, contact, crmComment, followUp, followUpPlan, opportunity } = tables

/** Numbers for the tabs of a record, in one statement; all of them are seen by who sees it, but for what was written at a contact. */
export async function countRelated(db: Db, { kind }: KindDef, id: string, reach: Reach): Promise<CrmRecord['counts']> {
  const counts: Partial<Record<keyof CrmRecord['counts'], SQL>> = {}
  const live = (link: PgColumn, deletedAt: PgColumn) => sql`select count(*)::int from ${link.table} where ${link} = ${id}::uuid and ${deletedAt} is null`
  if (kind === 'customers') {
    counts.contacts = live(contact.customerId, contact.deletedAt)
    counts.opportunities = live(opportunity.customerId, opportunity.deletedAt)
  }
  if (kind === 'contacts')
    counts.followUps = sql`${live(followUp.contactId, followUp.deletedAt)} and ${accessTo(kinds['follow-ups'], reach)} is not null`
  if (kind === 'leads' || kind === 'customers' || kind === 'opportunities') {
    const link = ({ leads: 'leadId', customers: 'customerId', opportunities: 'opportunityId' } as const)[kind]
    counts.followUps = live(followUp[link], followUp.deletedAt)
    counts.plans = live(followUpPlan[link], followUpPlan.deletedAt)
  }
  if (kind === 'follow-ups' || kind === 'plans')
    counts.comments = sql`select count(*)::int from ${crmComment} where ${crmComment.kind} = ${kind} and ${crmComment.recordId} = ${id}::uuid and ${crmComment.deletedAt} is null`
  else counts.collaborators = sql`select count(*)::int from ${collaborator} where ${collaborator.kind} = ${kind} and ${collaborator.recordId} = ${id}::uuid`
  const columns = Object.entries(counts).map(([name, count]) => sql`(${count}) as ${sql.identifier(name)}`)
  const { rows } = await run<CrmRecord['counts']>(db, sql`select ${sql.join(columns, sql`, `)}`)
  return rows[0] ?? {}
}
