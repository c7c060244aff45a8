import { sql } from 'drizzle-orm'
import { bigint, boolean, date, index, integer, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, moment, namingIndexes, ownId, updatedAt } from './columns.ts'
import { account } from './directory.ts'

/** What became of a notification for one person. Up to `sending` it is on its way, afterwards it is known, or known not to be known. */
export const notificationStates = [
  'queued',
  'sending',
  'sent',
  'not_checked',
  'read',
  'unread',
  'dropped',
  'failed',
  'invalid',
  'possibly',
  'unbound',
  'merged',
  'recalled',
  'delivered',
  'expired',
] as const

/** One content that goes out, to one person or to thousands: a line of the send log. */
export const notificationSending = pgTable(
  'notification_sending',
  {
    id: ownId(),
    kind: text('kind').notNull(),
    /** What it is about, for the log. */
    title: text('title').notNull(),
    /** The message as the JSON text that is sent, byte for byte; empty when it could not be sent at all. */
    payload: text('payload').notNull(),
    /** Who caused it; null when time did. */
    by: text('by'),
    createdAt: createdAt(),
  },
  t => [index('notification_sending_created').on(t.createdAt.desc(), t.id)],
)

/** The outbox: one message for one recipient, written in the transaction that causes it. */
export const notification = pgTable(
  'notification',
  {
    id: ownId(),
    sendingId: uuid('sending_id')
      .notNull()
      .references(() => notificationSending.id, { onDelete: 'cascade' }),
    /** Business event and recipient: written once, however often it is reported. */
    key: text('key').notNull().unique(),
    kind: text('kind').notNull(),
    /** 0 goes first. */
    priority: smallint('priority').notNull(),
    /** null: departments are the recipient. */
    accountId: uuid('account_id').references(() => account.id, { onDelete: 'cascade' }),
    deptIds: jsonb('dept_ids').$type<number[]>(),
    /** People meant; more than one only for departments. */
    receivers: integer('receivers').notNull().default(1),
    /** Digest of the payload: equal ones share a call, and reach the same person once a day. */
    contentHash: text('content_hash').notNull(),
    /** Not before: the end of quiet hours, of the gathering window, or of the pause before another attempt. */
    dueAt: moment('due_at').notNull(),
    /** Afterwards the news is of no use, and is not sent. */
    expiresAt: moment('expires_at'),
    /** Events of one person that may become one message. */
    gatherKey: text('gather_key'),
    locale: text('locale', { enum: ['zh-CN', 'en-US'] })
      .notNull()
      .default('zh-CN'),
    /** Values for the text of a merged message. */
    data: jsonb('data').$type<Record<string, string>>(),
    state: text('state', { enum: notificationStates }).notNull(),
    /** DingTalk's code, or our own word, for what went wrong. */
    reason: text('reason'),
    detail: text('detail'),
    attempts: integer('attempts').notNull().default(0),
    callId: uuid('call_id'),
    /** The notification that carries this one's news. */
    mergedInto: uuid('merged_into'),
    /** DingTalk's name of the recipient, as of the call. */
    userid: text('userid'),
    createdAt: createdAt(),
    sentAt: moment('sent_at'),
    /** When an attempt left of which nobody knows, before it was sent again by hand. */
    maybeSentAt: moment('maybe_sent_at'),
    resultAt: moment('result_at'),
  },
  t => [
    index('notification_queued')
      .on(t.priority, t.dueAt)
      .where(sql`state = 'queued'`),
    index('notification_queued_content')
      .on(t.contentHash)
      .where(sql`state = 'queued'`),
    index('notification_sending_id').on(t.sendingId, t.id),
    index('notification_account_sent').on(t.accountId, t.sentAt),
    index('notification_call_id').on(t.callId),
    index('notification_merged_into').on(t.mergedInto),
  ],
)

/** One call to DingTalk, written before it is made, with exactly what it says to whom. */
export const notificationCall = pgTable(
  'notification_call',
  {
    id: ownId(),
    kind: text('kind').notNull(),
    priority: smallint('priority').notNull(),
    payload: text('payload').notNull(),
    userids: jsonb('userids').$type<string[]>().notNull(),
    deptIds: jsonb('dept_ids').$type<number[]>(),
    receivers: integer('receivers').notNull(),
    /** `waiting`: certainly not made, to be made (again) as it stands. `possible`: perhaps made. */
    state: text('state', { enum: ['waiting', 'calling', 'accepted', 'refused', 'possible'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: moment('next_attempt_at').notNull(),
    /** When it last left. */
    calledAt: moment('called_at'),
    /** Until when the process that makes it vouches for it. */
    leaseUntil: moment('lease_until'),
    taskId: bigint('task_id', { mode: 'number' }),
    reason: text('reason'),
    detail: text('detail'),
    answeredAt: moment('answered_at'),
    /** When to ask for its result; null: not to be asked. */
    checkAt: moment('check_at'),
    checks: integer('checks').notNull().default(0),
    checkedAt: moment('checked_at'),
    /** Somebody wants it back who could not have it at once: it was under way, or DingTalk did not answer. */
    recallWantedAt: moment('recall_wanted_at'),
    recalledAt: moment('recalled_at'),
    createdAt: createdAt(),
  },
  t => [
    index('notification_call_called').on(t.calledAt),
    index('notification_call_open')
      .on(t.state, t.nextAttemptAt)
      .where(sql`state in ('waiting', 'calling')`),
    index('notification_call_check')
      .on(t.checkAt)
      .where(sql`check_at is not null`),
    index('notification_call_recall')
      .on(t.recallWantedAt)
      .where(sql`recall_wanted_at is not null and recalled_at is null`),
  ],
)

/** Each time a call left for DingTalk, whatever came of it: what the receivers of a minute are counted by. */
export const notificationAttempt = pgTable(
  'notification_attempt',
  {
    id: ownId(),
    callId: uuid('call_id').notNull(),
    receivers: integer('receivers').notNull(),
    calledAt: moment('called_at').notNull(),
    /** null: under way. Between the two DingTalk counted it. */
    answeredAt: moment('answered_at'),
    /** Its result will tell of its neighbours, too. */
    checked: boolean('checked').notNull(),
  },
  t => [index('notification_attempt_called').on(t.calledAt), index('notification_attempt_call').on(t.callId)],
)

/** Our calls to DingTalk that count against the monthly quota, by day (Asia/Shanghai) and API. */
export const dingtalkUsage = pgTable(
  'dingtalk_usage',
  {
    day: date('day', { mode: 'string' }).notNull(),
    api: text('api').notNull(),
    calls: integer('calls').notNull(),
  },
  t => [primaryKey({ columns: [t.day, t.api] })],
)

/** A follow-up plan as a to-do in DingTalk: how it should be there, and how it is. */
export const planTodo = pgTable(
  'plan_todo',
  {
    planId: uuid('plan_id').primaryKey(),
    /** Whose to-do it is. */
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    subject: text('subject').notNull(),
    dueAt: moment('due_at'),
    /** How it should be there. */
    wanted: text('wanted', { enum: ['open', 'done', 'gone'] }).notNull(),
    /** Digest of what DingTalk was last told; null: nothing yet. */
    told: text('told'),
    /** DingTalk's id of the to-do, and in whose name it is. */
    taskId: text('task_id'),
    unionid: text('unionid'),
    /** `unsure`: DingTalk was told, but its answer did not arrive. */
    state: text('state', { enum: ['waiting', 'synced', 'failed', 'unsure'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: moment('next_attempt_at').notNull().defaultNow(),
    reason: text('reason'),
    detail: text('detail'),
    /** DingTalk said that something changed there: when to ask what. */
    lookAt: moment('look_at'),
    updatedAt: updatedAt(),
  },
  t => [
    index('plan_todo_waiting')
      .on(t.nextAttemptAt)
      .where(sql`state = 'waiting'`),
    index('plan_todo_task').on(t.taskId),
    ...namingIndexes('plan_todo', { account: t.accountId }),
    index('plan_todo_look')
      .on(t.lookAt)
      .where(sql`look_at is not null`),
  ],
)
