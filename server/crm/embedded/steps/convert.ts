import type { FieldValues } from '#contract/crm/forms.ts'
import type { RecordRef } from '#contract/crm/kinds.ts'
import type { Db } from '../../../db/index.ts'
import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { Seen } from '../access/read.ts'
import type { StoredRecord } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { AppError, invalid } from '../../../http/app-error.ts'
import { reachOf } from '../access/reach.ts'
import { readRecord } from '../access/read.ts'
import { isReached, mayWrite } from '../access/rights.ts'
import { kinds } from '../kinds/index.ts'
import { presentRecord } from '../records/get.ts'
import { nameOf } from '../records/present.ts'
import { withCollaborators } from '../sharing/told.ts'
import { insert } from '../write/create.ts'
import { event } from '../write/events.ts'
import { newInput } from '../write/input.ts'
import { refreshParents } from '../write/parents.ts'
import { change } from '../write/patch.ts'
import { prepare } from '../write/prepare.ts'

const { followUp, followUpPlan } = tables

interface Wanted {
  customerId?: string | undefined
  contact: boolean
  opportunity?: FieldValues | undefined
}

export interface Conversion {
  customer: RecordRef
  contact: RecordRef | null
  opportunity: RecordRef | null
}

/**
 * Turns a lead into a customer (a new one, or one that is there), a contact and on wish an opportunity, all or nothing.
 * Its follow-ups and plans go on at the customer. A lead that was converted answers again what it became.
 * @throws {AppError} not_found; forbidden; duplicate_found when the customer's name is taken; validation_failed
 */
export async function convertLead(parts: EmbeddedParts, actor: Actor, id: string, wanted: Wanted): Promise<Conversion> {
  const reach = await reachOf(parts, actor)
  const lead = await readRecord(parts, actor, kinds.leads, id, { reach })
  if (lead.convertedAt !== null)
    return converted(parts, actor, reach, lead)
  if (!isReached(lead.access))
    throw new AppError('forbidden')
  const existing = wanted.customerId === undefined ? undefined : await readRecord(parts, actor, kinds.customers, wanted.customerId, { reach })
  if (existing && !mayWrite(existing.access))
    throw new AppError('forbidden')
  const inputs = await prepareParts(parts, actor, reach, lead, existing, wanted)
  await parts.db.transaction(tx => write(parts, tx, actor, lead, existing, inputs))
  return converted(parts, actor, reach, await readRecord(parts, actor, kinds.leads, id, { reach }))
}

type Inputs = Awaited<ReturnType<typeof prepareParts>>

/** The values of what is made, checked as a form's would be; references to each other come with their ids. */
async function prepareParts(parts: EmbeddedParts, actor: Actor, reach: Reach, lead: Seen, existing: Seen | undefined, wanted: Wanted) {
  const given = { actorId: String(lead.ownerId), now: parts.now() }
  const text = (prop: string) => (typeof lead[prop] === 'string' ? (lead[prop] as string) : '')
  const customer = existing
    ? undefined
    : newInput(kinds.customers, { name: text('name'), phone: text('phone'), industry: text('industry'), source: text('source'), location: lead.location as never, remark: text('remark'), status: 'following' }, given)
  const contact = wanted.contact && text('contactName') !== '' ? newInput(kinds.contacts, { name: text('contactName'), phone: text('phone'), email: text('email') }, given) : undefined
  const opportunity = wanted.opportunity && newInput(kinds.opportunities, { source: text('source'), product: text('product'), ...wanted.opportunity }, { ...given, path: 'opportunity' })
  // Its customer is only made with it.
  for (const input of [contact, opportunity]) {
    if (input)
      input.issues = input.issues.filter(({ path }) => !path.endsWith('.customer'))
  }
  const issues = [
    ...(customer?.issues ?? []),
    ...(contact?.issues ?? []),
    ...(opportunity ? await prepare(parts, actor, reach, kinds.opportunities, { ...opportunity, fields: opportunity.fields.filter(({ type }) => type === 'member') }, { path: 'opportunity' }) : []),
  ]
  if (issues.length > 0)
    throw invalid(issues)
  return { customer, contact, opportunity }
}

async function write(parts: EmbeddedParts, tx: Db, actor: Actor, lead: Seen, existing: Seen | undefined, { customer, contact, opportunity }: Inputs): Promise<void> {
  const silent = true
  const own = { ownerId: lead.ownerId }
  const customerRow: StoredRecord = existing ?? (await insert(parts, tx, actor, kinds.customers, randomUUID(), customer!, { silent, extra: own }).catch(asDuplicate))
  const link = { ...own, customerId: customerRow.id }
  const contactRow = contact && (await insert(parts, tx, actor, kinds.contacts, randomUUID(), contact, { silent, extra: link }))
  const opportunityRow = opportunity && (await insert(parts, tx, actor, kinds.opportunities, randomUUID(), opportunity, { silent, extra: { customerId: customerRow.id, contactId: contactRow?.id ?? null } }))
  const became = { stage: 'converted', convertedAt: parts.now(), customerId: customerRow.id, contactId: contactRow?.id ?? null, opportunityId: opportunityRow?.id ?? null }
  const after = await change(parts, tx, actor, kinds.leads, lead, became)
  await goOnAt(tx, lead.id, customerRow.id)
  await refreshParents(tx, [{ leadId: lead.id, customerId: customerRow.id }])
  const told = event('lead.converted', kinds.leads, after, { actor, at: parts.now(), values: { into: nameOf(kinds.customers, customerRow) } })
  await parts.publish(tx, await withCollaborators(tx, kinds.leads, [lead], [told]))
}

/**
 * What was said to the lead is the customer's history from now on, and no longer the lead's: what is about both could
 * neither be edited (shape.ts) nor outlive the lead. The lead leads there by what it became.
 */
async function goOnAt(tx: Db, leadId: string, customerId: string): Promise<void> {
  await tx.update(followUp).set({ customerId, leadId: null }).where(sql`${followUp.leadId} = ${leadId}::uuid and ${followUp.deletedAt} is null`)
  await tx.update(followUpPlan).set({ customerId, leadId: null }).where(sql`${followUpPlan.leadId} = ${leadId}::uuid and ${followUpPlan.deletedAt} is null`)
}

/** A taken name is no slip of the form here: the reader chooses the customer that has it. */
function asDuplicate(error: unknown): never {
  throw error instanceof AppError && error.code === 'validation_failed' ? new AppError('duplicate_found') : error
}

async function converted(parts: EmbeddedParts, actor: Actor, reach: Reach, lead: Seen): Promise<Conversion> {
  const { converted } = await presentRecord(parts, actor, kinds.leads, reach, lead)
  const one = (kind: RecordRef['kind']) => converted.find(ref => ref.kind === kind) ?? null
  return { customer: one('customers')!, contact: one('contacts'), opportunity: one('opportunities') }
}
