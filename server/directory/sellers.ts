import type { Db } from '../db/index.ts'
import { and, asc, eq } from 'drizzle-orm'
import { tables } from '../db/index.ts'

const { account, accountDepartment, department } = tables

const salesWords = /销售|客户|市场|商务|sales|marketing|account/i

/** Active accounts whose department sounds like sales, else everybody active; leaders first, then by name. */
export async function likelySellers(db: Db): Promise<Array<{ id: string, name: string }>> {
  const rows = await db.select({
    id: account.id,
    name: account.name,
    departmentName: department.name,
    leader: accountDepartment.leader,
  })
    .from(account)
    .leftJoin(accountDepartment, eq(accountDepartment.accountId, account.id))
    .leftJoin(department, eq(department.id, accountDepartment.departmentId))
    .where(and(eq(account.status, 'active')))
    .orderBy(asc(account.name), asc(account.id))
  const selling = rows.filter(row => salesWords.test(row.departmentName ?? ''))
  const chosen = selling.length > 0
    ? selling
    : rows
  const ordered = [
    ...chosen.filter(({ leader }) => leader),
    ...chosen.filter(({ leader }) => !leader),
  ]
  return [
    ...new Map(ordered.map(({ id, name }) => [
      id,
      { id, name },
    ])).values(),
  ]
}
