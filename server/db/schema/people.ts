import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, moment, namingIndexes, ownId } from './columns.ts'
import { account } from './directory.ts'

/** What administrators and members themselves did to bindings; what syncs did stands in sync_change. */
export const bindingEvent = pgTable(
  'binding_event',
  {
    id: ownId(),
    at: moment('at').notNull().defaultNow(),
    action: text('action', { enum: ['bound', 'unbound'] }).notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    userid: text('userid').notNull(),
    unionid: text('unionid').notNull(),
    /** How it came: by an administrator, a one-time code, an access request, a merge, an undo of an earlier event, an administrator's first login, a login under another userid, or another company that is connected. */
    source: text('source', { enum: ['admin', 'code', 'request', 'merge', 'undo', 'login', 'followed', 'company'] }).notNull(),
    actor: text('actor').notNull(),
    /** The event that took this one back. */
    undoneBy: uuid('undone_by'),
  },
  t => [index('binding_event_account').on(t.accountId, t.at), index('binding_event_userid').on(t.userid)],
)

/**
 * Bindings of a company that was connected before: userids mean something in their own company only. They come back
 * when it is connected again.
 */
export const bindingAside = pgTable(
  'binding_aside',
  {
    corpId: text('corp_id').notNull(),
    userid: text('userid').notNull(),
    unionid: text('unionid').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    source: text('source', { enum: ['sync', 'login', 'admin', 'code'] }).notNull(),
    activated: boolean('activated').notNull(),
    state: text('state', { enum: ['present', 'out_of_scope', 'gone'] }).notNull().default('present'),
    seenAt: moment('seen_at').notNull().defaultNow(),
    missingSince: moment('missing_since'),
    missingRuns: integer('missing_runs').notNull().default(0),
    at: moment('at').notNull().defaultNow(),
  },
  t => [primaryKey({ columns: [t.corpId, t.userid] }), ...namingIndexes('binding_aside', { account: t.accountId })],
)

/** Members without an account who asked to be let in; those of a company that was connected before wait aside with it. */
export const accessRequest = pgTable(
  'access_request',
  {
    id: ownId(),
    /** null for the company that is connected. */
    corpId: text('corp_id'),
    userid: text('userid').notNull(),
    unionid: text('unionid').notNull(),
    name: text('name').notNull(),
    note: text('note').notNull().default(''),
    status: text('status', { enum: ['open', 'approved', 'refused'] })
      .notNull()
      .default('open'),
    accountId: uuid('account_id').references(() => account.id, { onDelete: 'set null' }),
    decidedBy: text('decided_by'),
    decidedAt: moment('decided_at'),
    createdAt: createdAt(),
  },
  t => [
    uniqueIndex('access_request_open')
      .on(t.userid)
      .where(sql`status = 'open' and corp_id is null`),
    index('access_request_status').on(t.status, t.createdAt),
    ...namingIndexes('access_request', { account: t.accountId }),
  ],
)

/**
 * A member DingTalk has just vouched for, whom nothing let in. The cookie holds the token; with it they may ask for
 * access or enter a one-time code, without another login.
 */
export const visitor = pgTable(
  'visitor',
  {
    tokenHash: text('token_hash').primaryKey(),
    userid: text('userid').notNull(),
    unionid: text('unionid').notNull(),
    name: text('name').notNull(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
  },
  t => [index('visitor_expires').on(t.expiresAt)],
)

/** One-time codes with which a member binds themselves to an account. Only the hash is stored. */
export const bindCode = pgTable(
  'bind_code',
  {
    codeHash: text('code_hash').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    createdBy: text('created_by').notNull(),
    usedAt: moment('used_at'),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
  },
  t => [index('bind_code_account').on(t.accountId), index('bind_code_expires').on(t.expiresAt)],
)

/** Wrong one-time codes by member, so that nobody guesses on with a new login. */
export const bindAttempt = pgTable('bind_attempt', {
  userid: text('userid').primaryKey(),
  failures: integer('failures').notNull(),
  /** From when the failures count from zero again. */
  resetsAt: moment('resets_at').notNull(),
})
