import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { moment, ownId } from './columns.ts'

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
