import type { SQL } from 'drizzle-orm'
import type { KindDef, SortDef } from '../kinds/index.ts'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { invalid } from '../../../http/app-error.ts'
import { readCursor, writeCursor } from '../../../http/cursor.ts'
import { columnOf } from '../kinds/index.ts'

/** An order of a list, in which a page can start after any row, however many rows come before it. */
export interface Order {
  /** The sorted column. */
  column: SQL
  /** A value of it as text, exact to the microsecond that Postgres keeps and JavaScript does not. */
  position: (sorted: SQL) => SQL<string | null>
  nullable: boolean
  direction: SQL
  /** The condition "comes after the cursor's row", for rows whose value is not null; undefined from the start. */
  after: SQL | undefined
  /** The same among rows without a value; false once they are all behind. */
  afterAmongNulls: SQL | undefined
  /** The cursor stands among the rows without a value, which come last. */
  onlyNulls: boolean
  cursor: (position: string | null, id: string) => string
}

const types: Record<SortDef['value'], { cast: SQL, position: (column: SQL) => SQL<string>, schema: z.ZodType<string> }> = {
  moment: {
    cast: sql.raw('::timestamptz'),
    position: column => sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    schema: z
      .string()
      .regex(/^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z$/)
      .refine(isCalendarTime),
  },
  day: {
    cast: sql.raw('::date'),
    position: column => sql<string>`to_char(${column}, 'YYYY-MM-DD')`,
    schema: z.iso.date().refine(value => !value.startsWith('0000')),
  },
  amount: { cast: sql.raw('::numeric'), position: column => sql<string>`${column}::text`, schema: z.string().regex(/^-?\d{1,16}(?:\.\d{1,2})?$/) },
  text: {
    cast: sql.raw('::text'),
    position: column => sql<string>`${column}`,
    schema: z
      .string()
      .max(400)
      .refine(value => !value.includes('\0') && value.isWellFormed()),
  },
}

/** Date.parse alone reads 30 February as 1 March, and takes the year 0, which Postgres does not know. */
function isCalendarTime(value: string): boolean {
  const time = Date.parse(value)
  return !Number.isNaN(time) && !value.startsWith('0000') && new Date(time).toISOString().slice(0, 19) === value.slice(0, 19)
}

/**
 * The order a query asks for, and where in it a page starts.
 * @throws {AppError} validation_failed for an order there is none of, or a cursor of another one
 */
export function orderOf(kind: KindDef, wanted: string | undefined, cursor: string | undefined): Order {
  const name = wanted ?? kind.defaultSort
  const falling = name.startsWith('-')
  const sort = kind.sorts[falling ? name.slice(1) : name]
  if (!sort)
    throw invalid([{ path: 'sort', message: 'not_an_option' }])
  return makeOrder(kind, name, sort, falling, cursor)
}

/** Deleted records, those deleted last first. */
export function deletedOrder(kind: KindDef, cursor: string | undefined): Order {
  return makeOrder(kind, '-deleted', { prop: 'deletedAt', value: 'moment' }, true, cursor)
}

function makeOrder(kind: KindDef, name: string, { prop, value, nullable = false }: SortDef, falling: boolean, cursor: string | undefined): Order {
  const { cast, position, schema } = types[value]
  const column = sql`${columnOf(kind, prop)}`
  const id = columnOf(kind, 'id')
  const from = readCursor(z.strictObject({ s: z.literal(name), v: nullable ? schema.nullable() : schema, i: z.uuid() }), cursor)
  const beyond = falling ? sql.raw('<') : sql.raw('>')
  return {
    column,
    position,
    nullable,
    direction: falling ? sql.raw('desc') : sql.raw('asc'),
    after: from && from.v !== null ? sql`(${column}, ${id}) ${beyond} (${from.v}${cast}, ${from.i}::uuid)` : undefined,
    afterAmongNulls: from && from.v === null ? sql`${id} ${beyond} ${from.i}::uuid` : undefined,
    onlyNulls: from?.v === null,
    cursor: (v, i) => writeCursor({ s: name, v, i }),
  }
}
