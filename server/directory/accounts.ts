import type { directoryRoutes, PlacedAccount } from '#contract/directory.ts'
import type { Db } from '../db/index.ts'
import { and, asc, eq, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { contains } from '../db/contains.ts'
import { tables } from '../db/index.ts'
import { AppError } from '../http/app-error.ts'
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
  mainDepartmentId: account.mainDepartmentId,
  mainDepartmentChosen: account.mainDepartmentChosen,
  binding: { userid: binding.userid, state: binding.state, activated: binding.activated },
}

/** Accounts by department (with those below), keyword and status; by name, a page at a time. */
export async function listAccounts(db: Db, query: AccountsQuery): Promise<{ items: PlacedAccount[], nextCursor: string | null, total: number }> {
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
  return {
    items: await presentAccounts(db, page),
    nextCursor: last ? writeCursor({ name: last.name, id: last.id }) : null,
    total: await db.$count(account, matching),
  }
}

/**
 * One account as the list has it.
 * @throws {AppError} not_found
 */
export async function readAccount(db: Db, id: string): Promise<PlacedAccount> {
  const rows = await db.select(columns).from(account).leftJoin(binding, eq(binding.accountId, account.id)).where(eq(account.id, id))
  const [found] = await presentAccounts(db, rows)
  if (!found)
    throw new AppError('not_found')
  return found
}

type Row = Omit<PlacedAccount, 'departments' | 'lastLoginAt' | 'mainDepartment'> & { lastLoginAt: Date | null, mainDepartmentId: string | null, mainDepartmentChosen: boolean }

async function presentAccounts(db: Db, rows: Row[]): Promise<PlacedAccount[]> {
  const departments = await departmentsOf(db, rows.map(({ id }) => id))
  return rows.map(({ mainDepartmentId, mainDepartmentChosen, lastLoginAt, ...row }) => ({
    ...row,
    departments: departments.get(row.id) ?? [],
    mainDepartment: mainDepartmentId === null ? null : { id: mainDepartmentId, chosen: mainDepartmentChosen },
    lastLoginAt: lastLoginAt?.toISOString() ?? null,
  }))
}
