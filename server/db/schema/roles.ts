import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt } from './columns.ts'
import { account, department } from './directory.ts'

/** The built-in roles that are assigned; administrators are marked by `account.role`. */
const role = () => text('role', { enum: ['manager', 'sales'] }).notNull()

/** Roles of a person. Somebody without any, here or by department, counts as sales. */
export const accountRole = pgTable(
  'account_role',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    role: role(),
    createdAt: createdAt(),
  },
  t => [primaryKey({ columns: [t.accountId, t.role] })],
)

/** Roles of everybody in a department or below it. */
export const departmentRole = pgTable(
  'department_role',
  {
    departmentId: uuid('department_id')
      .notNull()
      .references(() => department.id, { onDelete: 'cascade' }),
    role: role(),
    createdAt: createdAt(),
  },
  t => [primaryKey({ columns: [t.departmentId, t.role] }), index('department_role_role').on(t.role)],
)
