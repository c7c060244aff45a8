import type { SQL } from 'drizzle-orm'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { OwnedCounts } from '#contract/handover.ts'
import type { Db } from '../../db/index.ts'
import type { PublishCrmEvents } from '../events.ts'
import type { GivenBack, HandOver, HandOverAll, Moved, OwnedRecordsPort } from '../owned-records.ts'
import type { OwnedTable } from './owned.ts'
import { inArray, sql } from 'drizzle-orm'
import { tables } from '../../db/index.ts'
import { idList } from '../../db/lists.ts'
import { recordset } from '../../db/recordset.ts'
import { handoverEvents } from './handover-events.ts'
import { listOwned } from './list-owned.ts'
import { ownedRecords, ownedTables } from './owned.ts'

const { handover, handoverRecord } = tables

interface Options {
  /** Hears of every record that changes hands, in the transaction that moves it. */
  publish?: PublishCrmEvents | undefined
}

/** Records owned in the CRM here. */
export function createOwnedRecords({ publish }: Options = {}): OwnedRecordsPort {
  return {
    count: ownedRecords,
    list: listOwned,
    handOverAll: (tx, given) => moveAll(tx, given, publish),
    giveBack: (tx, ids, given) => giveBack(tx, ids, given, publish),
  }
}

/**
 * Moves what one account owns to another without telling anybody of it: they are the same person's.
 */
export const joinRecords: HandOver = async (tx, { from, to, ...rest }) => (await moveAll(tx, { transfers: [{ from, to }], ...rest }, undefined))[0]!

/**
 * Moves what several accounts own, each to its successor, within the caller's transaction; it remembers which records
 * they were. A fixed number of statements for each kind, however many people and records.
 */
async function moveAll(tx: Db, { transfers, kinds, at, actor, runId }: Parameters<HandOverAll>[1], publish: PublishCrmEvents | undefined): Promise<Moved[]> {
  if (transfers.length === 0)
    return []
  const opened = await tx
    .insert(handover)
    .values(transfers.map(({ from, to }) => ({ fromId: from, toId: to, actor, at, runId: runId ?? null })))
    .returning({ id: handover.id, from: handover.fromId, to: handover.toId })
  const those = idList(opened.map(({ id }) => id))
  const whole = idList(opened.flatMap(({ id }, index) => (transfers[index]!.records ? [] : id)))
  for (const owned of ownedTables.filter(({ kind }) => !kinds || kinds.includes(kind))) {
    const { kind, table, only } = owned
    const named = opened.flatMap(({ id: handoverId }, index) => (transfers[index]!.records?.get(kind) ?? []).map(recordId => ({ handoverId, recordId })))
    const wanted = sql`
      select h.id, h.from_id, h.to_id, t.id as record_id from ${handover} h join ${table} t on t.owner_id = h.from_id where h.id in ${whole}
      union all
      select h.id, h.from_id, h.to_id, n."recordId" from ${recordset('n', { handoverId: 'uuid', recordId: 'uuid' }, named)} join ${handover} h on h.id = n."handoverId"`
    await tx.execute(sql`
      with moved as (
        update ${table} set ${ownerIs(owned, sql`w.to_id`, at)} from (${wanted}) w
        where ${table.id} = w.record_id and ${table.ownerId} = w.from_id${only ? sql` and ${only}` : sql``}
        returning w.id as handover_id, ${table.id} as record_id)
      insert into ${handoverRecord} (handover_id, kind, record_id) select handover_id, ${kind}, record_id from moved`)
    await owned.noteOwners?.(tx, sql`select r.record_id, h.from_id, h.to_id from ${handoverRecord} r join ${handover} h on h.id = r.handover_id where h.id in ${those} and r.kind = ${kind}`, at)
    await publish?.(tx, await handoverEvents(tx, kind, sql`select r.handover_id, r.record_id, h.from_id from ${handoverRecord} r join ${handover} h on h.id = r.handover_id where h.id in ${those} and r.kind = ${kind}`, { at, by: runId && actor === 'sync' ? undefined : actor, what: 'handed_over', together: sql`select handover_id, record_id from ${handoverRecord} where handover_id in ${those}` }))
  }
  await tx.execute(sql`
    update ${handover} set counts = c.counts
    from (select handover_id, jsonb_object_agg(kind, n) as counts
      from (select handover_id, kind, count(*) as n from ${handoverRecord} where handover_id in ${those} group by handover_id, kind) as k group by handover_id) as c
    where ${handover.id} = c.handover_id`)
  const counted = await tx
    .select({ id: handover.id, counts: handover.counts })
    .from(handover)
    .where(inArray(handover.id, opened.map(({ id }) => id)))
  const counts = new Map(counted.map(({ id, counts }) => [id, counts as OwnedCounts]))
  return opened.map((entry): Moved => ({ ...entry, records: counts.get(entry.id) ?? {} }))
}

interface Returned {
  handover_id: string
  record_id: string
  from_id: string
  to_id: string
}

function asQuery(rows: readonly Returned[]): SQL {
  return sql`select handover_id, record_id, from_id, to_id from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m(handover_id uuid, record_id uuid, from_id uuid, to_id uuid)`
}

/**
 * Gives back what handovers moved, as far as it still belongs to whom it was given; what has another owner by now
 * stays and is counted as left. Handovers that were taken back before do nothing.
 */
async function giveBack(tx: Db, handoverIds: readonly string[], { at, actor }: { at: Date, actor: string }, publish: PublishCrmEvents | undefined): Promise<Map<string, GivenBack>> {
  const taken = new Map<string, GivenBack>()
  if (handoverIds.length === 0)
    return taken
  const open = await tx
    .update(handover)
    .set({ takenBackAt: at, takenBackBy: actor })
    .where(sql`${handover.id} in ${idList(handoverIds)} and ${handover.takenBackAt} is null`)
    .returning({ id: handover.id, counts: handover.counts })
  for (const { id, counts } of open) taken.set(id, { returned: {}, left: { ...(counts as OwnedCounts) } })
  const those = idList(open.map(({ id }) => id))
  /** Those that came back so far; a kind comes after what it belongs to. */
  const back: Returned[] = []
  for (const owned of ownedTables) {
    const { kind, table } = owned
    const returned = await tx.execute(sql`
      update ${table} set ${ownerIs(owned, sql`h.from_id`, at)} from ${handoverRecord} r join ${handover} h on h.id = r.handover_id
      where r.handover_id in ${those} and r.kind = ${kind} and ${table.id} = r.record_id and ${table.ownerId} = h.to_id
      returning r.handover_id, ${table.id} as record_id, h.to_id as from_id, h.from_id as to_id`)
    const { rows } = returned as unknown as { rows: Returned[] }
    for (const { handover_id } of rows) note(taken.get(handover_id)!, kind)
    if (rows.length === 0)
      continue
    back.push(...rows)
    const moved = asQuery(rows)
    await owned.noteOwners?.(tx, moved, at)
    await publish?.(tx, await handoverEvents(tx, kind, moved, { at, by: actor, what: 'returned', together: asQuery(back) }))
  }
  return taken
}

function note({ returned, left }: GivenBack, kind: RecordKind): void {
  returned[kind] = (returned[kind] ?? 0) + 1
  left[kind] = (left[kind] ?? 0) - 1
  if (left[kind] === 0)
    delete left[kind]
}

/** The assignments that change an owner; an edit made from an older version is refused afterwards, as after any edit. */
function ownerIs({ table: { ownerId, version, updatedAt } }: OwnedTable, owner: SQL, at: Date): SQL {
  const name = (column: { name: string }) => sql.raw(`"${column.name}"`)
  return sql.join(
    [
      sql`${name(ownerId)} = ${owner}`,
      ...(version ? [sql`${name(version)} = ${version} + 1`] : []),
      ...(updatedAt ? [sql`${name(updatedAt)} = ${at.toISOString()}::timestamptz`] : []),
    ],
    sql`, `,
  )
}
