import type { SQL } from 'drizzle-orm'
import type { Db } from '../../../db/index.ts'
import type { KindDef } from '../kinds/index.ts'
import type { Order } from './sort.ts'
import { and, sql } from 'drizzle-orm'
import { uuids } from '../access/reach.ts'
import { columnOf } from '../kinds/index.ts'

/** A part of what somebody sees that one index answers: rows of these owners, or rows that fit a condition. */
export type Branch = { owners: readonly string[] } | { where: SQL }

export interface PageRequest {
  kind: KindDef
  branches: Branch[]
  /** What all rows have to fit, whichever branch they come from. */
  where: SQL | undefined
  order: Order
  limit: number
  /** A keyword is asked for: its index leads, not those of the owners. */
  byKeyword: boolean
}

export interface Found {
  id: string
  position: string | null
}

/** Up to so many owners, each owner's rows are read in order and merged; of more, rows in order are near at hand. */
const ownersMerged = 64

/** Ids of a page in order; one more than `limit` when there are more. A row may be in several branches. */
export async function findPage(db: Db, request: PageRequest): Promise<Found[]> {
  const { order, limit } = request
  const parts = request.branches.flatMap(branch => [
    ...(order.onlyNulls ? [] : [top(request, branch, { nulls: false })]),
    ...(order.nullable ? [top(request, branch, { nulls: true })] : []),
  ])
  if (parts.length === 0)
    return []
  const all = parts.length === 1 ? parts[0]! : sql`select distinct id, sorted, position from (${sql.join(parts, sql` union all `)}) each_part`
  const { rows } = await run<{ id: string, position: string | null }>(
    db,
    sql`select id, position from (${all}) found order by sorted ${order.direction} nulls last, id ${order.direction} limit ${limit + 1}`,
  )
  return rows
}

function top(request: PageRequest, branch: Branch, { nulls }: { nulls: boolean }): SQL {
  if (!('owners' in branch))
    return select(request, branch.where, nulls)
  const owner = columnOf(request.kind, 'ownerId')
  const { owners } = branch
  if (owners.length === 1)
    return select(request, sql`${owner} = ${owners[0]}::uuid`, nulls)
  if (owners.length > ownersMerged || request.byKeyword)
    return select(request, sql`${owner} = any(${uuids(owners)})`, nulls)
  const each = select(request, sql`${owner} = one.owner`, nulls)
  return sql`(select its.id, its.sorted, its.position from unnest(${uuids(owners)}) one(owner), lateral ${each} its)`
}

function select({ kind, where, order, limit }: PageRequest, condition: SQL, nulls: boolean): SQL {
  const id = columnOf(kind, 'id')
  const kept = order.nullable ? (nulls ? and(sql`${order.column} is null`, order.afterAmongNulls) : and(sql`${order.column} is not null`, order.after)) : order.after
  const sorted = nulls ? sql`${id} ${order.direction}` : sql`${order.column} ${order.direction}, ${id} ${order.direction}`
  return sql`(select ${id} as id, ${order.column} as sorted, ${order.position} as position from ${kind.table} where ${and(condition, where, kept)} order by ${sorted} limit ${limit + 1})`
}

/**
 * How many rows there are, at most `most` + 1: counting on is not worth what it costs. Of everybody's they are counted
 * in the order they were made in, which an index alone answers; without an order the table itself would be read.
 */
export async function countUpTo(db: Db, { kind, branches, where }: Pick<PageRequest, 'kind' | 'branches' | 'where'>, most: number): Promise<number> {
  const owner = columnOf(kind, 'ownerId')
  const parts = branches.map((branch) => {
    const condition = 'owners' in branch ? sql`${owner} = any(${uuids(branch.owners)})` : branch.where
    const order = 'owners' in branch ? sql`` : sql` order by ${columnOf(kind, 'createdAt')}, ${columnOf(kind, 'id')}`
    return sql`(select ${columnOf(kind, 'id')} as id from ${kind.table} where ${and(condition, where)}${order} limit ${most + 1})`
  })
  if (parts.length === 0)
    return 0
  const all = parts.length === 1 ? parts[0]! : sql`(select id from (${sql.join(parts, sql` union `)}) each_part limit ${most + 1})`
  const { rows } = await run<{ count: number }>(db, sql`select count(*)::int as count from ${all} counted`)
  return rows[0]?.count ?? 0
}

/** Rows of a statement of our own making. */
export async function run<T>(db: Db, statement: SQL): Promise<{ rows: T[] }> {
  return (await db.execute(statement)) as unknown as { rows: T[] }
}
