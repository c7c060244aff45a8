import type { Department } from '#contract/directory.ts'
import type { Db } from '../db/index.ts'
import type { OwnerScope } from './owner-scope.ts'
import { and, eq, sql } from 'drizzle-orm'
import { tables } from '../db/index.ts'
import { withinScope } from './owner-scope.ts'
import { treeOrder } from './tree-order.ts'

const { account, accountDepartment, department } = tables

/** All departments, parents before children, with the number of active accounts in each and below it. */
export async function listDepartments(db: Db): Promise<Department[]> {
  const rows = await db
    .select({
      id: department.id,
      dingtalkId: department.dingtalkId,
      name: department.name,
      parentId: department.parentId,
      order: department.sortOrder,
      parentOutOfScope: department.parentOutOfScope,
    })
    .from(department)
  const direct = await directMembers(db)
  const below = await membersBelow(db)
  const known = new Set(rows.map(({ id }) => id))
  return treeOrder(
    rows.map(row => ({
      ...row,
      parentId: row.parentId !== null && known.has(row.parentId) ? row.parentId : null,
      members: direct.get(row.id) ?? 0,
      membersBelow: below.get(row.id) ?? 0,
    })),
  )
}

/** Departments all of whose people, those below included, are within a scope; the topmost of them are roots. */
export async function departmentsWithin(db: Db, scope: OwnerScope): Promise<Department[]> {
  const all = await listDepartments(db)
  const inside = withinScope(scope, account.id)
  if (!inside)
    return all
  const rows = await db
    .selectDistinct({ id: accountDepartment.departmentId })
    .from(accountDepartment)
    .innerJoin(account, and(eq(account.id, accountDepartment.accountId), eq(account.status, 'active')))
    .where(sql`not (${inside})`)
  const beyond = new Set(rows.map(({ id }) => id))
  // Children come after their parents: from the end on, a department passes on what is in it.
  for (const { id, parentId } of all.toReversed()) {
    if (parentId !== null && beyond.has(id))
      beyond.add(parentId)
  }
  const reached = all.filter(({ id, membersBelow }) => membersBelow > 0 && !beyond.has(id))
  const ids = new Set(reached.map(({ id }) => id))
  return reached.map(entry => ({ ...entry, parentId: entry.parentId !== null && ids.has(entry.parentId) ? entry.parentId : null }))
}

async function directMembers(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: accountDepartment.departmentId, people: sql<number>`count(*)::int` })
    .from(accountDepartment)
    .innerJoin(account, and(eq(account.id, accountDepartment.accountId), eq(account.status, 'active')))
    .groupBy(accountDepartment.departmentId)
  return new Map(rows.map(({ id, people }) => [id, people]))
}

/** Everybody once per department, also those who are in several departments below it. */
async function membersBelow(db: Db): Promise<Map<string, number>> {
  const ancestry = sql`(
    with recursive ancestry(id, ancestor) as (
      select ${department.id}, ${department.id} from ${department}
      union
      select ancestry.id, ${department.parentId} from ancestry join ${department} on ${department.id} = ancestry.ancestor
      where ${department.parentId} is not null
    )
    select id, ancestor from ancestry
  ) as ancestry`
  const rows = await db
    .select({ id: sql<string>`ancestry.ancestor`, people: sql<number>`count(distinct ${accountDepartment.accountId})::int` })
    .from(accountDepartment)
    .innerJoin(account, and(eq(account.id, accountDepartment.accountId), eq(account.status, 'active')))
    .innerJoin(ancestry, sql`ancestry.id = ${accountDepartment.departmentId}`)
    .groupBy(sql`ancestry.ancestor`)
  return new Map(rows.map(({ id, people }) => [id, people]))
}
