import type { Db } from '../../../db/index.ts'
import type { Actor } from '../../gateway.ts'
import type { Reach } from '../access/reach.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { GoodRow } from './check-rows.ts'
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { locationValue } from '#contract/crm/forms.ts'
import { breathe } from '../../../db/breathe.ts'
import { tables } from '../../../db/index.ts'
import { readSeen } from '../access/read.ts'
import { isLocked, mayWrite } from '../access/rights.ts'
import { fieldOf, propOf } from '../kinds/index.ts'
import { run } from '../records/page.ts'
import { insertRows } from '../sample-data/index.ts'
import { firstValues } from '../write/first-values.ts'
import { change } from '../write/patch.ts'
import { comparedForm } from '../write/unique.ts'

export interface Written {
  created: number
  updated: number
  skipped: number
}

interface Options {
  duplicates: 'skip' | 'update'
  signal: AbortSignal
  progress: (done: number) => void
}

const atOnce = 500

/** Writes checked rows within one transaction: all, or none when it is stopped or something fails. */
export async function writeRows(parts: EmbeddedParts, tx: Db, actor: Actor, kind: KindDef, reach: Reach, rows: GoodRow[], { duplicates, signal, progress }: Options): Promise<Written> {
  const written: Written = { created: 0, updated: 0, skipped: 0 }
  for (let at = 0; at < rows.length; at += atOnce) {
    await breathe()
    signal.throwIfAborted()
    const batch = rows.slice(at, at + atOnce)
    const doubled = batch.filter(({ existing }) => existing !== undefined)
    written.created += await insertNew(parts, tx, actor, kind, batch.filter(({ existing }) => existing === undefined), written)
    if (duplicates === 'update')
      await updateSeen(parts, tx, actor, kind, reach, doubled, written)
    else written.skipped += doubled.length
    progress(at + batch.length)
  }
  return written
}

async function insertNew(parts: EmbeddedParts, tx: Db, actor: Actor, kind: KindDef, rows: GoodRow[], written: Written): Promise<number> {
  const now = parts.now()
  const records = rows.map(({ stored }) => {
    const id = randomUUID()
    return { ...stored, ...firstValues(kind, stored), id, createdById: actor.id, updatedById: actor.id, ownedSince: now, createdAt: now, updatedAt: now } as Record<string, unknown> & { id: string }
  })
  const taken = await claim(tx, kind, records)
  written.skipped += taken.size
  const fresh = records.filter(({ id }) => !taken.has(id))
  await insertRows(tx, kind.table, fresh)
  return fresh.length
}

/** Claims unique values of many records in one statement; somebody may have made one of them since the check. */
async function claim(tx: Db, kind: KindDef, records: Array<Record<string, unknown> & { id: string }>): Promise<Set<string>> {
  const { uniqueValue } = tables
  const taken = new Set<string>()
  for (const field of kind.fields.filter(({ unique }) => unique)) {
    const wanted = records.map(record => ({ id: record.id, value: comparedForm(field, String(record[propOf(field)] ?? '')) })).filter(({ value }) => value !== '')
    const { rows } = await run<{ id: string }>(
      tx,
      sql`insert into ${uniqueValue} (kind, field, value, record_id)
        select ${kind.kind}, ${field.key}, w.value, w.id from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(id uuid, value text)
        on conflict do nothing returning record_id as id`,
    )
    const claimed = new Set(rows.map(({ id }) => id))
    for (const { id } of wanted) {
      if (!claimed.has(id))
        taken.add(id)
    }
  }
  return taken
}

/** Changes what is there already, as far as its importer may; the rest is skipped. */
async function updateSeen(parts: EmbeddedParts, tx: Db, actor: Actor, kind: KindDef, reach: Reach, rows: GoodRow[], written: Written): Promise<void> {
  const seen = new Map((await readSeen(tx, kind, reach, rows.map(({ existing }) => existing!), { lock: true })).map(row => [row.id, row]))
  for (const { existing, stored, given } of rows) {
    const current = seen.get(existing!)
    if (!current || !mayWrite(current.access) || isLocked(kind, current)) {
      written.skipped++
      continue
    }
    // The name told which record it is; as it is written there it stays.
    const props = given.map(key => propOf(fieldOf(kind, key)!)).filter(prop => prop !== kind.nameProp)
    await change(parts, tx, actor, kind, current, Object.fromEntries(props.map(prop => [prop, samePlace(current[prop], stored[prop]) ? current[prop] : stored[prop]])))
    written.updated++
  }
}

/** A cell has no coordinates: where it names the same place, what is known of it stays. */
function samePlace(held: unknown, read: unknown): boolean {
  const [a, b] = [held, read].map(place => locationValue.safeParse(place).data)
  return a !== undefined && b !== undefined && a.code === b.code && a.detail === b.detail
}
