import type { Account, directoryRoutes } from '#contract/directory.ts'
import type { Db } from '../db/index.ts'
import { and, asc, eq, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { contains } from '../db/contains.ts'
import { tables } from '../db/index.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { departmentsOf } from './memberships.ts'
import { subtreeOf } from './subtree.ts'

const { account, accountDepartment, binding, department } = tables

export type AccountsQuery = z.output<(typeof directoryRoutes)['GET /api/directory/accounts']['query']>

const position = z.object({
  name: z
    .string()
    .max(400)
    .refine(value => !value.includes('\0')),
  id: z.uuid(),
})

const columns = {
  id: account.id,
  name: account.name,
  avatar: account.avatar,
  title: account.title,
  mobile: account.mobile,
  email: account.email,
  jobNumber: account.jobNumber,
  role: account.role,
  status: account.status,
  lastLoginAt: account.lastLoginAt,
  binding: { userid: binding.userid, state: binding.state, activated: binding.activated },
}

/** Accounts by department (with those below), keyword and status; by name, a page at a time. */
export async function listAccounts(db: Db, query: AccountsQuery): Promise<{ items: Account[], nextCursor: string | null, total: number }> {
  const matching = and(
    query.status === undefined ? undefined : eq(account.status, query.status),
    query.departmentId === undefined
      ? undefined
      : sql`${account.id} in (
      select ${accountDepartment.accountId} from ${accountDepartment}
      where ${accountDepartment.departmentId} in ${subtreeOf(sql`select ${department.id} from ${department} where ${department.id} = ${query.departmentId}`)}
    )`,
    query.q ? or(contains(account.name, query.q), contains(account.mobile, query.q), contains(account.jobNumber, query.q)) : undefined,
  )
  const after = readCursor(position, query.cursor)
  const rows = await db
    .select(columns)
    .from(account)
    .leftJoin(binding, eq(binding.accountId, account.id))
    .where(and(matching, after && sql`(${account.name}, ${account.id}) > (${after.name}, ${after.id}::uuid)`))
    .orderBy(asc(account.name), asc(account.id))
    .limit(query.limit + 1)
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  const departments = await departmentsOf(
    db,
    page.map(({ id }) => id),
  )
  return {
    items: page.map(row => ({ ...row, departments: departments.get(row.id) ?? [], lastLoginAt: row.lastLoginAt?.toISOString() ?? null })),
    nextCursor: last ? writeCursor({ name: last.name, id: last.id }) : null,
    total: await db.$count(account, matching),
  }
}
