import type { AnyColumn, SQL } from 'drizzle-orm'
import type { Db } from '../db/index.ts'
import type { CallerAccount } from '../http/context.ts'
import type { Effective } from './rights/effective.ts'
import { eq, or, sql } from 'drizzle-orm'
import { tables } from '../db/index.ts'
import { effectiveRights } from './rights/effective.ts'
import { subtreeOf } from './subtree.ts'

/**
 * Whose records somebody may see: everybody's, their own, or those of named people (themselves among them). People
 * are named by id, not by a subquery: the planner then knows how many rows they own, and takes the owner's index for
 * a team and the order's index for half the company.
 */
export type OwnerScope = { kind: 'all' } | { kind: 'own', accountId: string } | { kind: 'people', accountId: string, ids: string[] }

/** The scope of a caller by their roles and the departments they lead; one statement for most people, two for the others. */
export async function visibleOwners(db: Db, caller: CallerAccount): Promise<OwnerScope> {
  const rights = await effectiveRights(db, caller)
  if (rights.scope === 'all')
    return { kind: 'all' }
  if (rights.scope === 'own' && !rights.leads)
    return { kind: 'own', accountId: caller.id }
  return { kind: 'people', accountId: caller.id, ids: await peopleWithin(db, caller.id, rights) }
}

async function peopleWithin(db: Db, accountId: string, { scope, leads }: Effective): Promise<string[]> {
  const { accountDepartment } = tables
  const mine = sql`select ${accountDepartment.departmentId} from ${accountDepartment} where ${accountDepartment.accountId} = ${accountId}`
  const within: SQL[] = []
  if (scope === 'tree')
    within.push(subtreeOf(mine))
  if (scope === 'department')
    within.push(sql`(${mine})`)
  if (scope !== 'tree' && leads)
    within.push(subtreeOf(sql`${mine} and ${accountDepartment.leader}`))
  const rows = await db
    .selectDistinct({ id: accountDepartment.accountId })
    .from(accountDepartment)
    .where(or(...within.map(departments => sql`${accountDepartment.departmentId} in ${departments}`)))
  return [...new Set([accountId, ...rows.map(({ id }) => id)])]
}

/** The condition "this column names an owner within the scope"; undefined when everything is. */
export function withinScope(scope: OwnerScope, owner: AnyColumn): SQL | undefined {
  if (scope.kind === 'all')
    return undefined
  if (scope.kind === 'own')
    return eq(owner, scope.accountId)
  // One parameter, however many people.
  return sql`${owner} = any(${`{${scope.ids.join(',')}}`}::uuid[])`
}
