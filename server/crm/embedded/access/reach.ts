import type { AnyColumn, SQL } from 'drizzle-orm'
import type { Actor } from '../../gateway.ts'
import type { EmbeddedParts } from '../parts.ts'
import { sql } from 'drizzle-orm'

/** Whose records somebody reaches by their role: everybody's, or those of these accounts, themselves first. */
export interface Reach {
  actorId: string
  /** Null is everybody. */
  ids: string[] | null
}

export async function reachOf({ directory }: EmbeddedParts, actor: Pick<Actor, 'id' | 'name' | 'role'>): Promise<Reach> {
  const scope = await directory.visibleOwners(actor)
  const ids = scope.kind === 'all' ? null : scope.kind === 'own' ? [actor.id] : [actor.id, ...scope.ids.filter(id => id !== actor.id)]
  return { actorId: actor.id, ids }
}

/** The condition "this column names one of them"; one parameter, however many. */
export function among(column: AnyColumn | SQL, ids: readonly string[]): SQL {
  return ids.length === 1 ? sql`${column} = ${ids[0]}::uuid` : sql`${column} = any(${uuids(ids)})`
}

export function uuids(ids: readonly string[]): SQL {
  return sql`${`{${ids.join(',')}}`}::uuid[]`
}

/** The owner is within reach; always true where everybody's is. */
export function reached(reach: Reach, owner: AnyColumn | SQL): SQL {
  return reach.ids ? among(owner, reach.ids) : sql`true`
}
