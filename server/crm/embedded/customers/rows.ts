import type { CustomerRow } from '#contract/crm/legacy.ts'
import type { EmbeddedParts } from '../parts.ts'
import { tables } from '../../../db/index.ts'

const { customer } = tables

/** The columns of a list row, before its owner is known by name. */
export const rowColumns = {
  id: customer.id,
  name: customer.name,
  status: customer.status,
  level: customer.level,
  industry: customer.industry,
  region: customer.region,
  phone: customer.phone,
  nextStep: customer.nextStep,
  nextStepAt: customer.nextStepAt,
  ownerId: customer.ownerId,
  updatedAt: customer.updatedAt,
}

interface StoredRow extends Omit<CustomerRow, 'owner' | 'nextStepAt' | 'updatedAt' | 'status' | 'level'> {
  status: string
  level: string
  ownerId: string
  nextStepAt: Date | null
  updatedAt: Date
}

/** Stored rows as the API shows them; one read for all owners. */
export async function presentRows({ directory }: EmbeddedParts, rows: StoredRow[]): Promise<CustomerRow[]> {
  const owners = await directory.accountRefs(rows.map(({ ownerId }) => ownerId))
  return rows.map(({ ownerId, nextStepAt, updatedAt, ...row }) => ({
    ...row,
    status: row.status as CustomerRow['status'],
    level: row.level as CustomerRow['level'],
    nextStepAt: nextStepAt?.toISOString() ?? null,
    updatedAt: updatedAt.toISOString(),
    owner: owners.get(ownerId) ?? unknownOwner(ownerId),
  }))
}

/** An owner always exists (foreign key, accounts are never deleted); this only satisfies the types. */
export function unknownOwner(id: string) {
  return { id, name: '', avatar: null }
}
