import type { Db } from '../../../db/index.ts'
import type { CrmEvent } from '../../events.ts'
import type { Actor } from '../../gateway.ts'
import type { KindDef, StoredRecord } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { and, sql } from 'drizzle-orm'
import { among } from '../access/reach.ts'
import { storedColumns } from '../access/read.ts'
import { columnOf, kinds } from '../kinds/index.ts'
import { event } from './events.ts'
import { rememberOwner } from './owner-history.ts'

/** Gives these records to somebody else, within the caller's transaction; answers what there is to tell of it. */
export async function passOn(parts: EmbeddedParts, tx: Db, actor: Actor, kind: KindDef, rows: StoredRecord[], ownerId: string, names: Map<string, { name: string }>): Promise<CrmEvent[]> {
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
export async function passOnRelated(parts: EmbeddedParts, tx: Db, actor: Actor, { kind }: KindDef, rows: StoredRecord[], ownerId: string): Promise<void> {
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
