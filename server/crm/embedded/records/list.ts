import type { RecordKind } from '#contract/crm/kinds.ts'
import type { RecordRow } from '#contract/crm/records.ts'
import type { Db } from '../../../db/index.ts'
import type { Actor, RecordsQuery } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { Narrowed } from './filters.ts'
import type { Branch, Selection } from './page.ts'
import type { Order } from './sort.ts'
import { and, sql } from 'drizzle-orm'
import { invalid } from '../../../http/app-error.ts'
import { accessTo } from '../access/access.ts'
import { among, reached, reachOf } from '../access/reach.ts'
import { readRecord, readSeen } from '../access/read.ts'
import { abilitiesOf } from '../access/rights.ts'
import { sharedWith } from '../access/shared.ts'
import { columnOf, kinds } from '../kinds/index.ts'
import { leadOf } from './facets.ts'
import { filterBy, plansToDo } from './filters.ts'
import { byKeyword } from './keyword.ts'
import { countUpTo, findPage } from './page.ts'
import { presentRows } from './present.ts'
import { deletedOrder, orderOf } from './sort.ts'

export interface RecordPage {
  items: RecordRow[]
  nextCursor: string | null
  total: number
}

/** Beyond these the number of rows is not counted exactly (-1): nobody reads on, and every list would pay for it. */
const counted = { plain: 10_000, filtered: 1000 }

/** A page of the records of a kind that somebody may see. */
export async function listRecords(parts: EmbeddedParts, actor: Actor, kind: KindDef, query: RecordsQuery): Promise<RecordPage> {
  const reach = await reachOf(parts, actor)
  const selection = await select(parts, actor, kind, query, reach)
  const order = query.view === 'deleted' ? deletedOrder(kind, query.cursor) : orderOf(kind, query.sort, query.cursor)
  const { found, many, all } = await findPage(parts.db, { ...selection, order, limit: query.limit })
  const page = found.slice(0, query.limit)
  const last = found.length > query.limit ? page.at(-1) : undefined
  const whole = query.cursor === undefined && !last
  const most = selection.fits || query.status !== undefined || (query.filters?.length ?? 0) > 0 ? counted.filtered : counted.plain
  const known = whole ? page.length : query.cursor === undefined ? all : undefined
  const total = known ?? (many && (await isLarge(parts.db, selection, order)) ? most + 1 : await countUpTo(parts.db, { ...selection, order }, most))
  return {
    items: await rowsOf(parts, actor, kind, reach, page.map(({ id }) => id), query.view === 'deleted'),
    nextCursor: last ? order.cursor(last.position, last.id) : null,
    total: total > most ? -1 : total,
  }
}

/** More rows than are ever counted, of which a tenth is more than is counted of narrowed ones. */
async function isLarge(db: Db, { kind, live }: Selection, order: Order): Promise<boolean> {
  return (await countUpTo(db, { kind, live, branches: [{ everything: true }], order }, counted.plain)) > counted.plain
}

/** Records by their ids, in this order, as rows; those somebody may not see are left out. */
export async function rowsOf(parts: EmbeddedParts, actor: Actor, kind: KindDef, reach: Reach, ids: readonly string[], deleted = false): Promise<RecordRow[]> {
  if (ids.length === 0)
    return []
  const seen = await readSeen(parts.db, kind, reach, ids, { deleted })
  const byId = new Map(seen.map(row => [row.id, row]))
  const inOrder = ids.flatMap(id => byId.get(id) ?? [])
  return presentRows(parts, actor, kind, reach, await abilitiesOf(parts, actor), inOrder)
}

/** Which rows a query is about: by what makes them visible, and what else they have to fit. */
export async function select(
  parts: EmbeddedParts,
  actor: Actor,
  kind: KindDef,
  query: Pick<RecordsQuery, 'q' | 'view' | 'filters' | 'sort' | 'of' | 'ofId' | 'status'>,
  reach: Reach,
): Promise<Selection> {
  const there = query.view === 'deleted' ? sql`${columnOf(kind, 'deletedAt')} is not null` : sql`${columnOf(kind, 'deletedAt')} is null`
  const narrowed: Narrowed[] = [byKeyword(kind, query.q ?? ''), filterBy(kind, query.filters ?? [], query.sort), query.status ? byStatus(kind, query.status, parts.now()) : {}]
  const given = {
    kind,
    live: and(there, ...narrowed.map(({ ordered }) => ordered))!,
    fits: and(...narrowed.map(({ fits }) => fits)),
    lead: and(...narrowed.map(({ lead }) => lead)),
  }
  if (query.of !== undefined || query.ofId !== undefined)
    return { ...given, branches: [await within(parts, actor, kind, query, reach)] }
  return { ...given, branches: await branchesOf(parts, kind, query.view, reach) }
}

async function branchesOf(parts: EmbeddedParts, kind: KindDef, view: RecordsQuery['view'], reach: Reach): Promise<Branch[]> {
  const scope: Branch = reach.ids ? { owners: reach.ids } : { everything: true }
  switch (view) {
    case 'mine':
      return [{ owners: [reach.actorId] }]
    case 'deleted':
    case 'reach':
      return [scope]
    case 'department': {
      const mates = await parts.directory.departmentMates(reach.actorId)
      return [{ owners: reach.ids ? mates.filter(id => reach.ids!.includes(id)) : mates }]
    }
    case 'shared':
      return shared(parts, kind, reach, false)
    case 'all':
      return reach.ids ? [scope, ...(await shared(parts, kind, reach, true))] : [scope]
  }
}

/** What is shared with somebody: the records themselves, and what belongs to shared ones. */
async function shared(parts: EmbeddedParts, kind: KindDef, reach: Reach, besidesReach: boolean): Promise<Branch[]> {
  const ids = await sharedWith(parts.db, reach.actorId)
  const outside = besidesReach ? sql`not ${reached(reach, columnOf(kind, 'ownerId'))}` : undefined
  return [{ prop: 'id', kind: kind.kind }, ...kind.parents].flatMap(({ prop, kind: of }) => {
    const these = ids.get(of)
    return these ? [{ where: and(among(columnOf(kind, prop), these), outside)! }] : []
  })
}

/** Where records keep what they belong to. */
const linkTo: Partial<Record<RecordKind, string>> = { leads: 'leadId', customers: 'customerId', opportunities: 'opportunityId', contacts: 'contactId' }

/** What belongs to one record is seen by who sees that one; what was written at a contact is its customer's, and asked for each. */
async function within(parts: EmbeddedParts, actor: Actor, kind: KindDef, { of, ofId }: Pick<RecordsQuery, 'of' | 'ofId'>, reach: Reach): Promise<Branch> {
  const prop = of && linkTo[of]
  if (!prop || !ofId || !(prop in kind.table))
    throw invalid([{ path: 'of', message: 'not_an_option' }])
  const parent = await readRecord(parts, actor, kinds[of], ofId, { reach })
  const its = sql`${columnOf(kind, prop)} = ${parent.id}::uuid`
  return { where: kind.parents.some(({ kind: above }) => above === of) ? its : sql`${its} and ${accessTo(kind, reach)} is not null` }
}

/** Plans as they stand: to do, late, or done with. */
function byStatus(kind: KindDef, status: NonNullable<RecordsQuery['status']>, now: Date): Narrowed {
  if (kind.kind !== 'plans')
    throw invalid([{ path: 'status', message: 'unknown_field' }])
  const column = columnOf(kind, 'status')
  if (status === 'overdue')
    return { ordered: sql`${column} = 'open' and ${columnOf(kind, 'dueAt')} < ${now.toISOString()}::timestamptz` }
  if (status === 'open')
    return plansToDo(kind)
  return { fits: sql`${column} = ${status}`, lead: leadOf(kind, { field: 'status', op: 'is', value: status }) }
}
