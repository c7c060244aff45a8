import type { RecordKind } from '#contract/crm/kinds.ts'
import type { OwnedCounts } from '#contract/handover.ts'
import type { Db } from '../db/index.ts'

interface Given {
  /** Absent = all kinds. */
  kinds?: readonly RecordKind[] | undefined
  at: Date
  /** Who does it, for histories. */
  actor: string
  /** The sync it belongs to. */
  runId?: string
}

/** One handover that was made; `id` is what giving back needs. */
export interface Moved {
  id: string
  from: string
  to: string
  records: OwnedCounts
}

export interface GivenBack {
  returned: OwnedCounts
  /** They have another owner by now, or are gone. */
  left: OwnedCounts
}

/** One record somebody owns, as small as dividing them needs. */
export interface OwnedRecord {
  kind: RecordKind
  id: string
  name: string
  /** What it belongs to, the nearest first; need not be theirs. */
  parents: string[]
}

/** `records`: only these, by kind; absent = everything. */
export interface Transfer {
  from: string
  to: string
  records?: ReadonlyMap<RecordKind, readonly string[]> | undefined
}

export type HandOver = (tx: Db, given: Given & { from: string, to: string }) => Promise<Moved>
export type HandOverAll = (tx: Db, given: Given & { transfers: readonly Transfer[] }) => Promise<Moved[]>

/** What a CRM can tell of, and do with, the records people own; all of it within the caller's transaction. */
export interface OwnedRecordsPort {
  /** How many of each kind; accounts without any are absent. */
  count: (db: Db, accountIds: readonly string[]) => Promise<Map<string, OwnedCounts>>
  /** Everything accounts own: kinds in their order, within a kind by name; accounts without anything are absent. */
  list: (db: Db, accountIds: readonly string[]) => Promise<Map<string, OwnedRecord[]>>
  handOverAll: HandOverAll
  giveBack: (tx: Db, handoverIds: readonly string[], given: { at: Date, actor: string }) => Promise<Map<string, GivenBack>>
}
