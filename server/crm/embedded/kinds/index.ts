import type { PgColumn } from 'drizzle-orm/pg-core'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { FieldDef } from './field.ts'
import type { KindDef, RecordTable, SortDef } from './kind.ts'
import { tables } from '../../../db/index.ts'
import { followUpFields, planFields } from './activities.ts'
import { createdAt } from './common.ts'
import { contactFields, customerFields } from './customers.ts'
import { leadFields } from './leads.ts'
import { opportunityFields, opportunityMoments } from './opportunities.ts'
import { customerStatuses, leadStages, planStatuses } from './options.ts'
import { stageOptions } from './stages.ts'

export type { FieldDef, OptionDef } from './field.ts'
export { filtersOf, propOf } from './field.ts'
export type { KindDef, SortDef, StoredRecord } from './kind.ts'

const updated: SortDef = { prop: 'updatedAt', value: 'moment' }
const created: SortDef = { prop: 'createdAt', value: 'moment' }
const name: SortDef = { prop: 'name', value: 'text' }
const followed: SortDef = { prop: 'lastFollowUpAt', value: 'moment', nullable: true }
const next: SortDef = { prop: 'nextPlanAt', value: 'moment', nullable: true }

const table = (given: unknown) => given as RecordTable

const customerParent = { prop: 'customerId', kind: 'customers', write: false } as const
const activityParents: KindDef['parents'] = [
  { prop: 'leadId', kind: 'leads', write: false },
  customerParent,
  { prop: 'opportunityId', kind: 'opportunities', write: false },
]

/** Everything the embedded CRM knows of its kinds of records; the rest of it reads this and has no case for a kind where it can do without. */
export const kinds: Record<RecordKind, KindDef> = {
  'leads': {
    kind: 'leads',
    table: table(tables.lead),
    fields: leadFields,
    asked: [createdAt],
    nameProp: 'name',
    sorts: { updated, created, name, followed, next },
    defaultSort: '-updated',
    state: { prop: 'stage', options: leadStages },
    parents: [],
    followed: true,
  },
  'customers': {
    kind: 'customers',
    table: table(tables.customer),
    fields: customerFields,
    asked: [createdAt],
    nameProp: 'name',
    sorts: { updated, created, name, followed, next },
    defaultSort: '-updated',
    state: { prop: 'status', options: customerStatuses },
    parents: [],
    followed: true,
  },
  'contacts': {
    kind: 'contacts',
    table: table(tables.contact),
    fields: contactFields,
    asked: [createdAt],
    nameProp: 'name',
    sorts: { updated, created, name },
    defaultSort: '-updated',
    parents: [{ ...customerParent, write: true }],
    followed: false,
  },
  'opportunities': {
    kind: 'opportunities',
    table: table(tables.opportunity),
    fields: opportunityFields,
    asked: opportunityMoments,
    nameProp: 'name',
    sorts: {
      updated,
      created,
      name,
      followed,
      next,
      amount: { prop: 'amount', value: 'amount' },
      expectedCloseOn: { prop: 'expectedCloseOn', value: 'day', nullable: true },
    },
    defaultSort: '-updated',
    state: { prop: 'stage', options: stageOptions },
    parents: [customerParent],
    followed: true,
  },
  'follow-ups': {
    kind: 'follow-ups',
    table: table(tables.followUp),
    fields: followUpFields,
    asked: [createdAt],
    nameProp: 'content',
    sorts: { updated, created, at: { prop: 'at', value: 'moment' }, followed: { prop: 'at', value: 'moment' } },
    defaultSort: '-at',
    parents: activityParents,
    followed: false,
  },
  'plans': {
    kind: 'plans',
    table: table(tables.followUpPlan),
    fields: planFields,
    asked: [createdAt],
    nameProp: 'content',
    sorts: { updated, created, dueAt: { prop: 'dueAt', value: 'moment' }, next: { prop: 'dueAt', value: 'moment' } },
    defaultSort: 'dueAt',
    state: { prop: 'status', options: planStatuses },
    parents: activityParents,
    followed: false,
  },
}

/** A column of a kind's table by its property. */
export function columnOf({ table, kind }: KindDef, prop: string): PgColumn {
  const found = (table as unknown as Record<string, PgColumn | undefined>)[prop]
  if (!found)
    throw new Error(`${kind} has no column ${prop}`)
  return found
}

export function fieldOf({ fields }: KindDef, key: string): FieldDef | undefined {
  return fields.find(field => field.key === key)
}

/** A field lists may be asked for. */
export function askedField(kind: KindDef, key: string): FieldDef | undefined {
  return fieldOf(kind, key) ?? kind.asked.find(field => field.key === key)
}
