import type { BatchResult, CrmRecord } from '#contract/crm/records.ts'
import type { Db } from '../../../db/index.ts'
import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { Seen } from '../access/read.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { wordError } from '../../../http/error-texts/index.ts'
import { among, reachOf } from '../access/reach.ts'
import { readDeleted, readRecord, readSeen } from '../access/read.ts'
import { abilitiesOf, isReached } from '../access/rights.ts'
import { columnOf, kinds } from '../kinds/index.ts'
import { run } from '../records/page.ts'
import { nameOf } from '../records/present.ts'
import { withCollaborators } from '../sharing/told.ts'
import { event } from './events.ts'
import { inUse } from './in-use.ts'
import { refreshParents } from './parents.ts'
import { presentAgain } from './patch.ts'
import { claimValues, freeValues } from './unique.ts'

const { contact, followUp, followUpPlan } = tables

/**
 * Deletes a record, so that it can be restored; contacts, follow-ups and plans of it go with it and come back with it.
 * @throws {AppError} not_found; forbidden without the right; record_in_use while opportunities belong to it
 */
export async function removeRecord(parts: EmbeddedParts, actor: Actor, kind: KindDef, id: string): Promise<undefined> {
  const reach = await reachOf(parts, actor)
  const seen = await readRecord(parts, actor, kind, id, { reach })
  const refused = await refusal(parts, actor, kind, [seen])
  if (refused.has(seen.id))
    throw new AppError(refused.get(seen.id)!)
  await parts.db.transaction(tx => removeAll(parts, tx, actor, kind, [seen]))
  return undefined
}

/** Deletes several; what cannot be deleted is named with its reason. */
export async function removeMany(parts: EmbeddedParts, actor: Actor, kind: KindDef, ids: readonly string[]): Promise<BatchResult> {
  const reach = await reachOf(parts, actor)
  const seen = await readSeen(parts.db, kind, reach, ids)
  const refused = await refusal(parts, actor, kind, seen)
  const done = seen.filter(row => !refused.has(row.id))
  await parts.db.transaction(tx => removeAll(parts, tx, actor, kind, done))
  return batchResult(actor, kind, ids, seen, done, refused)
}

/** The answer to a batch: what was done, and what was not with its reason in the reader's words. */
export function batchResult(actor: Actor, kind: KindDef, ids: readonly string[], seen: Seen[], done: Seen[], refused: Map<string, 'forbidden' | 'record_in_use' | 'record_locked'>): BatchResult {
  const byId = new Map(seen.map(row => [row.id, row]))
  const finished = new Set(done.map(({ id }) => id))
  const words = (code: ConstructorParameters<typeof AppError>[0]) => wordError(new AppError(code), actor.locale, '').message
  return {
    done: [...finished],
    failed: [...new Set(ids)].filter(id => !finished.has(id)).map((id) => {
      const row = byId.get(id)
      return { id, name: row ? nameOf(kind, row) : '', reason: words(row ? (refused.get(id) ?? 'forbidden') : 'not_found') }
    }),
  }
}

async function refusal(parts: EmbeddedParts, actor: Actor, kind: KindDef, rows: Seen[]): Promise<Map<string, 'forbidden' | 'record_in_use'>> {
  const abilities = await abilitiesOf(parts, actor)
  const used = await inUse(parts.db, kind, rows.map(({ id }) => id))
  const refused = new Map<string, 'forbidden' | 'record_in_use'>()
  for (const { id, access } of rows) {
    if (!isReached(access) || !abilities.delete)
      refused.set(id, 'forbidden')
    else if (used.has(id))
      refused.set(id, 'record_in_use')
  }
  return refused
}

/** What goes and comes with a record, and by which column it belongs to it. */
function belonging({ kind }: KindDef) {
  const activities = (prop: 'leadId' | 'customerId') => [followUp[prop], followUpPlan[prop]]
  return kind === 'customers' ? [contact.customerId, ...activities('customerId')] : kind === 'leads' ? activities('leadId') : []
}

async function removeAll(parts: EmbeddedParts, tx: Db, actor: Actor, kind: KindDef, rows: Seen[]): Promise<void> {
  if (rows.length === 0)
    return
  const at = parts.now()
  const ids = rows.map(({ id }) => id)
  const gone = sql`deleted_at = ${at.toISOString()}::timestamptz, deleted_by_id = ${actor.id}::uuid`
  await tx.execute(sql`update ${kind.table} set ${gone}, version = version + 1 where ${among(columnOf(kind, 'id'), ids)} and deleted_at is null`)
  for (const link of belonging(kind)) await tx.execute(sql`update ${link.table} set ${gone} where ${among(link, ids)} and deleted_at is null`)
  await freeValues(tx, kind, ids)
  await refreshParents(tx, kind.followed ? [] : rows)
  await parts.publish(tx, await withCollaborators(tx, kind, rows, rows.map(row => event('record.deleted', kind, row, { actor, at }))))
}

/**
 * Brings a deleted record back with what went with it.
 * @throws {AppError} not_found; duplicate_found when its unique name was taken since
 */
export async function restoreRecord(parts: EmbeddedParts, actor: Actor, kind: KindDef, id: string): Promise<CrmRecord> {
  const reach = await reachOf(parts, actor)
  if (!(await abilitiesOf(parts, actor)).delete)
    throw new AppError('forbidden')
  await parts.db.transaction(tx => restoreIn(tx, kind, reach, id))
  return presentAgain(parts, actor, kind, reach, id)
}

async function restoreIn(tx: Db, kind: KindDef, reach: Reach, id: string): Promise<void> {
  const row = await readDeleted(tx, kind, reach, id, { lock: true })
  for (const { prop, kind: of } of kind.parents) {
    // A contact of a deleted customer comes back with its customer.
    if (typeof row[prop] === 'string' && !(await isLive(tx, kinds[of], row[prop])))
      throw new AppError('record_locked')
  }
  if ((await claimValues(tx, kind, id, row)).length > 0)
    throw new AppError('duplicate_found')
  const together = sql`deleted_at = ${row.deletedAt!.toISOString()}::timestamptz`
  for (const link of belonging(kind)) await tx.execute(sql`update ${link.table} set deleted_at = null, deleted_by_id = null where ${link} = ${id}::uuid and ${together}`)
  await tx.execute(sql`update ${kind.table} set deleted_at = null, deleted_by_id = null, version = version + 1 where ${columnOf(kind, 'id')} = ${id}::uuid`)
  await refreshParents(tx, kind.kind === 'customers' ? [{ customerId: id }] : kind.kind === 'leads' ? [{ leadId: id }] : [row])
}

async function isLive(tx: Db, kind: KindDef, id: string): Promise<boolean> {
  const { rows } = await run<object>(tx, sql`select 1 from ${kind.table} where ${columnOf(kind, 'id')} = ${id}::uuid and ${columnOf(kind, 'deletedAt')} is null`)
  return rows.length > 0
}
