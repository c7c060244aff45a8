import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, moment, namingIndexes, ownId } from '../columns.ts'
import { bytesColumn, ofAccount, recordKind } from './record.ts'

/** People who may see a record, or also write, besides those within whose scope its owner is. */
export const collaborator = pgTable(
  'collaborator',
  {
    kind: recordKind('kind').notNull(),
    recordId: uuid('record_id').notNull(),
    accountId: ofAccount('account_id').notNull(),
    access: text('access', { enum: ['read', 'write'] }).notNull(),
    addedById: ofAccount('added_by_id').notNull(),
    createdAt: createdAt(),
  },
  t => [primaryKey({ columns: [t.kind, t.recordId, t.accountId] }), index('collaborator_account').on(t.accountId, t.kind, t.recordId), ...namingIndexes('collaborator', { added_by: t.addedById })],
)

/** Owners a record had before, each until when and by whose doing it was passed on. */
export const ownerHistory = pgTable(
  'owner_history',
  {
    id: ownId(),
    kind: recordKind('kind').notNull(),
    recordId: uuid('record_id').notNull(),
    ownerId: ofAccount('owner_id').notNull(),
    since: moment('since').notNull(),
    until: moment('until').notNull(),
    /** Who passed it on; null for the system. */
    byId: ofAccount('by_id'),
    reason: text('reason').notNull().default('transfer'),
  },
  t => [index('owner_history_record').on(t.kind, t.recordId, t.until), ...namingIndexes('owner_history', { owner: t.ownerId, by: t.byId })],
)

/** Values that may be there only once among live records of a kind, written as they are compared. */
export const uniqueValue = pgTable(
  'unique_value',
  {
    kind: recordKind('kind').notNull(),
    field: text('field').notNull(),
    value: text('value').notNull(),
    recordId: uuid('record_id').notNull(),
  },
  t => [primaryKey({ columns: [t.kind, t.field, t.value] }), index('unique_value_record').on(t.recordId)],
)

/** A picture; until it is attached to a record only who uploaded it may see it. */
export const picture = pgTable(
  'picture',
  {
    id: ownId(),
    kind: recordKind('kind'),
    recordId: uuid('record_id'),
    type: text('type').notNull(),
    size: integer('size').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    bytes: bytesColumn('bytes').notNull(),
    /** The same, small, as its sender scaled it; null where nobody did. */
    thumb: bytesColumn('thumb'),
    uploadedById: ofAccount('uploaded_by_id').notNull(),
    createdAt: createdAt(),
  },
  t => [index('picture_record').on(t.kind, t.recordId), index('picture_uploader').on(t.uploadedById, t.createdAt)],
)

/** Creates that were done already: a draft sent twice makes one record. */
export const requestKey = pgTable(
  'request_key',
  {
    accountId: ofAccount('account_id').notNull(),
    key: text('key').notNull(),
    kind: recordKind('kind').notNull(),
    recordId: uuid('record_id').notNull(),
    createdAt: createdAt(),
  },
  t => [primaryKey({ columns: [t.accountId, t.key] }), index('request_key_created').on(t.createdAt)],
)

/** What somebody looked at or changed, and when last. */
export const recentRecord = pgTable(
  'recent_record',
  {
    accountId: ofAccount('account_id').notNull(),
    kind: recordKind('kind').notNull(),
    recordId: uuid('record_id').notNull(),
    at: moment('at').notNull(),
  },
  t => [primaryKey({ columns: [t.accountId, t.kind, t.recordId] }), index('recent_record_at').on(t.accountId, t.at)],
)

export const importJob = pgTable(
  'import_job',
  {
    id: ownId(),
    kind: recordKind('kind').notNull(),
    accountId: ofAccount('account_id').notNull(),
    fileName: text('file_name').notNull(),
    /** The file as it came; emptied when the job has ended. */
    bytes: bytesColumn('bytes'),
    status: text('status', { enum: ['checking', 'checked', 'importing', 'done', 'cancelled', 'failed'] }).notNull(),
    rows: integer('rows').notNull().default(0),
    done: integer('done').notNull().default(0),
    /** Rows by what they are and what became of them. */
    counts: jsonb('counts').$type<Partial<Record<'valid' | 'duplicates' | 'moreIssues' | 'created' | 'updated' | 'skipped', number>> & { duplicateRows?: number[] }>().notNull().default({}),
    issues: jsonb('issues').$type<Array<{ row: number, column: string | null, message: string }>>().notNull().default([]),
    error: text('error'),
    createdAt: createdAt(),
    /** Renewed while it is worked on; one whose heartbeat stopped has died with its process. */
    heartbeatAt: moment('heartbeat_at').notNull().defaultNow(),
    finishedAt: moment('finished_at'),
  },
  t => [index('import_job_account').on(t.accountId, t.createdAt), index('import_job_status').on(t.status)],
)
