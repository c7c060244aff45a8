import type { RecordKind } from '#contract/crm/kinds.ts'
import type { RecordRow } from '#contract/crm/records.ts'
import type { Db } from '../../../db/index.ts'
import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { EmbeddedParts } from '../parts.ts'
import { desc, eq } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { kinds } from '../kinds/index.ts'
import { rowsOf } from '../records/list.ts'

const { recentRecord } = tables

const shown = 8
/** Some of the last ones may be deleted by now, or out of reach. */
const looked = 24

/** Remembers that somebody had this record before them; of follow-ups and plans it is what they are about that counts. */
export async function remember(db: Db, accountId: string, kind: RecordKind, recordId: string, at: Date): Promise<void> {
  if (kind === 'follow-ups' || kind === 'plans')
    return
  await db
    .insert(recentRecord)
    .values({ accountId, kind, recordId, at })
    .onConflictDoUpdate({ target: [recentRecord.accountId, recentRecord.kind, recentRecord.recordId], set: { at } })
}

/** What somebody had before them last, as far as they may still see it. */
export async function recentRecords(parts: EmbeddedParts, actor: Actor, reach: Reach): Promise<RecordRow[]> {
  const last = await parts.db
    .select({ kind: recentRecord.kind, id: recentRecord.recordId })
    .from(recentRecord)
    .where(eq(recentRecord.accountId, actor.id))
    .orderBy(desc(recentRecord.at))
    .limit(looked)
  const rows = new Map<string, RecordRow>()
  for (const kind of new Set(last.map(({ kind }) => kind))) {
    const ids = last.filter(each => each.kind === kind).map(({ id }) => id)
    for (const row of await rowsOf(parts, actor, kinds[kind], reach, ids)) rows.set(row.id, row)
  }
  return last.flatMap(({ id }) => rows.get(id) ?? []).slice(0, shown)
}

/** Remembers the record that an operation answers. */
export async function recent<T extends { kind: RecordKind, id: string }>(parts: EmbeddedParts, actor: Actor, answer: Promise<T>): Promise<T> {
  const record = await answer
  await remember(parts.db, actor.id, record.kind, record.id, parts.now())
  return record
}
