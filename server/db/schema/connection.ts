import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'

/** When something that cannot be tried from here was last seen to work, and to fail; `app` is corp and app, whose change forgets it. */
export const sighting = pgTable(
  'sighting',
  {
    kind: text('kind').notNull(),
    app: text('app').notNull(),
    okAt: moment('ok_at'),
    ok: jsonb('ok'),
    failedAt: moment('failed_at'),
    failed: jsonb('failed'),
  },
  t => [primaryKey({ columns: [t.kind, t.app] })],
)

/** What an administrator found out by hand. */
export const doctorConfirmation = pgTable(
  'doctor_confirmation',
  {
    check: text('check').notNull(),
    app: text('app').notNull(),
    /** Fingerprint of what was found then: of anything else it says nothing. */
    about: text('about').notNull().default(''),
    by: text('by').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  t => [primaryKey({ columns: [t.check, t.app] })],
)
