import type { AnyColumn, SQL } from 'drizzle-orm'
import type { Db } from '../db/index.ts'
import type { CallerAccount } from '../http/context.ts'
import { and, eq, sql } from 'drizzle-orm'
import { tables } from '../db/index.ts'
import { subtreeOf } from './subtree.ts'

/** Whose records somebody may see: everybody's, their own, or also those of the departments they lead and below. */
export type OwnerScope = { kind: 'all' } | { kind: 'own', accountId: string } | { kind: 'led', accountId: string }

/** The scope of a caller; one index read for ordinary members. */
export async function visibleOwners(db: Db, caller: CallerAccount): Promise<OwnerScope> {
  if (caller.role === 'admin')
    return { kind: 'all' }
  const { accountDepartment } = tables
  const [led] = await db
    .select({ id: accountDepartment.departmentId })
    .from(accountDepartment)
    .where(and(eq(accountDepartment.accountId, caller.id), eq(accountDepartment.leader, true)))
    .limit(1)
  return { kind: led ? 'led' : 'own', accountId: caller.id }
}

/** The condition "this column names an owner within the scope"; undefined when everything is. */
export function withinScope(scope: OwnerScope, owner: AnyColumn): SQL | undefined {
  if (scope.kind === 'all')
    return undefined
  if (scope.kind === 'own')
    return eq(owner, scope.accountId)
  const { accountDepartment } = tables
  const led = sql`select ${accountDepartment.departmentId} from ${accountDepartment} where ${accountDepartment.accountId} = ${scope.accountId} and ${accountDepartment.leader}`
  return sql`${owner} in (
    select ${scope.accountId}::uuid
    union
    select ${accountDepartment.accountId} from ${accountDepartment} where ${accountDepartment.departmentId} in ${subtreeOf(led)}
  )`
}
