import type { SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Db } from '../../../db/index.ts'
import type { Actor } from '../../gateway.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { SampleRecords } from './records.ts'
import { getTableColumns, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { refreshParents } from '../write/parents.ts'
import { generateRecords } from './records.ts'

const into: Record<keyof SampleRecords, PgTable> = {
  customers: tables.customer,
  contacts: tables.contact,
  leads: tables.lead,
  opportunities: tables.opportunity,
  followUps: tables.followUp,
  plans: tables.followUpPlan,
  comments: tables.crmComment,
}

/**
 * Fills an empty CRM with sample records of the people who seem to work in sales.
 * @returns the number of records
 * @throws {AppError} sample_data_not_empty when there is any customer or lead already
 */
export async function fillSampleData({ db, directory, now }: EmbeddedParts, actor: Actor): Promise<{ records: number }> {
  const sellers = await directory.likelySellers()
  const sample = generateRecords(sellers.length > 0 ? sellers : [{ id: actor.id, name: actor.name, weight: 1 }], now())
  await db.transaction(async (tx) => {
    // Two administrators may press the button at once: the second one waits, and then finds records.
    await tx.execute(sql`lock table ${tables.customer}, ${tables.lead} in share row exclusive mode`)
    if ((await tx.$count(tables.customer)) + (await tx.$count(tables.lead)) > 0)
      throw new AppError('sample_data_not_empty')
    for (const name of Object.keys(into) as Array<keyof SampleRecords>) await insertRows(tx, into[name], sample[name])
    await tx.execute(sql`insert into ${tables.uniqueValue} (kind, field, value, record_id) select 'customers', 'name', ${tables.customer.nameKey}, ${tables.customer.id} from ${tables.customer} on conflict do nothing`)
    await refreshParents(tx, [...sample.followUps, ...sample.plans])
  })
  return { records: Object.values(sample).reduce((sum, rows) => sum + rows.length, 0) }
}

/** One statement and one parameter, however many rows. */
export async function insertRows(tx: Db, table: PgTable, rows: readonly object[]): Promise<void> {
  if (rows.length === 0)
    return
  const columns = getTableColumns(table)
  const used = [...new Set(rows.flatMap(row => Object.keys(row)))].map(name => columns[name]!)
  const named = (column: PgColumn): SQL => sql.identifier(column.name) as unknown as SQL
  const byColumn = rows.map(row => Object.fromEntries(Object.entries(row).map(([name, value]) => [columns[name]!.name, value])))
  const typed = used.map(column => sql`${sql.identifier(column.name)} ${sql.raw(column.getSQLType())}`)
  await tx.execute(
    sql`insert into ${table} (${sql.join(used.map(named), sql`, `)}) select * from jsonb_to_recordset(${JSON.stringify(byColumn)}::jsonb) as sample(${sql.join(typed, sql`, `)})`,
  )
}
