import type { Db } from '../../../db/index.ts'
import type { KindDef } from '../kinds/index.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { among } from '../access/reach.ts'

const { opportunity } = tables

/** Those that live opportunities name: money would lose its customer. */
export async function inUse(db: Db, { kind }: KindDef, ids: readonly string[]): Promise<Set<string>> {
  const link = kind === 'customers' ? opportunity.customerId : kind === 'contacts' ? opportunity.contactId : undefined
  if (!link || ids.length === 0)
    return new Set()
  const rows = await db.selectDistinct({ id: link }).from(opportunity).where(sql`${among(link, ids)} and ${opportunity.deletedAt} is null`)
  return new Set(rows.map(({ id }) => id!))
}
