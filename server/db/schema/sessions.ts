import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, moment } from './columns.ts'
import { account } from './directory.ts'

/** A login on one device. The cookie holds the token; only its hash is stored. */
export const session = pgTable(
  'session',
  {
    tokenHash: text('token_hash').primaryKey(),
    kind: text('kind', { enum: ['account', 'operator'] }).notNull(),
    accountId: uuid('account_id').references(() => account.id, { onDelete: 'cascade' }),
    userAgent: text('user_agent'),
    createdAt: createdAt(),
    seenAt: moment('seen_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
  },
  t => [index('session_account').on(t.accountId), index('session_expires').on(t.expiresAt)],
)

/** Values that may be used once: OAuth states, admin links. Kept until they expire. */
export const onceToken = pgTable(
  'once_token',
  {
    hash: text('hash').primaryKey(),
    purpose: text('purpose', { enum: ['oauth_state', 'admin_link', 'crm_sso'] }).notNull(),
    data: jsonb('data').notNull(),
    usedAt: moment('used_at'),
    expiresAt: moment('expires_at').notNull(),
  },
  t => [index('once_token_expires').on(t.expiresAt)],
)
