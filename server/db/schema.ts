import { sql } from 'drizzle-orm'
import { bigint, boolean, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'

/** The whole schema, on PGlite and PostgreSQL ≥ 15 alike. Times are UTC; ids are UUIDs made here. */

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const ownId = () => uuid('id').primaryKey().defaultRandom()
const createdAt = () => moment('created_at').notNull().defaultNow()
const updatedAt = () => moment('updated_at').notNull().defaultNow()

/** One row per group of settings. Secrets inside are sealed (server/settings/seal.ts). */
export const setting = pgTable('setting', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
  updatedAt: updatedAt(),
  updatedBy: text('updated_by'),
})

export const department = pgTable(
  'department',
  {
    id: ownId(),
    /** DingTalk's dept_id; null for one that only the CRM knows. */
    dingtalkId: bigint('dingtalk_id', { mode: 'number' }).unique(),
    parentId: uuid('parent_id'),
    name: text('name').notNull(),
    sortOrder: doublePrecision('sort_order').notNull().default(0),
    parentOutOfScope: boolean('parent_out_of_scope').notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  t => [index('department_parent').on(t.parentId)],
)

/** A person in the CRM, who owns records and has a role. Never deleted, only disabled. */
export const account = pgTable(
  'account',
  {
    id: ownId(),
    name: text('name').notNull(),
    avatar: text('avatar'),
    title: text('title'),
    mobile: text('mobile'),
    email: text('email'),
    jobNumber: text('job_number'),
    hiredAt: moment('hired_at'),
    role: text('role', { enum: ['admin', 'member'] })
      .notNull()
      .default('member'),
    status: text('status', { enum: ['active', 'disabled'] })
      .notNull()
      .default('active'),
    /** Why it is disabled: the sync saw the person leave, or an administrator did it. */
    disabledBy: text('disabled_by', { enum: ['sync', 'admin'] }),
    disabledAt: moment('disabled_at'),
    mainDepartmentId: uuid('main_department_id').references(() => department.id, { onDelete: 'set null' }),
    /** An administrator chose the main department; no sync changes it while the person is in it. */
    mainDepartmentChosen: boolean('main_department_chosen').notNull().default(false),
    /** Direct manager (manager_userid), where the sync is set to learn it. */
    managerId: uuid('manager_id'),
    lastLoginAt: moment('last_login_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  t => [index('account_name').on(t.name), index('account_status').on(t.status)],
)

export const accountDepartment = pgTable(
  'account_department',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => department.id, { onDelete: 'cascade' }),
    leader: boolean('leader').notNull().default(false),
  },
  t => [primaryKey({ columns: [t.accountId, t.departmentId] }), index('account_department_department').on(t.departmentId)],
)

/** A member of DingTalk's contacts bound to an account; one account per member and one member per account. */
export const binding = pgTable(
  'binding',
  {
    userid: text('userid').primaryKey(),
    unionid: text('unionid').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .unique()
      .references(() => account.id, { onDelete: 'cascade' }),
    /** How it came to be: by a sync, or at an administrator's first login. */
    source: text('source', { enum: ['sync', 'login'] }).notNull(),
    state: text('state', { enum: ['present', 'out_of_scope', 'gone'] })
      .notNull()
      .default('present'),
    activated: boolean('activated').notNull().default(true),
    seenAt: moment('seen_at').notNull().defaultNow(),
    /** Since when, and in how many runs in a row, a complete crawl has not shown the member; null while it does. */
    missingSince: moment('missing_since'),
    missingRuns: integer('missing_runs').notNull().default(0),
    createdAt: createdAt(),
  },
  t => [index('binding_unionid').on(t.unionid)],
)

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
    purpose: text('purpose', { enum: ['oauth_state', 'admin_link'] }).notNull(),
    data: jsonb('data').notNull(),
    usedAt: moment('used_at'),
    expiresAt: moment('expires_at').notNull(),
  },
  t => [index('once_token_expires').on(t.expiresAt)],
)

export const syncRun = pgTable(
  'sync_run',
  {
    id: ownId(),
    mode: text('mode', { enum: ['preview', 'apply', 'undo'] }).notNull(),
    trigger: text('trigger', { enum: ['button', 'schedule', 'events', 'catch_up', 'undo'] })
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
  t => [uniqueIndex('sync_conflict_member').on(t.userid, t.unionid)],
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

export const auditLog = pgTable(
  'audit_log',
  {
    id: ownId(),
    at: moment('at').notNull().defaultNow(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    detail: jsonb('detail').notNull(),
    ip: text('ip'),
  },
  t => [index('audit_log_at').on(t.at)],
)

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
