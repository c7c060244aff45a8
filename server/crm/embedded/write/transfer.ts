import type { BatchResult } from '#contract/crm/records.ts'
import type { Db } from '../../../db/index.ts'
import type { CrmEvent } from '../../events.ts'
import type { Actor } from '../../gateway.ts'
import type { Seen } from '../access/read.ts'
import type { KindDef, StoredRecord } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { and, sql } from 'drizzle-orm'
import { AppError } from '../../../http/app-error.ts'
import { among, reachOf } from '../access/reach.ts'
import { isId, readSeen, storedColumns } from '../access/read.ts'
import { abilitiesOf, isLocked, isReached } from '../access/rights.ts'
import { columnOf, kinds } from '../kinds/index.ts'
import { withCollaborators } from '../sharing/told.ts'
import { event } from './events.ts'
import { rememberOwner } from './owner-history.ts'
import { mayOwn } from './owners.ts'
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

async function passOn(parts: EmbeddedParts, tx: Db, actor: Actor, kind: KindDef, rows: StoredRecord[], ownerId: string, names: Map<string, { name: string }>): Promise<CrmEvent[]> {
  if (rows.length === 0)
    return []
  const at = parts.now()
  await tx
    .update(kind.table)
    .set({ ownerId, ownedSince: at, updatedAt: at, updatedById: actor.id, version: sql`${columnOf(kind, 'version')} + 1` } as never)
    .where(among(columnOf(kind, 'id'), rows.map(({ id }) => id)))
  await rememberOwner(tx, kind.kind, rows, { by: actor, at })
  return rows.map(row => event('record.transferred', kind, { ...row, ownerId, version: row.version + 1 }, { actor, at, parties: { formerOwner: row.ownerId }, values: { owner: names.get(ownerId)?.name ?? '', former: names.get(row.ownerId)?.name ?? '' } }))
}

/** Contacts, opportunities and open plans of these records that were the same former owner's; told as part of the record. */
async function passOnRelated(parts: EmbeddedParts, tx: Db, actor: Actor, { kind }: KindDef, rows: Seen[], ownerId: string): Promise<void> {
  const prop = ({ leads: 'leadId', customers: 'customerId', opportunities: 'opportunityId' } as Record<string, string>)[kind]
  if (!prop || rows.length === 0)
    return
  const related = kind === 'customers' ? [kinds.contacts, kinds.opportunities, kinds.plans] : [kinds.plans]
  for (const of of related) {
    const pairs = sql.join(rows.map(row => sql`(${row.id}::uuid, ${row.ownerId}::uuid)`), sql`, `)
    const still = of.kind === 'plans' ? sql`${columnOf(of, 'status')} = 'open'` : of.kind === 'opportunities' ? sql`${columnOf(of, 'closedAt')} is null` : undefined
    const theirs = (await tx
      .select(storedColumns(of))
      .from(of.table)
      .where(and(sql`(${columnOf(of, prop)}, ${columnOf(of, 'ownerId')}) in (${pairs})`, sql`${columnOf(of, 'deletedAt')} is null`, still))) as unknown as StoredRecord[]
    await passOn(parts, tx, actor, of, theirs, ownerId, new Map())
  }
}
