import { sql } from 'drizzle-orm'
import { bigint, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { moment, namingIndexes, ownId } from '../columns.ts'
import { contact, customer } from './customer.ts'
import { facetsColumn } from './facets.ts'
import { accountId, amountColumn, dayColumn, live, locationColumn, nameKeyColumn, orderIndexes, peopleIndexes, phoneDigitsColumn, recordColumns, searchColumns } from './record.ts'

/** Somebody who may become a customer (cordys-api §5.2). */
export const lead = pgTable(
  'lead',
  {
    id: ownId(),
    /** The company. */
    name: text('name').notNull(),
    stage: text('stage').notNull().default('new'),
    intent: text('intent').notNull().default(''),
    source: text('source').notNull().default(''),
    contactName: text('contact_name').notNull().default(''),
    phone: text('phone').notNull().default(''),
    email: text('email').notNull().default(''),
    product: text('product').notNull().default(''),
    demand: text('demand').notNull().default(''),
    industry: text('industry').notNull().default(''),
    location: locationColumn('location'),
    remark: text('remark').notNull().default(''),
    lastFollowUpAt: moment('last_follow_up_at'),
    lastFollowUpById: accountId('last_follow_up_by_id'),
    nextPlanAt: moment('next_plan_at'),
    convertedAt: moment('converted_at'),
    customerId: uuid('customer_id').references(() => customer.id),
    contactId: uuid('contact_id').references(() => contact.id),
    opportunityId: uuid('opportunity_id'),
    ...recordColumns(),
    ...searchColumns('name', 'contact_name', 'phone'),
    facets: facetsColumn('lead'),
    nameKey: nameKeyColumn(),
    phoneDigits: phoneDigitsColumn(),
  },
  t => [
    ...orderIndexes('lead', t.ownerId, t.id, { updated: t.updatedAt, created: t.createdAt, name: t.name, followed: t.lastFollowUpAt, planned: t.nextPlanAt }),
    index('lead_name_key').on(t.nameKey).where(live),
    index('lead_phone_digits').on(t.phoneDigits).where(live),
    index('lead_tokens').using('gin', t.searchTokens).where(live),
    index('lead_facets').using('gin', t.facets).where(live),
    index('lead_customer').on(t.customerId),
    index('lead_deleted').on(t.deletedAt),
    ...peopleIndexes('lead', t, t.lastFollowUpById),
  ],
)

export const opportunity = pgTable(
  'opportunity',
  {
    id: ownId(),
    /** The serial number people see is made of it. */
    no: bigint('no', { mode: 'number' }).generatedByDefaultAsIdentity(),
    name: text('name').notNull(),
    customerId: uuid('customer_id').notNull().references(() => customer.id),
    contactId: uuid('contact_id').references(() => contact.id),
    amount: amountColumn('amount').notNull().default('0'),
    stage: text('stage').notNull(),
    /** Per cent. */
    probability: integer('probability').notNull().default(0),
    expectedCloseOn: dayColumn('expected_close_on'),
    source: text('source').notNull().default(''),
    product: text('product').notNull().default(''),
    remark: text('remark').notNull().default(''),
    stageSince: moment('stage_since').notNull().defaultNow(),
    /** When it was won or lost; null while it is open. */
    closedAt: moment('closed_at'),
    lostReason: text('lost_reason').notNull().default(''),
    closeNote: text('close_note').notNull().default(''),
    lastFollowUpAt: moment('last_follow_up_at'),
    lastFollowUpById: accountId('last_follow_up_by_id'),
    nextPlanAt: moment('next_plan_at'),
    ...recordColumns(),
    ...searchColumns('name'),
    facets: facetsColumn('opportunity'),
    nameKey: nameKeyColumn(),
  },
  t => [
    ...orderIndexes('opportunity', t.ownerId, t.id, {
      updated: t.updatedAt,
      created: t.createdAt,
      name: t.name,
      amount: t.amount,
      expected: t.expectedCloseOn,
      followed: t.lastFollowUpAt,
      planned: t.nextPlanAt,
    }),
    index('opportunity_probability').on(t.probability, t.id).where(live),
    index('opportunity_customer').on(t.customerId, t.updatedAt, t.id).where(live),
    index('opportunity_contact').on(t.contactId).where(live),
    /** Numbers of the workbench read nothing but this. */
    index('opportunity_closed').on(t.closedAt, t.ownerId, t.stage, t.amount).where(live),
    index('opportunity_open').on(t.ownerId, t.stage, t.amount).where(sql.raw('"deleted_at" is null and "closed_at" is null')),
    index('opportunity_name_key').on(t.nameKey).where(live),
    index('opportunity_tokens').using('gin', t.searchTokens).where(live),
    index('opportunity_facets').using('gin', t.facets).where(live),
    index('opportunity_deleted').on(t.deletedAt),
    ...peopleIndexes('opportunity', t, t.lastFollowUpById),
  ],
)

/** Each stage an opportunity was in. */
export const opportunityStage = pgTable(
  'opportunity_stage',
  {
    id: ownId(),
    opportunityId: uuid('opportunity_id').notNull().references(() => opportunity.id, { onDelete: 'cascade' }),
    stage: text('stage').notNull(),
    formerStage: text('former_stage'),
    reason: text('reason').notNull().default(''),
    note: text('note').notNull().default(''),
    at: moment('at').notNull().defaultNow(),
    byId: accountId('by_id').notNull(),
  },
  t => [index('opportunity_stage_opportunity').on(t.opportunityId, t.at), ...namingIndexes('opportunity_stage', { by: t.byId })],
)
