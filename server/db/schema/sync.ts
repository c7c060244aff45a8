import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, moment, namingIndexes, ownId } from './columns.ts'
import { account } from './directory.ts'

export const syncRun = pgTable(
  'sync_run',
  {
    id: ownId(),
    /** Order in which runs were recorded: a clock may be set back. */
    number: bigint('number', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    mode: text('mode', { enum: ['preview', 'apply', 'undo'] }).notNull(),
    trigger: text('trigger', { enum: ['button', 'schedule', 'events', 'background', 'catch_up', 'undo'] })
      .notNull()
      .default('button'),
    status: text('status', { enum: ['running', 'planned', 'stopped', 'outdated', 'succeeded', 'failed', 'cancelled'] }).notNull(),
    phase: text('phase', { enum: ['scope', 'crawl', 'confirm', 'plan', 'apply', 'done'] }).notNull(),
    startedBy: text('started_by').notNull(),
    startedAt: moment('started_at').notNull().defaultNow(),
    finishedAt: moment('finished_at'),
    /** Renewed while the run is alive; a run whose heartbeat stopped is recovered as failed. */
    heartbeatAt: moment('heartbeat_at').notNull().defaultNow(),
    cancelRequested: boolean('cancel_requested').notNull().default(false),
    progress: jsonb('progress').notNull(),
    counts: jsonb('counts'),
    scope: jsonb('scope'),
    /** Why it waits for approval: the guard's numbers, or both counts. */
    stop: jsonb('stop'),
    /** Who approved it although it had been stopped. */
    approvedBy: text('approved_by'),
    error: jsonb('error'),
    /** Digest of everything the plan depends on in our tables; when it differs, the plan is outdated. */
    stateHash: text('state_hash'),
    undoes: uuid('undoes'),
    undoneBy: uuid('undone_by'),
  },
  t => [
    index('sync_run_started').on(t.startedAt),
    /** At most one run at a time, over all instances. */
    uniqueIndex('sync_run_single')
      .on(t.status)
      .where(sql`status = 'running'`),
  ],
)

/** Each difference a run planned or made, with both sides: what preview shows, history keeps and undo reverses. */
export const syncChange = pgTable(
  'sync_change',
  {
    id: ownId(),
    runId: uuid('run_id')
      .notNull()
      .references(() => syncRun.id, { onDelete: 'cascade' }),
    /** Order in which it is shown. */
    seq: integer('seq').notNull(),
    kind: text('kind').notNull(),
    targetType: text('target_type', { enum: ['department', 'account', 'member'] }).notNull(),
    targetId: uuid('target_id'),
    userid: text('userid'),
    name: text('name').notNull(),
    /** Column values before and after, by column name; ids, not words. */
    before: jsonb('before'),
    after: jsonb('after'),
    /** Key and values of the reason; worded in the reader's language. */
    reason: jsonb('reason').notNull(),
    status: text('status', { enum: ['planned', 'applied', 'skipped', 'refused', 'undone'] }).notNull(),
  },
  t => [
    index('sync_change_run').on(t.runId, t.seq),
    index('sync_change_run_kind').on(t.runId, t.kind, t.seq),
    index('sync_change_target').on(t.targetId),
  ],
)

/** Members the sync does not decide about by itself, and what was decided. */
export const syncConflict = pgTable(
  'sync_conflict',
  {
    id: ownId(),
    userid: text('userid').notNull(),
    unionid: text('unionid').notNull().default(''),
    kind: text('kind', { enum: ['ambiguous', 'privileged', 'recycled', 'taken'] }).notNull(),
    /** The member as last seen, and the ids of the accounts that might be theirs. */
    member: jsonb('member').notNull(),
    candidates: jsonb('candidates').notNull(),
    action: text('action', { enum: ['bind', 'create', 'ignore'] }),
    accountId: uuid('account_id').references(() => account.id, { onDelete: 'cascade' }),
    resolvedBy: text('resolved_by'),
    resolvedAt: moment('resolved_at'),
    createdAt: createdAt(),
  },
  t => [uniqueIndex('sync_conflict_member').on(t.userid, t.unionid), ...namingIndexes('sync_conflict', { account: t.accountId })],
)

/** DingTalk's events: stored first, processed afterwards, each once. */
export const platformEvent = pgTable(
  'platform_event',
  {
    /** DingTalk's eventId, or one made of type, time and ids where it is missing. */
    id: text('id').primaryKey(),
    type: text('type').notNull(),
    channel: text('channel', { enum: ['stream', 'http', 'failed_list'] }).notNull(),
    at: moment('at').notNull(),
    data: jsonb('data').notNull(),
    status: text('status', { enum: ['new', 'done', 'ignored', 'failed'] })
      .notNull()
      .default('new'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: moment('next_attempt_at').notNull().defaultNow(),
    error: text('error'),
    runId: uuid('run_id'),
    receivedAt: moment('received_at').notNull().defaultNow(),
    processedAt: moment('processed_at'),
  },
  t => [index('platform_event_waiting').on(t.status, t.nextAttemptAt)],
)
