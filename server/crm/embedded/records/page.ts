import type { SQL } from 'drizzle-orm'
import type { Db } from '../../../db/index.ts'
import type { KindDef } from '../kinds/index.ts'
import type { Order } from './sort.ts'
import { and, or, sql } from 'drizzle-orm'
import { uuids } from '../access/reach.ts'
import { columnOf } from '../kinds/index.ts'

/** A part of what somebody sees that one index answers: everything, rows of these owners, or rows that fit a condition. */
export type Branch = { everything: true } | { owners: readonly string[] } | { where: SQL }

/** Which rows are asked for. */
export interface Selection {
  kind: KindDef
  branches: Branch[]
  /** What every index of lists says already: that a row is live. */
  live: SQL
  /** What rows have to fit besides; undefined where nothing narrows them. */
  fits?: SQL | undefined
  /** What an index knows of `fits`: true of every row that fits, and of few others. */
  lead?: SQL | undefined
}

export interface PageRequest extends Selection {
  order: Order
  limit: number
  /** So many rows in order are looked at first; fewer suffice for a few rows of a kind. */
  ahead?: number
}

export interface Found {
  id: string
  position: string | null
}

export interface Page {
  /** One more than `limit` when there are more. */
  found: Found[]
  /** So many of the next rows fit that of a large table nobody counts them. */
  many: boolean
  /** How many there are from the cursor on, where all of them were put in order. */
  all?: number
}

/** Up to so many owners, each owner's rows are read in order and merged; of more, rows in order are near at hand. */
const ownersMerged = 64

/** Where many rows fit, a page is among so many rows in order; where it is not, few fit, and an index names them. */
const lookedAt = 2000
const manyFit = lookedAt / 10

/** More are not put in order to find the first of them. */
const sortedAtMost = 5000

const isWide = (branch: Branch): boolean => 'everything' in branch || ('owners' in branch && branch.owners.length > ownersMerged)

/** Ids of a page in order. A row may be in several branches. */
export async function findPage(db: Db, request: PageRequest): Promise<Page> {
  if (!request.fits)
    return { found: await inOrder(db, request), many: false }
  const wide = request.branches.some(isWide)
  const { found, fitting, complete } = await (wide ? lookAhead(db, request) : lookAtEach(db, request))
  if (complete)
    return { found, many: wide && fitting > manyFit }
  // Either few fit, or they are far away together.
  const all = await allThatFit(db, request)
  return all ? { ...all, many: false } : { found: await inOrder(db, { ...request, live: and(request.live, request.fits)! }), many: false }
}

interface Looked {
  found: Found[]
  fitting: number
  /** Nothing that was not looked at can be on the page. */
  complete: boolean
}

/** Rows in the order of an index, which ends with the page. */
async function inOrder(db: Db, request: PageRequest): Promise<Found[]> {
  const { direction, position } = request.order
  const parts = request.branches.flatMap(branch => tops(request, branch))
  if (parts.length === 0)
    return []
  const { rows } = await run<Found>(db, sql`select id, ${position(sql`sorted`)} as position from (${united(parts, sql`id, sorted`)}) found order by sorted ${direction} nulls last, id ${direction} limit ${request.limit + 1}`)
  return rows
}

/** The first of the next rows in order, anybody's, that fit and are seen, and how many of those looked at are. */
async function lookAhead(db: Db, request: PageRequest): Promise<Looked> {
  const { kind, branches, fits, order, ahead = lookedAt } = request
  const { direction, position } = order
  const seen = branches.some(branch => 'everything' in branch) ? undefined : or(...branches.map(branch => within(kind, branch)))
  const next = (nulls: boolean, limit: SQL | number) => select(request, undefined, { nulls, limit, more: sql`, (${and(seen, fits)}) as fits` })
  const withValue = order.onlyNulls ? undefined : sql`with_value as materialized ${next(false, ahead)}`
  const without = order.nullable ? sql`without as materialized ${next(true, withValue ? sql`${ahead} - (select count(*) from with_value)` : ahead)}` : undefined
  const parts = [withValue && sql`select * from with_value`, without && sql`select * from without`].filter(part => part !== undefined)
  // A row comes also where nothing fits: it says whether there are more rows to look at.
  const { rows } = await run<{ id: string | null, position: string | null, fitting: number, all_seen: boolean }>(
    db,
    sql`with ${sql.join([withValue, without].filter(part => part !== undefined), sql`, `)}, seen as (${sql.join(parts, sql` union all `)})
      select shown.id, shown.position, looked.fitting, looked.all_seen
      from (select (count(*) filter (where fits))::int as fitting, count(*) < ${ahead} as all_seen from seen) looked
      left join (select id, ${position(sql`sorted`)} as position, sorted from seen where fits order by sorted ${direction} nulls last, id ${direction} limit ${request.limit + 1}) shown on true
      order by shown.sorted ${direction} nulls last, shown.id ${direction}`,
  )
  const found = rows.filter((row): row is typeof row & Found => row.id !== null)
  return { found, fitting: rows[0]?.fitting ?? 0, complete: found.length > request.limit || rows[0]?.all_seen === true }
}

/** The same where few people own what is asked for: the next rows of each of them, and all that come from elsewhere. */
async function lookAtEach(db: Db, request: PageRequest): Promise<Looked> {
  const { kind, branches, fits, order, limit, ahead = lookedAt } = request
  const { direction, position } = order
  const owners = branches.flatMap(branch => ('owners' in branch ? branch.owners : []))
  const each = Math.ceil(ahead / Math.max(1, Math.min(owners.length, 20)))
  const next = (nulls: boolean) => sql`(select one.owner, ${nulls} as without, its.* from unnest(${uuids(owners)}) one(owner),
    lateral ${select(request, sql`${columnOf(kind, 'ownerId')} = one.owner`, { nulls, limit: each, more: sql`, (${fits}) as fits` })} its)`
  const parts = [...(order.onlyNulls ? [] : [next(false)]), ...(order.nullable ? [next(true)] : [])]
  const others = branches.flatMap(branch => ('where' in branch ? [sql`(select ${columnOf(kind, 'id')} as id, ${order.column} as sorted from ${kind.table} where ${and(branch.where, request.live, fits, after(order))})`] : []))
  const all = sql.join([sql`select id, sorted from seen where fits`, ...others], sql` union `)
  const { rows } = await run<Found & { fitting: number, complete: boolean }>(
    db,
    sql`with seen as materialized (${sql.join(parts, sql` union all `)})
      select id, ${position(sql`sorted`)} as position, (count(*) over ())::int as fitting,
        not exists (select from seen group by owner, without having count(*) = ${each} and count(*) filter (where fits) <= ${limit}) as complete
      from (${all}) found order by sorted ${direction} nulls last, id ${direction} limit ${limit + 1}`,
  )
  return { found: rows, fitting: rows[0]?.fitting ?? 0, complete: rows[0]?.complete ?? false }
}

/** What comes after the cursor, with a value or without. */
function after(order: Order): SQL | undefined {
  if (order.onlyNulls)
    return and(sql`${order.column} is null`, order.afterAmongNulls)
  return order.after && (order.nullable ? sql`(${order.column} is null or ${order.after})` : order.after)
}

/** All rows that fit, put in order afterwards; undefined where they are too many. The planner may not try the order's index in the hope of an early end. */
async function allThatFit(db: Db, { kind, branches, live, fits, lead, order, limit }: PageRequest): Promise<{ found: Found[], all: number } | undefined> {
  const { column, direction, position } = order
  const parts = branches.map(branch => sql`(select ${columnOf(kind, 'id')} as id, ${column} as sorted from ${kind.table} where ${and(within(kind, branch), live, lead, fits, after(order))} limit ${sortedAtMost + 1})`)
  if (parts.length === 0)
    return { found: [], all: 0 }
  const { rows } = await run<Found & { fitting: number }>(
    db,
    sql`with fitting as materialized (${united(parts, sql`id, sorted`)})
      select id, ${position(sql`sorted`)} as position, (count(*) over ())::int as fitting from fitting order by sorted ${direction} nulls last, id ${direction} limit ${limit + 1}`,
  )
  const all = rows[0]?.fitting ?? 0
  return all > sortedAtMost ? undefined : { found: rows, all }
}

function united(parts: SQL[], columns: SQL): SQL {
  return parts.length === 1 ? parts[0]! : sql`select distinct ${columns} from (${sql.join(parts, sql` union all `)}) each_part`
}

function within(kind: KindDef, branch: Branch): SQL | undefined {
  if ('everything' in branch)
    return undefined
  if ('where' in branch)
    return branch.where
  const owner = columnOf(kind, 'ownerId')
  return branch.owners.length === 1 ? sql`${owner} = ${branch.owners[0]}::uuid` : sql`${owner} = any(${uuids(branch.owners)})`
}

/** The first rows of a branch in order: those with a value, and then those without. */
function tops(request: PageRequest, branch: Branch): SQL[] {
  const { order } = request
  return [...(order.onlyNulls ? [] : [top(request, branch, false)]), ...(order.nullable ? [top(request, branch, true)] : [])]
}

function top(request: PageRequest, branch: Branch, nulls: boolean): SQL {
  const options = { nulls, limit: request.limit + 1 }
  if (!('owners' in branch) || branch.owners.length === 1 || branch.owners.length > ownersMerged)
    return select(request, within(request.kind, branch), options)
  const its = select(request, sql`${columnOf(request.kind, 'ownerId')} = one.owner`, options)
  return sql`(select its.id, its.sorted from unnest(${uuids(branch.owners)}) one(owner), lateral ${its} its)`
}

function select({ kind, live, order }: PageRequest, condition: SQL | undefined, { nulls, limit, more = sql`` }: { nulls: boolean, limit: SQL | number, more?: SQL }): SQL {
  const id = columnOf(kind, 'id')
  const kept = order.nullable ? (nulls ? and(sql`${order.column} is null`, order.afterAmongNulls) : and(sql`${order.column} is not null`, order.after)) : order.after
  const sorted = nulls ? sql`${id} ${order.direction}` : sql`${order.column} ${order.direction}, ${id} ${order.direction}`
  return sql`(select ${id} as id, ${order.column} as sorted${more} from ${kind.table} where ${and(condition, live, kept)} order by ${sorted} limit ${limit})`
}

/**
 * How many rows there are, at most `most` + 1: counting on is not worth what it costs. Where nothing narrows them they
 * are counted in their order, which an index alone answers; without one the table itself would be read.
 */
export async function countUpTo(db: Db, { kind, branches, live, fits, lead, order: { column } }: Omit<PageRequest, 'limit'>, most: number): Promise<number> {
  const parts = branches.map((branch) => {
    const order = 'everything' in branch && !fits ? sql` order by ${column}, ${columnOf(kind, 'id')}` : sql``
    return sql`(select ${columnOf(kind, 'id')} as id from ${kind.table} where ${and(within(kind, branch), live, lead, fits)}${order} limit ${most + 1})`
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
