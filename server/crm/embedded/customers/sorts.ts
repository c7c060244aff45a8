import type { SQL } from 'drizzle-orm'
import type { CustomersQuery } from '../../legacy/gateway.ts'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../../db/index.ts'
import { readCursor, writeCursor } from '../../../http/cursor.ts'

const { customer } = tables

/** An order of the list in which a page can start after any row, however many rows come before it. */
interface Sort {
  order: SQL[]
  /** The sorted value as text, exact to the microsecond that Postgres keeps and JavaScript does not. */
  position: SQL<string | null>
  /** The condition "comes after the cursor's row". */
  after: (cursor: string | undefined) => SQL | undefined
  cursor: (position: string | null, id: string) => string
}

const instant = z
  .string()
  .regex(/^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z$/)
  .refine(isCalendarTime)
const text = z
  .string()
  .max(400)
  .refine(value => !value.includes('\0'))

/** Date.parse alone reads 30 February as 1 March, and takes the year 0, which Postgres does not know. */
function isCalendarTime(value: string): boolean {
  const time = Date.parse(value)
  return !Number.isNaN(time) && !value.startsWith('0000') && new Date(time).toISOString().slice(0, 19) === value.slice(0, 19)
}

function toText(column: typeof customer.updatedAt | typeof customer.nextStepAt) {
  return sql<string | null>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}

function keyset(
  name: CustomersQuery['sort'],
  value: z.ZodType<string | null>,
  parts: Pick<Sort, 'order' | 'position'> & { beyond: (at: string | null, id: string) => SQL },
): Sort {
  const schema = z.strictObject({ sort: z.literal(name), at: value, id: z.uuid() })
  return {
    order: parts.order,
    position: parts.position,
    after: (cursor) => {
      const from = readCursor(schema, cursor)
      return from && parts.beyond(from.at, from.id)
    },
    cursor: (at, id) => writeCursor({ sort: name, at, id }),
  }
}

export const sorts: Record<CustomersQuery['sort'], Sort> = {
  recent: keyset('recent', instant, {
    // NULLS LAST as in the index, although the column is never null: otherwise Postgres cannot use it.
    order: [sql`${customer.updatedAt} desc nulls last`, sql`${customer.id}`],
    position: toText(customer.updatedAt),
    beyond: (at, id) =>
      sql`${customer.updatedAt} <= ${at}::timestamptz and (${customer.updatedAt} < ${at}::timestamptz or ${customer.id} > ${id}::uuid)`,
  }),
  name: keyset('name', text, {
    order: [sql`${customer.name}`, sql`${customer.id}`],
    position: sql`${customer.name}`,
    beyond: (at, id) => sql`(${customer.name}, ${customer.id}) > (${at}, ${id}::uuid)`,
  }),
  next: keyset('next', instant.nullable(), {
    order: [sql`${customer.nextStepAt} nulls last`, sql`${customer.id}`],
    position: toText(customer.nextStepAt),
    beyond: (at, id) =>
      at === null
        ? sql`${customer.nextStepAt} is null and ${customer.id} > ${id}::uuid`
        : sql`(${customer.nextStepAt} > ${at}::timestamptz or (${customer.nextStepAt} = ${at}::timestamptz and ${customer.id} > ${id}::uuid) or ${customer.nextStepAt} is null)`,
  }),
}
