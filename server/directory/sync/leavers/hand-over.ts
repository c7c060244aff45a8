import type { Successor } from '#contract/handover.ts'
import type { HandoverChoice } from '#contract/sync/index.ts'
import type { OwnedRecordsPort } from '../../../crm/index.ts'
import type { Db } from '../../../db/index.ts'
import type { Change, HandoverReason, KindCounts } from '../changes/types.ts'
import { asc, inArray } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { divide, sharesOf } from '../../handover/divide.ts'
import { nearestLeaders } from '../../leaders.ts'
import { activeAmong } from '../../owners.ts'
import { recordChanges } from '../changes/store.ts'
import { leaverIds } from './list.ts'

const { account } = tables

interface Transfer {
  from: string
  /** More than one share evenly. */
  to: string[]
}

interface Decided {
  transfers: Transfer[]
  /** Leavers whose records stay although somebody wanted otherwise. */
  kept: Array<{ id: string, reason: HandoverReason }>
}

/**
 * To whom the records of a run's leavers go. It has to be asked before the run changes anything, so that "the
 * department leader" is the one the preview named.
 */
export async function decideSuccessors(tx: Db, runId: string, ownedRecords: OwnedRecordsPort, choice: HandoverChoice): Promise<Decided> {
  const decided: Decided = { transfers: [], kept: [] }
  const leavers = await leaverIds(tx, runId)
  const owning = await ownedRecords.count(tx, leavers)
  const wanted = leavers.filter(id => owning.has(id)).map(id => [id, choice.each[id] ?? choice.all] as const)
  const leaders = await nearestLeaders(tx, wanted.flatMap(([id, whom]) => (whom === 'leader' ? id : [])), leavers)
  for (const [from, whom] of wanted) {
    const to = whom === 'leader' ? leaders.get(from)?.id : whom
    if (to === undefined)
      decided.kept.push({ id: from, reason: 'no_leader' })
    else if (to !== 'keep')
      decided.transfers.push({ from, to: [to].flat() })
  }
  return decided
}

/** Whom a choice names by id: they have to be there. */
export function namedSuccessors({ all, each }: HandoverChoice): string[] {
  const named = (whom: Successor) => (whom === 'keep' || whom === 'leader' ? [] : whom)
  return [...new Set([all, ...Object.values(each)].flatMap(named))]
}

export interface HandedOver {
  /** The changes that were made. */
  made: Change[]
  kinds: KindCounts
}

/**
 * Hands over what was decided, for the leavers whom the run has disabled by now, and records it as changes of the run.
 * @returns what was made
 */
export async function handOverLeavers(tx: Db, { runId, actor, ownedRecords, decided }: { runId: string, actor: string, ownedRecords: OwnedRecordsPort, decided: Decided }): Promise<HandedOver> {
  const gone = new Set(await leaverIds(tx, runId, 'applied'))
  const wanted = decided.transfers.filter(({ from }) => gone.has(from))
  const active = await activeAmong(tx, [...new Set(wanted.flatMap(({ to }) => to))])
  const there = wanted.map(({ from, to }) => ({ from, to: to.filter(id => active.has(id)) }))
  const moved = await ownedRecords.handOverAll(tx, { transfers: await shared(tx, ownedRecords, there), at: new Date(), actor, runId })
  const kept = [
    ...decided.kept.filter(({ id }) => gone.has(id)),
    ...there.filter(({ to }) => to.length === 0).map(({ from }) => ({ id: from, reason: 'successor_gone' as const })),
  ]
  const named = await namesOf(tx, [...moved.map(({ from }) => from), ...kept.map(({ id }) => id)])
  const about = (id: string) => ({ kind: 'records.handover', targetType: 'account', targetId: id, userid: null, name: named.get(id) ?? '' }) as const
  const made = moved.map(({ id, from, to, records }): Change => ({
    ...about(from),
    before: { ownerId: from, records },
    after: { ownerId: to, records, handoverId: id },
    reason: { key: 'handed_over' },
  }))
  const left = kept.map(({ id, reason }): Change => ({ ...about(id), before: { ownerId: id }, after: null, reason: { key: reason } }))
  const making = new Set(made)
  return { made, kinds: await recordChanges(tx, runId, [...made, ...left], change => (making.has(change) ? 'applied' : 'refused')) }
}

/** What goes to whom, where several share what one person owned. */
async function shared(tx: Db, ownedRecords: OwnedRecordsPort, wanted: Transfer[]) {
  const owned = await ownedRecords.list(tx, wanted.flatMap(({ from, to }) => (to.length > 1 ? from : [])))
  return wanted.flatMap(({ from, to }) => {
    if (to.length < 2)
      return to.map(whom => ({ from, to: whom }))
    const divided = divide(owned.get(from) ?? [], { to, numbers: {}, chosen: [], together: true })
    return [...sharesOf(divided, to)].flatMap(([whom, records]) => (records.size > 0 ? { from, to: whom, records } : []))
  })
}

async function namesOf(tx: Db, ids: string[]): Promise<Map<string, string>> {
  const rows = ids.length === 0 ? [] : await tx.select({ id: account.id, name: account.name }).from(account).where(inArray(account.id, ids)).orderBy(asc(account.id))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
