import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { moment, ownId } from './columns.ts'

export const auditLog = pgTable(
  'audit_log',
  {
    id: ownId(),
    at: moment('at').notNull().defaultNow(),
    actor: text('actor').notNull(),
    /** The actor's account; names change and may be shared. Null for break-glass sessions and the system. */
    actorId: uuid('actor_id'),
    action: text('action').notNull(),
    /** What it was done to, as far as it is one thing: `account`, `department`, `role`, … */
    targetType: text('target_type'),
    targetId: text('target_id'),
    targetName: text('target_name'),
    detail: jsonb('detail').notNull(),
    ip: text('ip'),
    requestId: text('request_id'),
  },
  t => [
    index('audit_log_at').on(t.at.desc(), t.id),
    index('audit_log_action').on(t.action, t.at),
    index('audit_log_target').on(t.targetType, t.targetId),
  ],
)
