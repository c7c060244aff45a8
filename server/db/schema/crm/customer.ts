import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { moment, ownId } from '../columns.ts'
import { facetsColumn } from './facets.ts'
import { accountId, live, locationColumn, nameKeyColumn, orderIndexes, peopleIndexes, phoneDigitsColumn, recordColumns, searchColumns } from './record.ts'

export const customer = pgTable(
  'customer',
  {
    id: ownId(),
    name: text('name').notNull(),
    status: text('status').notNull().default('potential'),
    level: text('level').notNull().default('C'),
    type: text('type').notNull().default(''),
    source: text('source').notNull().default(''),
    industry: text('industry').notNull().default(''),
    tags: text('tags').array().notNull().default([]),
    phone: text('phone').notNull().default(''),
    website: text('website').notNull().default(''),
    location: locationColumn('location'),
    remark: text('remark').notNull().default(''),
    /** The latest follow-up: when, and by whom. */
    lastFollowUpAt: moment('last_follow_up_at'),
    lastFollowUpById: accountId('last_follow_up_by_id'),
    /** When the next open plan is due; kept with the plans. */
    nextPlanAt: moment('next_plan_at'),
    ...recordColumns(),
    ...searchColumns('name', 'phone'),
    facets: facetsColumn('customer'),
    nameKey: nameKeyColumn(),
    phoneDigits: phoneDigitsColumn(),
  },
  t => [
    ...orderIndexes('customer', t.ownerId, t.id, { updated: t.updatedAt, created: t.createdAt, name: t.name, followed: t.lastFollowUpAt, planned: t.nextPlanAt }),
    index('customer_name_key').on(t.nameKey).where(live),
    index('customer_phone_digits').on(t.phoneDigits).where(live),
    index('customer_tokens').using('gin', t.searchTokens).where(live),
    index('customer_facets').using('gin', t.facets).where(live),
    index('customer_deleted').on(t.deletedAt),
    ...peopleIndexes('customer', t, t.lastFollowUpById),
  ],
)

export const contact = pgTable(
  'contact',
  {
    id: ownId(),
    customerId: uuid('customer_id').notNull().references(() => customer.id),
    name: text('name').notNull(),
    title: text('title').notNull().default(''),
    department: text('department').notNull().default(''),
    role: text('role').notNull().default(''),
    phone: text('phone').notNull().default(''),
    email: text('email').notNull().default(''),
    wechat: text('wechat').notNull().default(''),
    remark: text('remark').notNull().default(''),
    /** Why it is disabled; null while it is enabled. */
    disabledAt: moment('disabled_at'),
    disabledReason: text('disabled_reason').notNull().default(''),
    ...recordColumns(),
    ...searchColumns('name', 'phone', 'email'),
    facets: facetsColumn('contact'),
    phoneDigits: phoneDigitsColumn(),
  },
  t => [
    ...orderIndexes('contact', t.ownerId, t.id, { updated: t.updatedAt, created: t.createdAt, name: t.name }),
    index('contact_customer').on(t.customerId, t.updatedAt, t.id).where(live),
    index('contact_phone_digits').on(t.phoneDigits).where(live),
    index('contact_tokens').using('gin', t.searchTokens).where(live),
    index('contact_facets').using('gin', t.facets).where(live),
    index('contact_deleted').on(t.deletedAt),
    ...peopleIndexes('contact', t),
  ],
)
