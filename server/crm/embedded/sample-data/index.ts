import type { Actor } from '../../legacy/gateway.ts'
import type { EmbeddedParts } from '../parts.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { recordset } from '../../../db/recordset.ts'
import { AppError } from '../../../http/app-error.ts'
import { generateCustomers } from './generate.ts'

const { customer } = tables

/** Columns of a generated customer by their names in the database. */
const columns = {
  name: 'text',
  status: 'text',
  level: 'text',
  source: 'text',
  industry: 'text',
  phone: 'text',
  region: 'text',
  address: 'text',
  nextStep: 'text',
  nextStepAt: 'timestamptz',
  remark: 'text',
  wonAt: 'timestamptz',
  ownerId: 'uuid',
  createdById: 'uuid',
  createdAt: 'timestamptz',
  updatedAt: 'timestamptz',
} as const

/**
 * Fills an empty CRM with sample customers owned by the people who seem to work in sales.
 * @returns the number of customers
 * @throws {AppError} sample_data_not_empty when there is any customer already
 */
export async function fillSampleData({ db, directory, now }: EmbeddedParts, actor: Actor): Promise<number> {
  const sellers = await directory.likelySellers()
  const rows = generateCustomers(sellers.length > 0 ? sellers : [{ ...actor, weight: 1 }], now())
  const names = Object.keys(columns) as Array<keyof typeof columns>
  await db.transaction(async (tx) => {
    // Two administrators may press the button at once: the second one waits, and then finds customers.
    await tx.execute(sql`lock table ${customer} in share row exclusive mode`)
    if ((await tx.$count(customer)) > 0)
      throw new AppError('sample_data_not_empty')
    const into = names.map(name => sql.identifier(customer[name].name))
    const from = names.map(name => sql`sample.${sql.identifier(name)}`)
    await tx.execute(
      sql`insert into ${customer} (${sql.join(into, sql`, `)}) select ${sql.join(from, sql`, `)} from ${recordset('sample', columns, rows)}`,
    )
  })
  return rows.length
}
