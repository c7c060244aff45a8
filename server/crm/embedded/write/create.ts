import type { FieldValues } from '#contract/crm/forms.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import type { Db } from '../../../db/index.ts'
import type { CrmEvent } from '../../events.ts'
import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { KindDef, StoredRecord } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { Quota } from '../quota.ts'
import type { Input } from './input.ts'
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { AppError, invalid } from '../../../http/app-error.ts'
import { reachOf } from '../access/reach.ts'
import { storedColumns } from '../access/read.ts'
import { kinds } from '../kinds/index.ts'
import { refuseDuplicates } from '../search/refuse.ts'
import { event } from './events.ts'
import { firstValues } from './first-values.ts'
import { fulfil } from './fulfil.ts'
import { newInput } from './input.ts'
import { mentionEvents, refuseUnseen, willSee } from './mentions.ts'
import { refreshParents } from './parents.ts'
import { presentAgain } from './patch.ts'
import { prepare } from './prepare.ts'
import { keepPictures } from './references.ts'
import { firstTime, forgetOldKeys, madeBefore } from './request-keys.ts'
import { claimValues } from './unique.ts'

/** Creates that clear old request keys away on the side. */
const sweepingShare = 0.01

export interface Draft {
  values: FieldValues
  requestKey?: string | undefined
  fromPlanId?: string | undefined
  next?: { values: FieldValues } | undefined
  ignoreDuplicates?: boolean | undefined
}

const mentionedIn = (row: Record<string, unknown>): string[] => (Array.isArray(row.mentioned) ? (row.mentioned as string[]) : [])

/**
 * Creates a record, with a follow-up also the next plan, and completes the plan it fulfils: all of it or nothing.
 * What it tells of duplicates is taken from `lookups`.
 * @throws {AppError} validation_failed with every issue; not_found for a plan that is none of theirs; duplicate_found; rate_limited
 */
export async function createRecord(parts: EmbeddedParts, actor: Actor, kind: KindDef, draft: Draft, lookups: Quota): Promise<CrmRecord> {
  const reach = await reachOf(parts, actor)
  const known = await madeBefore(parts.db, actor.id, draft.requestKey, kind.kind)
  const id = known ?? (await write(parts, actor, reach, kind, draft, lookups))
  if (draft.requestKey !== undefined && Math.random() < sweepingShare)
    await forgetOldKeys(parts.db, parts.now())
  // Who makes it for somebody else sees it a last time; what became of it since is not theirs to see.
  const record = await presentAgain(parts, actor, kind, reach, id)
  if (known !== undefined && record.rights.length === 0 && record.version > 1)
    throw new AppError('not_found')
  return record
}

async function write(parts: EmbeddedParts, actor: Actor, reach: Reach, kind: KindDef, draft: Draft, lookups: Quota): Promise<string> {
  if ((draft.next || draft.fromPlanId !== undefined) && kind.kind !== 'follow-ups')
    throw invalid([{ path: draft.next ? 'next' : 'fromPlanId', message: 'unknown_field' }])
  const given = { actorId: actor.id, now: parts.now() }
  const input = newInput(kind, draft.values, given)
  // The next plan is about the same, unless it says otherwise.
  const next = draft.next && newInput(kinds.plans, { ...targetsOf(draft.values), ...draft.next.values }, { ...given, path: 'next.values' })
  const issues = await prepare(parts, actor, reach, kind, input)
  if (next)
    issues.push(...(await prepare(parts, actor, reach, kinds.plans, next, { path: 'next.values' })))
  if (issues.length > 0)
    throw invalid(issues)
  await refuseUnseen(parts, mentionedIn(input.stored), of => willSee(parts, kind, input.stored, of))
  if (!draft.ignoreDuplicates)
    await refuseDuplicates(parts, actor, kind, input.stored, lookups)

  return parts.db.transaction(async (tx) => {
    const id = randomUUID()
    const before = await firstTime(tx, { accountId: actor.id, key: draft.requestKey, kind: kind.kind, recordId: id, at: parts.now() })
    if (before)
      return before.made
    const made = [await insert(parts, tx, actor, kind, id, input)]
    if (kind.kind === 'contacts')
      await parts.publish(tx, await contactEvents(tx, made[0]!, actor, parts.now()))
    if (next)
      made.push(await insert(parts, tx, actor, kinds.plans, randomUUID(), next))
    if (draft.fromPlanId !== undefined)
      made.push(await fulfil(parts, tx, actor, reach, draft.fromPlanId, id))
    if (!kind.followed)
      await refreshParents(tx, made)
    return id
  })
}

const targetKeys = ['lead', 'customer', 'opportunity', 'contact']

function targetsOf(values: FieldValues): FieldValues {
  return Object.fromEntries(Object.entries(values).filter(([key]) => targetKeys.includes(key)))
}

/** Inserts one checked record with what comes with it, and tells whom it concerns unless `silent`: something larger is told then. */
export async function insert(
  parts: EmbeddedParts,
  tx: Db,
  actor: Actor,
  kind: KindDef,
  id: string,
  { stored }: Input,
  { silent = false, extra = {} }: { silent?: boolean, extra?: Record<string, unknown> } = {},
): Promise<StoredRecord> {
  const now = parts.now()
  const taken = await claimValues(tx, kind, id, stored)
  if (taken.length > 0)
    throw invalid(taken)
  const values = { ...stored, ...firstValues(kind, stored), ...extra, id, version: 1, createdById: actor.id, updatedById: actor.id, ownedSince: now, createdAt: now, updatedAt: now }
  const events = silent ? [] : await firstEvents(tx, actor, kind, values as unknown as StoredRecord, now)
  const told = parts.publish.carried?.(events)
  const [row] = (await (told ? tx.with(tx.$with('told', {}).as(told)) : tx)
    .insert(kind.table)
    .values(values as never)
    .returning(storedColumns(kind))) as unknown as StoredRecord[]
  if (!row)
    throw new AppError('internal')
  if (!told)
    await parts.publish(tx, events)
  await keepPictures(tx, kind, id, stored)
  return row
}

/** What a new record is about to tell. */
async function firstEvents(tx: Db, actor: Actor, kind: KindDef, row: StoredRecord, at: Date): Promise<CrmEvent[]> {
  const assigned = row.ownerId === actor.id ? [] : [event('record.assigned', kind, row, { actor, at })]
  return [...assigned, ...await mentionEvents(tx, kind, row, { actor, at, mentioned: mentionedIn(row), mark: 'content' })]
}

/** Whose customer gets a contact hears of it, unless the contact is theirs anyway. */
async function contactEvents(tx: Db, row: StoredRecord, actor: Actor, at: Date): Promise<CrmEvent[]> {
  if (typeof row.customerId !== 'string')
    return []
  const [of] = await tx.select({ name: tables.customer.name, ownerId: tables.customer.ownerId }).from(tables.customer).where(eq(tables.customer.id, row.customerId))
  return of && of.ownerId !== row.ownerId && of.ownerId !== actor.id
    ? [event('contact.added', kinds.contacts, row, { actor, at, parties: { owner: of.ownerId }, values: { about: of.name } })]
    : []
}
