import type { FieldIssue } from '#contract/errors.ts'
import type { Db } from '../../../db/index.ts'
import type { Reach } from '../access/reach.ts'
import type { KindDef } from '../kinds/index.ts'
import { and, eq, isNotNull } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { readSeen } from '../access/read.ts'
import { mayWrite } from '../access/rights.ts'
import { kinds } from '../kinds/index.ts'

const { contact, lead, opportunity } = tables

const isActivity = ({ kind }: KindDef): boolean => kind === 'follow-ups' || kind === 'plans'

/**
 * What is about an opportunity or a contact is about their customer, also where only they are named; so is what is
 * written to a lead that became one meanwhile.
 */
export async function fillTargets(db: Db, kind: KindDef, stored: Record<string, unknown>): Promise<void> {
  if (!isActivity(kind) || stored.customerId)
    return
  if (typeof stored.leadId === 'string') {
    const [became] = await db.select({ customerId: lead.customerId }).from(lead).where(and(eq(lead.id, stored.leadId), isNotNull(lead.convertedAt), isNotNull(lead.customerId)))
    if (became)
      Object.assign(stored, { leadId: null, customerId: became.customerId })
    return
  }
  const [table, id] = typeof stored.opportunityId === 'string' ? [opportunity, stored.opportunityId] : [contact, stored.contactId]
  if (typeof id !== 'string')
    return
  const [found] = await db.select({ customerId: table.customerId }).from(table).where(eq(table.id, id))
  if (found)
    stored.customerId = found.customerId
}

/** Rules between the fields of a record. */
export function shapeIssues(kind: KindDef, stored: Record<string, unknown>, path: string): FieldIssue[] {
  if (!isActivity(kind))
    return []
  if (!stored.leadId && !stored.customerId)
    return [{ path: `${path}.customer`, message: 'required' }]
  if (stored.leadId && (stored.customerId || stored.opportunityId || stored.contactId))
    return [{ path: `${path}.lead`, message: 'lead_or_customer' }]
  return []
}

/**
 * Something may be added to what one may write to, be it the contact alone; with records one may only read, it is a
 * matter of their owner.
 */
export async function parentIssues(db: Db, kind: KindDef, stored: Record<string, unknown>, reach: Reach, path: string): Promise<FieldIssue[]> {
  const named = kind.parents.filter(({ prop }) => typeof stored[prop] === 'string')
  if (named.length === 0)
    return []
  const at = isActivity(kind) && typeof stored.contactId === 'string' ? [...named, { prop: 'contactId', kind: 'contacts' } as const] : named
  for (const { prop, kind: of } of at) {
    const [seen] = await readSeen(db, kinds[of], reach, [stored[prop] as string])
    if (seen && mayWrite(seen.access))
      return []
  }
  return [{ path: `${path}.${named[0]!.prop.replace(/Id$/, '')}`, message: 'record_readonly' }]
}
