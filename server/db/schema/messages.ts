import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, moment, ownId, updatedAt } from './columns.ts'
import { account } from './directory.ts'

/** Messages inside the CRM. The texts are fixed when written, in both languages: who switches reads the other. */
export const inboxMessage = pgTable(
  'inbox_message',
  {
    id: ownId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    /** Names the business event: told once to each person, however often it is reported. */
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    category: text('category').notNull(),
    texts: jsonb('texts').notNull(),
    /** What it opens: the id of a `/n/<id>` link. */
    link: text('link'),
    at: moment('at').notNull(),
    readAt: moment('read_at'),
    createdAt: createdAt(),
  },
  t => [
    uniqueIndex('inbox_message_event').on(t.accountId, t.key),
    index('inbox_message_list').on(t.accountId, t.at.desc(), t.id),
    index('inbox_message_unread')
      .on(t.accountId)
      .where(sql`read_at is null`),
    index('inbox_message_at').on(t.at),
  ],
)

/** How somebody wants to hear of things; who has chosen nothing has no row, or only the language last used. */
export const messagePreference = pgTable('message_preference', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => account.id, { onDelete: 'cascade' }),
  locale: text('locale', { enum: ['zh-CN', 'en-US'] }),
  choices: jsonb('choices'),
  updatedAt: updatedAt(),
})

/** What administrators told everybody or some; the key makes a second press of the button the same announcement. */
export const announcement = pgTable(
  'announcement',
  {
    id: ownId(),
    authorId: uuid('author_id')
      .notNull()
      .references(() => account.id),
    clientKey: text('client_key').notNull(),
    content: jsonb('content').notNull(),
    audience: jsonb('audience').notNull(),
    way: text('way', { enum: ['people', 'departments', 'all', 'inbox'] }).notNull(),
    recipients: integer('recipients').notNull(),
    /** Who was chosen and gets nothing in DingTalk, with the reason. */
    left: jsonb('left').notNull(),
    calls: integer('calls').notNull(),
    /** Its lines of the send log. */
    sendings: jsonb('sendings').$type<string[]>().notNull().default([]),
    createdAt: createdAt(),
  },
  t => [uniqueIndex('announcement_client_key').on(t.authorId, t.clientKey), index('announcement_created').on(t.createdAt.desc(), t.id)],
)

/** Up to which moment something timed has been told of; the row's lock lets one instance at a time go on. */
export const messageClock = pgTable('message_clock', {
  name: text('name').primaryKey(),
  through: moment('through').notNull(),
})

/** What happened and is still to be told, written in the transaction that causes it; gone when everybody concerned has been told. */
export const messageNotice = pgTable('message_notice', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  /** JSON, as text: nothing in it is ever asked for, and so it costs the business least. */
  notices: text('notices').notNull(),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: moment('next_attempt_at').notNull().defaultNow(),
  createdAt: createdAt(),
})
