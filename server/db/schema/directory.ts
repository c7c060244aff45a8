import { bigint, boolean, doublePrecision, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, moment, ownId, updatedAt } from './columns.ts'

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
    /** The account of the same person that took over what this one had; it stays disabled. */
    mergedIntoId: uuid('merged_into_id'),
    mainDepartmentId: uuid('main_department_id').references(() => department.id, { onDelete: 'set null' }),
    /** An administrator chose the main department; no sync changes it while the person is in it. */
    mainDepartmentChosen: boolean('main_department_chosen').notNull().default(false),
    /** Direct manager (manager_userid), where the sync is set to learn it. */
    managerId: uuid('manager_id'),
    lastLoginAt: moment('last_login_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  t => [index('account_name').on(t.name), index('account_status').on(t.status), index('account_main_department').on(t.mainDepartmentId)],
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
    /** How it came to be: by a sync, at an administrator's first login, by an administrator, or by a one-time code. */
    source: text('source', { enum: ['sync', 'login', 'admin', 'code'] }).notNull(),
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
