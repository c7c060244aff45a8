import type { RecordRef } from '#contract/crm/kinds.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { Seen } from '../access/read.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { AppError } from '../../../http/app-error.ts'
import { reachOf } from '../access/reach.ts'
import { nameRecords, readDeleted, readRecord } from '../access/read.ts'
import { abilitiesOf } from '../access/rights.ts'
import { countRelated } from './counts.ts'
import { presentRows, readNames, refsOf, valuesOf } from './present.ts'

/**
 * One record in full; a deleted one only to those in whose reach it was, to be restored.
 * @throws {AppError} not_found when there is none that the actor may see
 */
export async function getRecord(parts: EmbeddedParts, actor: Actor, kind: KindDef, id: string): Promise<CrmRecord> {
  const reach = await reachOf(parts, actor)
  const row = await readRecord(parts, actor, kind, id, { reach }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found')
      return readDeleted(parts.db, kind, reach, id)
    throw error
  })
  return presentRecord(parts, actor, kind, reach, row)
}

/** A stored record as the API shows it in full. */
export async function presentRecord(parts: EmbeddedParts, actor: Actor, kind: KindDef, reach: Reach, row: Seen): Promise<CrmRecord> {
  const [base] = await presentRows(parts, actor, kind, reach, await abilitiesOf(parts, actor), [row])
  const names = await readNames(parts, kind, reach, kind.fields, [row])
  const people = await parts.directory.accountRefs([row.createdById])
  return {
    ...base!,
    values: valuesOf(kind.fields, row),
    refs: refsOf(kind.fields, row, names),
    display: {},
    createdAt: row.createdAt.toISOString(),
    createdBy: people.get(row.createdById) ?? null,
    version: row.version,
    access: row.access,
    counts: await countRelated(parts.db, kind, row.id, reach),
    converted: kind.kind === 'leads' && row.convertedAt !== null ? await becomings(parts, reach, row) : [],
    deletedAt: row.deletedAt?.toISOString() ?? null,
  }
}

/** What a lead became. */
async function becomings({ db }: EmbeddedParts, reach: Reach, row: Seen): Promise<RecordRef[]> {
  const found: RecordRef[] = []
  for (const [kind, id] of [['customers', row.customerId], ['contacts', row.contactId], ['opportunities', row.opportunityId]] as const) {
    const named = typeof id === 'string' ? (await nameRecords(db, reach, kind, [id])).get(id) : undefined
    if (named)
      found.push({ kind, id: id as string, ...named })
  }
  return found
}
