import { index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment, namingIndexes, ownId } from './columns.ts'
import { account } from './directory.ts'
import { syncRun } from './sync.ts'

/** Records that changed hands together, because their owner left or by an administrator's wish. */
export const handover = pgTable(
  'handover',
  {
    id: ownId(),
    /** The sync in which it happened, if any. */
    runId: uuid('run_id').references(() => syncRun.id, { onDelete: 'set null' }),
    fromId: uuid('from_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    toId: uuid('to_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    actor: text('actor').notNull(),
    at: moment('at').notNull().defaultNow(),
    /** How many of each kind. */
    counts: jsonb('counts').notNull().default({}),
    takenBackAt: moment('taken_back_at'),
    takenBackBy: text('taken_back_by'),
  },
  t => [index('handover_from').on(t.fromId, t.at), index('handover_run').on(t.runId), ...namingIndexes('handover', { to: t.toId })],
)

/** Which records they were; what taking a handover back needs. */
export const handoverRecord = pgTable(
  'handover_record',
  {
    handoverId: uuid('handover_id')
      .notNull()
      .references(() => handover.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    recordId: uuid('record_id').notNull(),
  },
  t => [primaryKey({ columns: [t.handoverId, t.kind, t.recordId] })],
)
