import type { z } from 'zod'
import type { changesQuery } from '#contract/sync/index.ts'
import type { Db } from '../../../db/index.ts'
import type { Change, ChangeStatus, KindCounts, RecordedChange, StoredKind } from './types.ts'
import { and, asc, between, eq, gt, inArray, max, ne, or, sql } from 'drizzle-orm'
import { z as zod } from 'zod'
import { breathe } from '../../../db/breathe.ts'
import { contains } from '../../../db/contains.ts'
import { tables } from '../../../db/index.ts'
import { idList } from '../../../db/lists.ts'
import { recordset } from '../../../db/recordset.ts'
import { readCursor, writeCursor } from '../../../http/cursor.ts'
import { isBookKeeping } from './types.ts'

const { syncChange } = tables

/** Rows of one insert. A first sync of a large company records 100,000; as one text they would cost memory. */
const batch = 1000

const columns = {
  seq: 'integer',
  kind: 'text',
  targetType: 'text',
  targetId: 'uuid',
  userid: 'text',
  name: 'text',
  before: 'jsonb',
  after: 'jsonb',
  reason: 'jsonb',
  status: 'text',
} as const

/** Records what a run changes or would change, after what it has recorded already. `statusOf` decides per change. @returns how many of each kind */
export async function recordChanges(tx: Db, runId: string, changes: Iterable<Change>, statusOf: (change: Change) => ChangeStatus): Promise<KindCounts> {
  const kinds: KindCounts = {}
  const [last] = await tx.select({ seq: max(syncChange.seq) }).from(syncChange).where(eq(syncChange.runId, runId))
  let seq = (last?.seq ?? -1) + 1
  let rows: object[] = []
  const flush = async () => {
    if (rows.length > 0) {
      await tx.execute(sql`
        insert into ${syncChange} (run_id, seq, kind, target_type, target_id, userid, name, before, after, reason, status)
        select ${runId}::uuid, r.seq, r.kind, r."targetType", r."targetId", r.userid, r.name, r.before, r.after, r.reason, r.status
        from ${recordset('r', columns, rows)}`)
      await breathe()
    }
    rows = []
  }
  for (const change of changes) {
    if (!isBookKeeping(change.kind))
      kinds[change.kind] = (kinds[change.kind] ?? 0) + 1
    rows.push({ ...change, seq: seq++, status: statusOf(change) })
    if (rows.length >= batch)
      await flush()
  }
  await flush()
  return kinds
}

/** All changes of a run with these statuses, in order. */
export async function readChanges(db: Db, runId: string, ...statuses: ChangeStatus[]): Promise<RecordedChange[]> {
  const rows = await db
    .select()
    .from(syncChange)
    .where(and(eq(syncChange.runId, runId), inArray(syncChange.status, statuses)))
    .orderBy(asc(syncChange.seq))
  return rows.map(({ runId: _, ...row }) => row as RecordedChange)
}

/** A run's applied changes in order, of one kind or all, book-keeping included, a batch at a time. */
export function eachApplied(db: Db, runId: string, kind?: StoredKind): AsyncGenerator<RecordedChange[]> {
  return eachInStatus(db, runId, 'applied', kind)
}

/** The same of any status. */
export async function* eachInStatus(db: Db, runId: string, status: ChangeStatus, kind?: StoredKind, size = 500): AsyncGenerator<RecordedChange[]> {
  for (let seq = -1; ;) {
    const rows = await db
      .select()
      .from(syncChange)
      .where(and(eq(syncChange.runId, runId), eq(syncChange.status, status), kind && eq(syncChange.kind, kind), gt(syncChange.seq, seq)))
      .orderBy(asc(syncChange.seq))
      .limit(size)
    if (rows.length > 0)
      yield rows.map(({ runId: _, ...row }) => row as RecordedChange)
    await breathe()
    const last = rows.at(-1)
    if (!last || rows.length < size)
      return
    seq = last.seq
  }
}

/** Whom changes of one kind are about, in order. */
export async function targetsOf(db: Db, runId: string, kind: StoredKind, ...statuses: ChangeStatus[]): Promise<string[]> {
  const rows = await db
    .select({ id: syncChange.targetId })
    .from(syncChange)
    .where(and(eq(syncChange.runId, runId), eq(syncChange.kind, kind), statuses.length > 0 ? inArray(syncChange.status, statuses) : undefined))
    .orderBy(asc(syncChange.seq))
  return rows.flatMap(({ id }) => id ?? [])
}

/** The kinds of a planned run's changes; enough to count them, also when there are 100,000. */
export async function plannedKinds(db: Db, runId: string): Promise<Array<Pick<RecordedChange, 'id' | 'kind' | 'targetId'>>> {
  const rows = await db
    .select({ id: syncChange.id, kind: syncChange.kind, targetId: syncChange.targetId })
    .from(syncChange)
    .where(and(eq(syncChange.runId, runId), eq(syncChange.status, 'planned')))
  return rows.map(row => ({ ...row, kind: row.kind as RecordedChange['kind'] }))
}

/**
 * Settles changes of a run; ids absent = all that are in the status `from`. One parameter, however many. `within`: the
 * first and the last place of a batch, so that nobody looks through the whole run for each.
 */
export async function settleChanges(tx: Db, runId: string, from: ChangeStatus, to: ChangeStatus, ids?: readonly string[], within?: [first: number, last: number]): Promise<void> {
  await tx
    .update(syncChange)
    .set({ status: to })
    .where(
      and(
        eq(syncChange.runId, runId),
        eq(syncChange.status, from),
        within && between(syncChange.seq, ...within),
        ids && sql`${syncChange.id} in ${idList(ids)}`,
      ),
    )
}

const position = zod.object({ seq: zod.int() })

/** What people are shown of a run: everything but book-keeping. */
const shown = (runId: string) => and(eq(syncChange.runId, runId), sql`${syncChange.kind} not like 'mark.%'`)

/** A page of a run's changes by kind and keyword, in order. */
export async function pageOfChanges(
  db: Db,
  runId: string,
  { kind, status, q, cursor, limit }: z.output<typeof changesQuery>,
): Promise<{ items: RecordedChange[], nextCursor: string | null, total: number }> {
  const matching = and(
    shown(runId),
    kind === undefined ? undefined : eq(syncChange.kind, kind),
    status === undefined ? undefined : eq(syncChange.status, status),
    q
      ? or(
          contains(syncChange.name, q),
          contains(syncChange.userid, q),
          sql`${syncChange.after}->>'name' ilike ${`%${q.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`,
        )
      : undefined,
  )
  const after = readCursor(position, cursor)
  const rows = await db
    .select()
    .from(syncChange)
    .where(and(matching, after && gt(syncChange.seq, after.seq)))
    .orderBy(asc(syncChange.seq))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(({ runId: _, ...row }) => row as RecordedChange),
    nextCursor: last ? writeCursor({ seq: last.seq }) : null,
    total: await db.$count(syncChange, matching),
  }
}

/** Everything that people are shown of a run, a batch at a time. */
export async function* eachBatch(db: Db, runId: string, size = 1000): AsyncGenerator<RecordedChange[]> {
  for (let seq = -1; ;) {
    const rows = await db
      .select()
      .from(syncChange)
      .where(and(shown(runId), gt(syncChange.seq, seq)))
      .orderBy(asc(syncChange.seq))
      .limit(size)
    const last = rows.at(-1)
    if (!last)
      return
    yield rows.map(({ runId: _, ...row }) => row as RecordedChange)
    seq = last.seq
  }
}

/** Which of these runs have changes that can be taken back. */
export async function withUndoable(db: Db, runIds: string[]): Promise<Set<string>> {
  if (runIds.length === 0)
    return new Set()
  const rows = await db
    .selectDistinct({ id: syncChange.runId })
    .from(syncChange)
    .where(and(inArray(syncChange.runId, runIds), eq(syncChange.status, 'applied'), ne(syncChange.kind, 'conflict')))
  return new Set(rows.map(({ id }) => id))
}
