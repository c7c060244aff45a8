import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { FieldDef, OptionDef } from './field.ts'

/** Columns that every kind's table has (server/db/schema/crm/record.ts). */
export type RecordTable = PgTable & Record<RecordColumn, PgColumn>

type RecordColumn
  = | 'id'
    | 'ownerId'
    | 'ownedSince'
    | 'createdById'
    | 'updatedById'
    | 'custom'
    | 'version'
    | 'createdAt'
    | 'updatedAt'
    | 'deletedAt'
    | 'deletedById'
    | 'searchText'
    | 'searchTokens'
    | 'facets'

/** A row as the database keeps it: what every record has, and the columns of its kind. */
export interface StoredRecord extends Record<string, unknown> {
  id: string
  ownerId: string
  ownedSince: Date
  createdById: string
  version: number
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
}

/** An order of lists: the property sorted by, which has an index of its own and one within each owner. */
export interface SortDef {
  prop: string
  value: 'moment' | 'text' | 'day' | 'amount'
  /** The column may be null; such rows come last, whichever way. */
  nullable?: boolean
}

export interface KindDef {
  kind: RecordKind
  table: RecordTable
  fields: FieldDef[]
  /** Fields that lists may be asked for and no form shows. */
  asked: FieldDef[]
  /** What a record is called in links and events. */
  nameProp: string
  sorts: Record<string, SortDef>
  defaultSort: string
  /** The property that holds the state shown as a chip, and its words. */
  state?: { prop: string, options: OptionDef[] }
  /** Properties that say what a record belongs to; whoever sees that sees this. `write`: who may write there may here. */
  parents: Array<{ prop: string, kind: RecordKind, write: boolean }>
  /** Has next plan and last follow-up. */
  followed: boolean
}
