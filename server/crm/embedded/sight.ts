import type { AnyColumn, SQL } from 'drizzle-orm'
import type { Sight } from '#contract/people/roles.ts'
import type { Db } from '../../db/index.ts'
import type { OwnerScope } from '../../directory/index.ts'
import { and, desc, eq, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { isSeen } from './access/seen.ts'
import { kinds } from './kinds/index.ts'
import { ownedTables } from './owned.ts'

const { account } = tables
const examples = 3

/** How many records of each kind somebody with this scope sees, shared ones among them, and how many there are, with the latest as examples. */
export async function recordsInSight(db: Db, accountId: string, scope: OwnerScope): Promise<Sight['records']> {
  const reach = { actorId: accountId, ids: scope.kind === 'all' ? null : scope.kind === 'own' ? [accountId] : scope.ids }
  const found: Sight['records'] = []
  for (const { kind, table, only } of ownedTables) {
    const visible = reach.ids ? and(isSeen(kinds[kind], reach), only) : only
    const total = await db.$count(table, only)
    found.push({
      kind,
      total,
      count: scope.kind === 'all' ? total : await db.$count(table, visible),
      examples: await db
        .select({ id: sql<string>`${table.id}`, name: nameOf(table), owner: account.name })
        .from(table)
        .innerJoin(account, eq(account.id, table.ownerId))
        .where(visible)
        .orderBy(desc(table.updatedAt ?? table.id), desc(table.id))
        .limit(examples),
    })
  }
  return found
}

/** Records without a name of their own (follow-ups, plans) show the beginning of what they say. */
function nameOf(table: object): SQL<string> {
  const columns = table as Partial<Record<string, AnyColumn>>
  const column = columns.name ?? columns.title ?? columns.content
  return column ? sql<string>`left(${column}, 60)` : sql<string>`''`
}
