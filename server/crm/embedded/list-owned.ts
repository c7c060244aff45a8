import type { OwnedRecord, OwnedRecordsPort } from '../owned-records.ts'
import { asc, sql } from 'drizzle-orm'
import { idList } from '../../db/lists.ts'
import { columnOf, kinds } from './kinds/index.ts'
import { ownedTables } from './owned.ts'
import { nameOf } from './records/present.ts'

/** Everything accounts own; one statement a kind, however many accounts. */
export const listOwned: OwnedRecordsPort['list'] = async (db, accountIds) => {
  const found = new Map<string, OwnedRecord[]>()
  if (accountIds.length === 0)
    return found
  for (const { kind, table, only } of ownedTables) {
    const def = kinds[kind]
    const name = columnOf(def, def.nameProp)
    // The nearest first: an opportunity says more of a plan than its customer.
    const parents = def.parents.map(({ prop }) => prop).reverse()
    const rows = await db
      .select({ id: table.id, ownerId: table.ownerId, name, ...Object.fromEntries(parents.map(prop => [prop, columnOf(def, prop)])) })
      .from(table)
      .where(sql`${table.ownerId} in ${idList(accountIds)}${only ? sql` and ${only}` : sql``}`)
      .orderBy(asc(name), asc(table.id)) as Array<Record<string, string | null> & { id: string, ownerId: string, name: string }>
    for (const row of rows) {
      const theirs = found.get(row.ownerId) ?? []
      theirs.push({ kind, id: row.id, name: nameOf(def, { [def.nameProp]: row.name } as never), parents: parents.flatMap(prop => row[prop] ?? []) })
      found.set(row.ownerId, theirs)
    }
  }
  return found
}
