import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, moment, ownId, updatedAt } from './columns.ts'
import { account } from './directory.ts'

export const customer = pgTable(
  'customer',
  {
    id: ownId(),
    name: text('name').notNull(),
    status: text('status', { enum: ['potential', 'following', 'won', 'lost'] }).notNull(),
    level: text('level', { enum: ['A', 'B', 'C'] }).notNull(),
    source: text('source', { enum: ['visit', 'referral', 'website', 'exhibition', 'phone', 'other'] }).notNull(),
    industry: text('industry').notNull().default(''),
    phone: text('phone').notNull().default(''),
    region: text('region').notNull().default(''),
    address: text('address').notNull().default(''),
    nextStep: text('next_step').notNull().default(''),
    nextStepAt: moment('next_step_at'),
    remark: text('remark').notNull().default(''),
    /** When it last became won; what "won this month" counts. */
    wonAt: moment('won_at'),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => account.id),
    createdById: uuid('created_by_id')
      .notNull()
      .references(() => account.id),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  t => [
    index('customer_updated').on(t.updatedAt.desc(), t.id),
    index('customer_owner_updated').on(t.ownerId, t.updatedAt.desc(), t.id),
    index('customer_owner_next').on(t.ownerId, t.nextStepAt),
    index('customer_name').on(t.name, t.id),
  ],
)
