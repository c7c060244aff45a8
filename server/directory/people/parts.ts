import type { OwnedCounts } from '#contract/handover.ts'
import type { Db } from '../../db/index.ts'
import type { DingTalk } from '../../dingtalk/index.ts'

/** Who does something, for histories and for what nobody may do to themselves. */
export interface By {
  name: string
  accountId: string
}

/** Somebody asked to be let in, or was answered; told in the transaction that causes it. */
export type AccessEvent
  = | { type: 'access.requested', requestId: string, userid: string, name: string, note: string }
    | { type: 'access.approved' | 'access.refused', requestId: string, userid: string, name: string, accountId: string | null }

export interface PeopleParts {
  db: Db
  contacts: Pick<DingTalk['contacts'], 'getUser'>
  /** Ends sessions within the transaction that shuts their people out. */
  endSessions: (tx: Db, accountIds: string[]) => Promise<void>
  ownedRecords: (db: Db, accountIds: readonly string[]) => Promise<Map<string, OwnedCounts>>
  /** Moves everything one account owns to another, within the transaction. */
  handOver: (tx: Db, given: { from: string, to: string, at: Date, actor: string }) => Promise<unknown>
  /** The rest that is somebody's when two accounts are one person, after the handover. */
  takeOverRest: (tx: Db, given: { from: string, to: string }) => Promise<void>
  /** The records are kept by a CRM of its own, which knows its own accounts. */
  elsewhere: boolean
  publish: (tx: Db, event: AccessEvent) => Promise<void>
}
