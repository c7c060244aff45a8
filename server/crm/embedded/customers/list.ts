import type { SQL } from 'drizzle-orm'
import type { Actor, CustomerPage, CustomersQuery } from '../../legacy/gateway.ts'
import type { EmbeddedParts } from '../parts.ts'
import { and, eq, or } from 'drizzle-orm'
import { contains } from '../../../db/contains.ts'
import { tables } from '../../../db/index.ts'
import { withinScope } from '../../../directory/index.ts'
import { presentRows, rowColumns } from './rows.ts'
import { sorts } from './sorts.ts'

const { customer } = tables

/** A page of the customers the actor may see, with the exact number of all that match. */
export async function listCustomers(parts: EmbeddedParts, actor: Actor, query: CustomersQuery): Promise<CustomerPage> {
  const scope = await parts.directory.visibleOwners(actor)
  const sort = sorts[query.sort]
  const after = sort.after(query.cursor)
  const matching = and(withinScope(scope, customer.ownerId), filter(actor, query))
  const rows = await parts.db
    .select({ ...rowColumns, position: sort.position })
    .from(customer)
    .where(and(matching, after))
    .orderBy(...sort.order)
    .limit(query.limit + 1)
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  return {
    items: await presentRows(
      parts,
      page.map(({ position: _, ...row }) => row),
    ),
    nextCursor: last ? sort.cursor(last.position, last.id) : null,
    total: await parts.db.$count(customer, matching),
  }
}

function filter(actor: Actor, { view, status, q }: CustomersQuery): SQL | undefined {
  return and(
    view === 'mine' ? eq(customer.ownerId, actor.id) : undefined,
    status && eq(customer.status, status),
    q ? or(contains(customer.name, q), contains(customer.phone, q)) : undefined,
  )
}
