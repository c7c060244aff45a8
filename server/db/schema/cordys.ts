import { boolean, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, moment } from './columns.ts'
import { account } from './directory.ts'

/** A person's session at a Cordys server, sealed. The password it was opened with is nowhere. */
export const cordysSession = pgTable('cordys_session', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => account.id, { onDelete: 'cascade' }),
  /** Session id, CSRF token and organisation, sealed; null once the session is over. */
  sealed: text('sealed'),
  /** Id, name and permissions at Cordys. */
  profile: jsonb('profile').notNull(),
  /** When the profile was read. */
  profileAt: moment('profile_at').notNull(),
  /** This person's session showed that Cordys admits people by the same DingTalk app; null: not known. */
  admitsDingTalk: boolean('admits_dingtalk'),
  connectedAt: createdAt(),
  endedAt: moment('ended_at'),
})

/** Creates under way or done at Cordys, by the client's key: the same one again answers what the first one made. */
export const cordysRequest = pgTable(
  'cordys_request',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    /** Null until Cordys has answered. */
    recordId: text('record_id'),
    createdAt: createdAt(),
  },
  t => [primaryKey({ columns: [t.accountId, t.key] }), index('cordys_request_created').on(t.createdAt)],
)
