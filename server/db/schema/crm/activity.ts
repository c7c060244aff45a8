import { sql } from 'drizzle-orm'
import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, moment, namingIndexes, ownId, updatedAt } from '../columns.ts'
import { contact, customer } from './customer.ts'
import { facetsColumn } from './facets.ts'
import { accountId, live, locationColumn, orderIndexes, peopleIndexes, recordColumns, recordKind, searchColumns } from './record.ts'
import { lead, opportunity } from './sales.ts'

/** What a follow-up or plan is about: a lead, or a customer with perhaps an opportunity and a contact. */
function targets() {
  return {
    leadId: uuid('lead_id').references(() => lead.id),
    customerId: uuid('customer_id').references(() => customer.id),
    opportunityId: uuid('opportunity_id').references(() => opportunity.id),
    contactId: uuid('contact_id').references(() => contact.id),
  }
}

export const followUp = pgTable(
  'follow_up',
  {
    id: ownId(),
    ...targets(),
    method: text('method').notNull().default(''),
    at: moment('at').notNull(),
    content: text('content').notNull(),
    /** Where somebody checked in. */
    place: locationColumn('place'),
    pictures: uuid('pictures').array().notNull().default([]),
    mentioned: uuid('mentioned').array().notNull().default([]),
    /** The plan it was made of. */
    planId: uuid('plan_id'),
    ...recordColumns(),
    ...searchColumns('content'),
    facets: facetsColumn('follow_up'),
  },
  t => [
    ...orderIndexes('follow_up', t.ownerId, t.id, { at: t.at, updated: t.updatedAt, created: t.createdAt }),
    index('follow_up_lead').on(t.leadId, t.at, t.id).where(live),
    index('follow_up_customer').on(t.customerId, t.at, t.id).where(live),
    index('follow_up_opportunity').on(t.opportunityId, t.at, t.id).where(live),
    index('follow_up_contact').on(t.contactId).where(live),
    index('follow_up_tokens').using('gin', t.searchTokens).where(live),
    index('follow_up_facets').using('gin', t.facets).where(live),
    index('follow_up_deleted').on(t.deletedAt),
    ...peopleIndexes('follow_up', t),
  ],
)

export const followUpPlan = pgTable(
  'follow_up_plan',
  {
    id: ownId(),
    ...targets(),
    method: text('method').notNull().default(''),
    dueAt: moment('due_at').notNull(),
    content: text('content').notNull(),
    status: text('status', { enum: ['open', 'completed', 'cancelled'] }).notNull().default('open'),
    closedAt: moment('closed_at'),
    /** The follow-up it became. */
    followUpId: uuid('follow_up_id'),
    ...recordColumns(),
    ...searchColumns('content'),
    facets: facetsColumn('follow_up_plan'),
  },
  t => [
    ...orderIndexes('follow_up_plan', t.ownerId, t.id, { due: t.dueAt, updated: t.updatedAt, created: t.createdAt }),
    /** What is still to do, overdue first; also what notifications look through. */
    index('follow_up_plan_open').on(t.dueAt, t.id).where(sql.raw('"deleted_at" is null and "status" = \'open\'')),
    index('follow_up_plan_owner_open').on(t.ownerId, t.dueAt, t.id).where(sql.raw('"deleted_at" is null and "status" = \'open\'')),
    index('follow_up_plan_lead').on(t.leadId, t.dueAt, t.id).where(live),
    index('follow_up_plan_customer').on(t.customerId, t.dueAt, t.id).where(live),
    index('follow_up_plan_opportunity').on(t.opportunityId, t.dueAt, t.id).where(live),
    index('follow_up_plan_contact').on(t.contactId).where(live),
    index('follow_up_plan_tokens').using('gin', t.searchTokens).where(live),
    index('follow_up_plan_facets').using('gin', t.facets).where(live),
    index('follow_up_plan_deleted').on(t.deletedAt),
    ...peopleIndexes('follow_up_plan', t),
  ],
)

/** A word on a follow-up or plan; two levels: a comment, and answers to it (cordys-api §5.8). */
export const crmComment = pgTable(
  'crm_comment',
  {
    id: ownId(),
    kind: recordKind('kind').notNull(),
    recordId: uuid('record_id').notNull(),
    parentId: uuid('parent_id'),
    authorId: accountId('author_id').notNull(),
    content: text('content').notNull(),
    mentioned: uuid('mentioned').array().notNull().default([]),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: moment('deleted_at'),
  },
  t => [index('crm_comment_record').on(t.kind, t.recordId, t.createdAt, t.id).where(live), ...namingIndexes('crm_comment', { author: t.authorId })],
)
