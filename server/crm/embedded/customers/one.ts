import type { Customer } from '#contract/crm/legacy.ts'
import type { Actor } from '../../legacy/gateway.ts'
import type { EmbeddedParts } from '../parts.ts'
import { and, eq } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { withinScope } from '../../../directory/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { unknownOwner } from './rows.ts'

const { customer } = tables

export type StoredCustomer = typeof customer.$inferSelect

/**
 * A customer the actor may see, as stored.
 * @throws {AppError} not_found when there is none, or it is outside the actor's scope
 */
export async function readCustomer({ db, directory }: EmbeddedParts, actor: Actor, id: string): Promise<StoredCustomer> {
  const scope = await directory.visibleOwners(actor)
  const [found] = await db
    .select()
    .from(customer)
    .where(and(eq(customer.id, id), withinScope(scope, customer.ownerId)))
  if (!found)
    throw new AppError('not_found')
  return found
}

export async function getCustomer(parts: EmbeddedParts, actor: Actor, id: string): Promise<Customer> {
  return presentCustomer(parts, await readCustomer(parts, actor, id))
}

/** A stored customer as the API shows it to somebody within whose scope it is: what one sees, one may edit. */
export async function presentCustomer({ directory }: EmbeddedParts, stored: StoredCustomer): Promise<Customer> {
  const { ownerId, createdById, ...fields } = stored as StoredCustomer & Pick<Customer, 'status' | 'level' | 'source'>
  const people = await directory.accountRefs([ownerId, createdById])
  return {
    ...fields,
    nextStepAt: stored.nextStepAt?.toISOString() ?? null,
    createdAt: stored.createdAt.toISOString(),
    updatedAt: stored.updatedAt.toISOString(),
    owner: people.get(ownerId) ?? unknownOwner(ownerId),
    createdBy: people.get(createdById)?.name ?? '',
    editable: true,
  }
}
