import type { Db } from '../../db/index.ts'
import { count, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'

const { customer } = tables

/** How many records accounts own; accounts without any are absent. One parameter, however many accounts. */
export async function ownedRecords(db: Db, accountIds: string[]): Promise<Map<string, { customers: number }>> {
  if (accountIds.length === 0)
    return new Map()
  const wanted = sql`(select value::uuid from jsonb_array_elements_text(${JSON.stringify(accountIds)}::jsonb))`
  const rows = await db
    .select({ id: customer.ownerId, customers: count() })
    .from(customer)
    .where(sql`${customer.ownerId} in ${wanted}`)
    .groupBy(customer.ownerId)
  return new Map(rows.map(({ id, customers }) => [id, { customers }]))
}
