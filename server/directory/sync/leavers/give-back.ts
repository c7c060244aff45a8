import type { OwnedRecordsPort } from '../../../crm/index.ts'
import type { Db } from '../../../db/index.ts'
import type { Change, RecordedChange } from '../changes/types.ts'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { numberOf } from './list.ts'

export interface Returned {
  /** The ids of the changes that were taken back. */
  undone: string[]
  /** What came back, and what did not, as changes of the undo. */
  made: Change[]
  left: Change[]
}

/** Gives back what a run handed over, as far as it still belongs to whom it was given. */
export async function giveBackLeavers(tx: Db, ownedRecords: OwnedRecordsPort, handovers: RecordedChange[], actor: string): Promise<Returned> {
  const done: Returned = { undone: [], made: [], left: [] }
  const ids = await returnable(tx, handovers.flatMap(({ after }) => after?.handoverId ?? []))
  const taken = await ownedRecords.giveBack(tx, ids, { at: new Date(), actor })
  for (const { id, kind, targetType, targetId, userid, name, before, after } of handovers) {
    const { returned = {}, left = after?.records ?? {} } = taken.get(after?.handoverId ?? '') ?? {}
    const change = { kind, targetType, targetId, userid, name, before: { ownerId: after?.ownerId ?? '' }, after: { ownerId: before?.ownerId ?? '' } }
    if (numberOf(returned) > 0) {
      done.undone.push(id)
      done.made.push({ ...change, after: { ...change.after, records: returned }, reason: { key: 'undo' } })
    }
    if (numberOf(left) > 0)
      done.left.push({ ...change, after: { ...change.after, records: left }, reason: { key: 'owner_changed' } })
  }
  return done
}

/** Those whose former owner still is somebody: what belonged to an account that was merged since stays where it is. */
async function returnable(tx: Db, ids: string[]): Promise<string[]> {
  if (ids.length === 0)
    return []
  const { account, handover } = tables
  const rows = await tx.select({ id: handover.id }).from(handover).innerJoin(account, eq(account.id, handover.fromId)).where(and(inArray(handover.id, ids), isNull(account.mergedIntoId)))
  return rows.map(({ id }) => id)
}
