import type { FieldValues } from '#contract/crm/forms.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import type { Db } from '../../../db/index.ts'
import type { CrmEvent } from '../../events.ts'
import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { Seen } from '../access/read.ts'
import type { KindDef, StoredRecord } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { and, eq, sql } from 'drizzle-orm'
import { AppError, invalid } from '../../../http/app-error.ts'
import { reachOf } from '../access/reach.ts'
import { readRecord, storedColumns } from '../access/read.ts'
import { abilitiesOf, isLocked, isReached, mayWrite } from '../access/rights.ts'
import { columnOf } from '../kinds/index.ts'
import { presentRecord } from '../records/get.ts'
import { withCollaborators } from '../sharing/told.ts'
import { event } from './events.ts'
import { changedInput } from './input.ts'
import { mentionEvents, refuseUnseen, willSee } from './mentions.ts'
import { rememberOwner } from './owner-history.ts'
import { refreshParents } from './parents.ts'
import { passOnRelated } from './pass-on.ts'
import { prepare } from './prepare.ts'
import { keepPictures } from './references.ts'
import { claimValues } from './unique.ts'

/**
 * Changes the named fields of a record; whatever else is stored stays.
 * @throws {AppError} not_found; stale_edit when somebody else was faster; record_locked; validation_failed
 */
export async function patchRecord(parts: EmbeddedParts, actor: Actor, kind: KindDef, id: string, { values, version }: { values: FieldValues, version: number }): Promise<CrmRecord> {
  const reach = await reachOf(parts, actor)
  const current = await readToChange(parts, actor, kind, id, { reach, version })
  const input = changedInput(kind, values, current, { actorId: actor.id, now: parts.now() })
  const issues = await prepare(parts, actor, reach, kind, input, { recordId: id, current })
  if (issues.length > 0)
    throw invalid(issues)
  await ensureMayPassOn(parts, actor, current, input.stored.ownerId)
  const mentioned = addedMentions(current, input.stored)
  await refuseUnseen(parts, mentioned, of => willSee(parts, kind, { ...current, ...input.stored }, of))

  const names = await ownerNames(parts, current.ownerId, input.stored.ownerId)
  await parts.db.transaction(async (tx) => {
    const events: CrmEvent[] = []
    const row = await change(parts, tx, actor, kind, current, input.stored)
    await keepPictures(tx, kind, id, input.stored)
    if (row.ownerId !== current.ownerId) {
      await rememberOwner(tx, kind.kind, [current], { by: actor, at: parts.now() })
      // What is left to do about it goes along, as with a transfer.
      await passOnRelated(parts, tx, actor, kind, [current], row.ownerId)
      const told = event('record.transferred', kind, row, { actor, at: parts.now(), parties: { formerOwner: current.ownerId }, values: names })
      events.push(...await withCollaborators(tx, kind, [row], [told]))
    }
    events.push(...await mentionEvents(tx, kind, row, { actor, at: parts.now(), mentioned }))
    if (!kind.followed)
      await refreshParents(tx, [current, row])
    await parts.publish(tx, events)
  })
  return presentAgain(parts, actor, kind, reach, id)
}

/**
 * A record that somebody is about to change.
 * @throws {AppError} not_found; forbidden for readers; record_locked; stale_edit when it is not that version any more
 */
export async function readToChange(parts: EmbeddedParts, actor: Actor, kind: KindDef, id: string, { reach, version }: { reach: Reach, version: number | undefined }): Promise<Seen> {
  const current = await readRecord(parts, actor, kind, id, { reach })
  if (!mayWrite(current.access))
    throw new AppError('forbidden')
  if (isLocked(kind, current))
    throw new AppError('record_locked')
  if (version !== undefined && current.version !== version)
    throw new AppError('stale_edit')
  return current
}

/**
 * Writes a change over exactly the version it was made from.
 * @throws {AppError} stale_edit; validation_failed for a value that must be unique
 */
export async function change(parts: EmbeddedParts, tx: Db, actor: Actor, kind: KindDef, current: StoredRecord, stored: Record<string, unknown>): Promise<StoredRecord> {
  const now = parts.now()
  const [row] = (await tx
    .update(kind.table)
    .set({
      ...stored,
      ...(stored.ownerId !== undefined && stored.ownerId !== current.ownerId && { ownedSince: now }),
      version: sql`${columnOf(kind, 'version')} + 1`,
      updatedAt: now,
      updatedById: actor.id,
    } as never)
    .where(and(eq(columnOf(kind, 'id'), current.id), eq(columnOf(kind, 'version'), current.version), sql`${columnOf(kind, 'deletedAt')} is null`))
    .returning(storedColumns(kind))) as unknown as StoredRecord[]
  if (!row)
    throw new AppError('stale_edit')
  const taken = await claimValues(tx, kind, current.id, stored)
  if (taken.length > 0)
    throw invalid(taken)
  return row
}

/** The record after a step; somebody who gave it out of their own reach sees it a last time. */
export async function presentAgain(parts: EmbeddedParts, actor: Actor, kind: KindDef, reach: Reach, id: string): Promise<CrmRecord> {
  const row = await readRecord(parts, actor, kind, id, { reach }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found')
      return readRecord(parts, actor, kind, id, { reach: { ...reach, ids: null } })
    throw error
  })
  const record = await presentRecord(parts, actor, kind, reach, row)
  return reach.ids && !reach.ids.includes(row.ownerId) && row.access === 'scope' ? { ...record, rights: [], access: 'shared_read' } : record
}

/** A new owner is named by those whose record it is, and who may transfer. */
async function ensureMayPassOn(parts: EmbeddedParts, actor: Actor, current: Seen, ownerId: unknown): Promise<void> {
  if (ownerId === undefined || ownerId === current.ownerId)
    return
  if (!isReached(current.access) || !(await abilitiesOf(parts, actor)).transfer)
    throw invalid([{ path: 'values.owner', message: 'owner_unknown' }])
}

/** Who gives and who takes, for the text of the message. */
async function ownerNames({ directory }: EmbeddedParts, former: string, ownerId: unknown): Promise<Record<string, string>> {
  if (typeof ownerId !== 'string')
    return {}
  const people = await directory.accountRefs([former, ownerId])
  return { owner: people.get(ownerId)?.name ?? '', former: people.get(former)?.name ?? '' }
}

function addedMentions(current: StoredRecord, stored: Record<string, unknown>): string[] {
  const before = Array.isArray(current.mentioned) ? (current.mentioned as string[]) : []
  return Array.isArray(stored.mentioned) ? (stored.mentioned as string[]).filter(id => !before.includes(id)) : []
}
