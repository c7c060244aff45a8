import type { Account } from '#contract/directory.ts'
import type { Db } from '../db/index.ts'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import { tables } from '../db/index.ts'

const { account, accountDepartment, department } = tables

/** The departments of a page of accounts, by account; each person's main department first. */
export async function departmentsOf(db: Db, accountIds: string[]): Promise<Map<string, Account['departments']>> {
  const found = new Map<string, Account['departments']>(accountIds.map(id => [id, []]))
  if (accountIds.length === 0)
    return found
  const rows = await db
    .select({ accountId: accountDepartment.accountId, id: department.id, name: department.name, leader: accountDepartment.leader })
    .from(accountDepartment)
    .innerJoin(department, eq(department.id, accountDepartment.departmentId))
    .innerJoin(account, eq(account.id, accountDepartment.accountId))
    .where(inArray(accountDepartment.accountId, accountIds))
    .orderBy(sql`${account.mainDepartmentId} is distinct from ${department.id}`, asc(department.sortOrder), asc(department.name))
  for (const { accountId, ...entry } of rows) found.get(accountId)?.push(entry)
  return found
}
