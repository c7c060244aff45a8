import type { RecordKind } from '#contract/crm/kinds.ts'
import type { Db } from '../../../db/index.ts'
import type { Actor } from '../../gateway.ts'
import type { KindDef, StoredRecord } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { Access } from './access.ts'
import type { Reach } from './reach.ts'
import { and, getTableColumns, isNotNull, isNull, sql } from 'drizzle-orm'
import { AppError } from '../../../http/app-error.ts'
import { columnOf, kinds } from '../kinds/index.ts'
import { accessTo } from './access.ts'
import { among, reachOf } from './reach.ts'
import { isReached } from './rights.ts'

export type Seen = StoredRecord & { access: Access }

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i

/** Ids are opaque to clients; what is no id of ours names nothing. */
export const isId = (id: string): boolean => uuid.test(id)

/** All columns but those only the search reads. */
export function storedColumns(kind: KindDef) {
  const unread = new Set(['searchText', 'searchTokens', 'facets', 'nameKey', 'phoneDigits'])
  return Object.fromEntries(Object.entries(getTableColumns(kind.table)).filter(([name]) => !unread.has(name)))
}

/** The live (or the deleted) records among these that somebody may see, as stored, with how they come to see them. */
export async function readSeen(db: Db, kind: KindDef, reach: Reach, ids: readonly string[], options: { lock?: boolean, deleted?: boolean } = {}): Promise<Seen[]> {
  const known = ids.filter(isId)
  if (known.length === 0)
    return []
  const query = db
    .select({ ...storedColumns(kind), access: accessTo(kind, reach) })
    .from(kind.table)
    .where(and(among(columnOf(kind, 'id'), known), (options.deleted ? isNotNull : isNull)(columnOf(kind, 'deletedAt'))))
  const rows = (await (options.lock ? query.orderBy(columnOf(kind, 'id')).for('update', { of: kind.table }) : query)) as unknown as Array<StoredRecord & { access: Access | null }>
  return rows.filter((row): row is Seen => row.access !== null)
}

/**
 * One record somebody may see.
 * @throws {AppError} not_found when there is none, it is deleted, or it is none of theirs
 */
export async function readRecord(parts: EmbeddedParts, actor: Actor, kind: KindDef, id: string, options: { db?: Db, lock?: boolean, reach?: Reach } = {}): Promise<Seen> {
  const reach = options.reach ?? (await reachOf(parts, actor))
  const [found] = await readSeen(options.db ?? parts.db, kind, reach, [id], options)
  if (!found)
    throw new AppError('not_found')
  return found
}

/** A record that was deleted within somebody's reach. @throws {AppError} not_found */
export async function readDeleted(db: Db, kind: KindDef, reach: Reach, id: string, options: { lock?: boolean } = {}): Promise<Seen> {
  const [found] = await readSeen(db, kind, reach, [id], { ...options, deleted: true })
  if (!found || !isReached(found.access))
    throw new AppError('not_found')
  return found
}

/** Names of records, and whether somebody may open them; also of those they may not, which links still name. */
export async function nameRecords(db: Db, reach: Reach, kindName: RecordKind, ids: readonly string[]): Promise<Map<string, { name: string, readable: boolean }>> {
  if (ids.length === 0)
    return new Map()
  const kind = kinds[kindName]
  const rows = await db
    .select({
      id: columnOf(kind, 'id'),
      name: sql<string>`left(${columnOf(kind, kind.nameProp)}, 200)`,
      readable: sql<boolean>`${columnOf(kind, 'deletedAt')} is null and ${accessTo(kind, reach)} is not null`,
    })
    .from(kind.table)
    .where(among(columnOf(kind, 'id'), [...new Set(ids)]))
  return new Map(rows.map(({ id, name, readable }) => [id as string, { name: shortName(name), readable }]))
}

/** A name that fits a line; follow-ups and plans are called by how they begin. */
export function shortName(name: string): string {
  const [line = ''] = name.split('\n', 1)
  const characters = [...line]
  return characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : line
}
