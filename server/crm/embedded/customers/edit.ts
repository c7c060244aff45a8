import type { Customer } from '#contract/crm/legacy.ts'
import type { Actor, CustomerDraft, CustomerPatch } from '../../legacy/gateway.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { StoredCustomer } from './one.ts'
import { and, eq } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { AppError, invalid } from '../../../http/app-error.ts'
import { presentCustomer, readCustomer } from './one.ts'

const { customer } = tables

/** Creates a customer; its owner is the actor unless the draft names somebody within the actor's scope. */
export async function createCustomer(parts: EmbeddedParts, actor: Actor, draft: CustomerDraft): Promise<Customer> {
  const now = parts.now()
  const ownerId = draft.ownerId ?? actor.id
  await ensureOwner(parts, actor, ownerId)
  const [created] = await parts.db
    .insert(customer)
    .values({
      status: 'potential',
      level: 'C',
      source: 'other',
      ...draft,
      nextStepAt: moment('nextStepAt', draft.nextStepAt),
      ownerId,
      createdById: actor.id,
      wonAt: draft.status === 'won' ? now : null,
      createdAt: now,
      updatedAt: now,
    })
    .returning()
  if (!created)
    throw new AppError('internal')
  return presentCustomer(parts, created)
}

/**
 * Changes the fields the patch names.
 * @throws {AppError} not_found, owner_unknown; stale_edit when somebody else was faster
 */
export async function patchCustomer(parts: EmbeddedParts, actor: Actor, id: string, patch: CustomerPatch): Promise<Customer> {
  const { version, nextStepAt, ...fields } = patch
  const current = await readCustomer(parts, actor, id)
  if (current.version !== version)
    throw new AppError('stale_edit')
  // The current owner may stay even when disabled since: a form sends all its fields.
  if (patch.ownerId !== undefined && patch.ownerId !== current.ownerId)
    await ensureOwner(parts, actor, patch.ownerId)
  const now = parts.now()
  const [updated] = await parts.db
    .update(customer)
    .set({
      ...fields,
      nextStepAt: moment('nextStepAt', nextStepAt),
      wonAt: wonAt(current, patch.status ?? current.status, now),
      version: version + 1,
      updatedAt: now,
    })
    .where(and(eq(customer.id, id), eq(customer.version, version)))
    .returning()
  if (!updated)
    throw new AppError('stale_edit')
  return presentCustomer(parts, updated)
}

async function ensureOwner({ directory }: EmbeddedParts, actor: Actor, ownerId: string): Promise<void> {
  if (!(await directory.isOwnerWithin(await directory.visibleOwners(actor), ownerId)))
    throw new AppError('owner_unknown')
}

/** Won since when: kept while it stays won, forgotten when it no longer is. */
function wonAt(current: StoredCustomer, status: StoredCustomer['status'], now: Date): Date | null {
  return status === 'won' ? (current.wonAt ?? now) : null
}

/** ISO 8601 allows years that Postgres or a calendar do not; nobody plans outside these. */
function moment(path: string, value: string | null | undefined): Date | null | undefined {
  if (value === null || value === undefined)
    return value
  const at = new Date(value)
  if (!(at.getUTCFullYear() >= 1970 && at.getUTCFullYear() < 2200)) {
    throw invalid([{ path, message: 'invalid' }])
  }
  return at
}
