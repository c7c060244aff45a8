import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { moment, ownId } from './columns.ts'

/** Each attempt to get in, with what happened on the way; kept for a limited time. */
export const loginTrail = pgTable(
  'login_trail',
  {
    id: ownId(),
    /** What the person in front of the screen reads out. */
    code: text('code').notNull(),
    at: moment('at').notNull().defaultNow(),
    way: text('way', { enum: ['dingtalk', 'oauth', 'code', 'admin_link'] }).notNull(),
    /** `ok`, or the error's code. */
    result: text('result').notNull(),
    /** As far as the attempt got to know them. No foreign key: the trail outlives merges. */
    userid: text('userid'),
    accountId: uuid('account_id'),
    name: text('name'),
    steps: jsonb('steps').notNull(),
    ms: integer('ms').notNull(),
    requestId: text('request_id').notNull(),
    ip: text('ip').notNull(),
    userAgent: text('user_agent').notNull(),
  },
  t => [uniqueIndex('login_trail_code').on(t.code), index('login_trail_at').on(t.at.desc(), t.id), index('login_trail_account').on(t.accountId, t.at)],
)
