import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { EmbeddedParts } from '../parts.ts'

/** Who may transfer may name any colleague in service as owner; others only those within their reach. */
export async function mayOwn(parts: EmbeddedParts, actor: Actor, reach: Reach, ownerId: string): Promise<boolean> {
  const active = (await parts.directory.activeAmong([ownerId])).has(ownerId)
  return active && (reach.ids === null || reach.ids.includes(ownerId) || (await parts.directory.may(actor, 'transfer')))
}
