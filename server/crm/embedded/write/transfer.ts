import type { BatchResult } from '#contract/crm/records.ts'
import type { Actor } from '../../gateway.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { AppError } from '../../../http/app-error.ts'
import { reachOf } from '../access/reach.ts'
import { isId, readSeen } from '../access/read.ts'
import { abilitiesOf, isLocked, isReached } from '../access/rights.ts'
import { withCollaborators } from '../sharing/told.ts'
import { mayOwn } from './owners.ts'
import { passOn, passOnRelated } from './pass-on.ts'
import { batchResult } from './remove.ts'

/**
 * Gives records to another owner, on wish with what belongs to them and was the former owner's.
 * @throws {AppError} forbidden without the right; owner_unknown for somebody who may not have them
 */
export async function transferMany(parts: EmbeddedParts, actor: Actor, kind: KindDef, given: { ids: readonly string[], ownerId: string, withRelated: boolean }): Promise<BatchResult> {
  if (!(await abilitiesOf(parts, actor)).transfer)
    throw new AppError('forbidden')
  const reach = await reachOf(parts, actor)
  if (!isId(given.ownerId) || !(await mayOwn(parts, actor, reach, given.ownerId)))
    throw new AppError('owner_unknown')
  // Nearly always one: the actor, or somebody of their team.
  const names = await parts.directory.accountRefs([given.ownerId, ...(await readSeen(parts.db, kind, reach, given.ids)).map(({ ownerId }) => ownerId)])
  const { seen, done, refused } = await parts.db.transaction(async (tx) => {
    const seen = await readSeen(tx, kind, reach, given.ids, { lock: true })
    const refused = new Map<string, 'forbidden' | 'record_locked'>()
    for (const row of seen) {
      if (!isReached(row.access))
        refused.set(row.id, 'forbidden')
      else if (isLocked(kind, row))
        refused.set(row.id, 'record_locked')
    }
    const done = seen.filter(row => !refused.has(row.id))
    const moved = done.filter(row => row.ownerId !== given.ownerId)
    const events = await passOn(parts, tx, actor, kind, moved, given.ownerId, names)
    if (given.withRelated)
      await passOnRelated(parts, tx, actor, kind, moved, given.ownerId)
    await parts.publish(tx, await withCollaborators(tx, kind, moved, events))
    return { seen, done, refused }
  })
  return batchResult(actor, kind, given.ids, seen, done, refused)
}
