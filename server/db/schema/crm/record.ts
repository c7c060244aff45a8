import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { customType, date, index, integer, jsonb, numeric, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, moment, namingIndexes, updatedAt } from '../columns.ts'
import { account } from '../directory.ts'

/** Exact decimal money, as text on our side: 18 digits, two of them after the point. */
export const amountColumn = (name: string) => numeric(name, { precision: 18, scale: 2 })

/** Bytes; both drivers hand out Uint8Arrays. */
export const bytesColumn = customType<{ data: Uint8Array, driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** A calendar day, `YYYY-MM-DD`. */
export const dayColumn = (name: string) => date(name, { mode: 'string' })

/** Of an index: only records that are not deleted. */
export const live = sql.raw('"deleted_at" is null')

export const accountId = (name: string) => uuid(name).references(() => account.id)
/** For what is about an account rather than owned by it. */
export const ofAccount = (name: string) => uuid(name).references(() => account.id, { onDelete: 'cascade' })

/** Where something is: the code of its region, the rest of the address, and the point, as far as known. */
export interface StoredLocation {
  code: string
  detail: string
  latitude?: number | undefined
  longitude?: number | undefined
  datum?: 'wgs84' | undefined
}

export const locationColumn = (name: string) => jsonb(name).$type<StoredLocation>()

/** The kinds of records that have collaborators, an owner history, comments or pictures, as the API names them. */
export const recordKind = (name: string) => text(name, { enum: ['leads', 'customers', 'contacts', 'opportunities', 'follow-ups', 'plans'] })

/** What every record has. Deleting only sets `deleted_at`; every reader leaves deleted ones out. */
export function recordColumns() {
  return {
    ownerId: accountId('owner_id').notNull(),
    /** Since when the present owner has it. */
    ownedSince: moment('owned_since').notNull().defaultNow(),
    createdById: accountId('created_by_id').notNull(),
    updatedById: accountId('updated_by_id'),
    /** Values of fields that have no column of their own, by field key. */
    custom: jsonb('custom').$type<Record<string, unknown>>().notNull().default({}),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: moment('deleted_at'),
    deletedById: accountId('deleted_by_id'),
  }
}

/**
 * The searched text and its tokens, kept by the database itself so that no writer can forget them. Tokens are
 * pairs of characters, single ones outside ASCII and triples of letters and digits: an ordinary GIN index then
 * answers "contains" on both engines without pg_trgm, which looks nothing up by fewer than three characters. Of long texts the
 * beginning has tokens, and they have the token `…` besides.
 */
export function searchColumns(...names: string[]) {
  const words = sql.raw(`crm_search_text(${names.map(name => `"${name}"`).join(', ')})`)
  return {
    searchText: text('search_text').generatedAlwaysAs(words),
    searchTokens: text('search_tokens').array().generatedAlwaysAs(sql`crm_search_tokens(${words})`),
  }
}

/** A phone by its digits and a name without blanks and case, as duplicates are found whatever way they were typed. */
export const phoneDigitsColumn = () => text('phone_digits').generatedAlwaysAs(sql.raw('crm_phone_digits("phone")'))
export const nameKeyColumn = () => text('name_key').generatedAlwaysAs(sql.raw('crm_name_key("name")'))

/** Everybody whom a record names. */
export function peopleIndexes(table: string, { ownerId, createdById, updatedById, deletedById }: Record<'ownerId' | 'createdById' | 'updatedById' | 'deletedById', AnyPgColumn>, lastFollowUpById?: AnyPgColumn) {
  return namingIndexes(table, { owner: ownerId, created_by: createdById, updated_by: updatedById, deleted_by: deletedById, ...(lastFollowUpById && { followed_by: lastFollowUpById }) })
}

/** One index per order of a list, and the same within an owner; only live records are in them. */
export function orderIndexes(table: string, owner: AnyPgColumn, id: AnyPgColumn, columns: Record<string, AnyPgColumn>) {
  return Object.entries(columns).flatMap(([name, column]) => [
    index(`${table}_${name}`).on(column, id).where(live),
    index(`${table}_owner_${name}`).on(owner, column, id).where(live),
  ])
}
