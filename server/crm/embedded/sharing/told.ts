import type { Db } from '../../../db/index.ts'
import type { CrmEvent } from '../../events.ts'
import type { KindDef } from '../kinds/index.ts'
import { and, eq, or } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { among } from '../access/reach.ts'

const { collaborator } = tables

type Row = { id: string } & Readonly<Record<string, unknown>>

/** Everybody each record is shared with, by itself or by what it belongs to; one statement, however many records. Without an entry: nobody. */
export async function collaboratorsOf(tx: Db, kind: Pick<KindDef, 'kind' | 'parents'>, rows: readonly Row[]): Promise<Map<string, string[]>> {
  const places = new Map(rows.map(row => [
    row.id,
    [{ of: kind.kind, id: row.id }, ...kind.parents.flatMap(({ prop, kind: of }) => (typeof row[prop] === 'string' ? [{ of, id: row[prop] }] : []))],
  ]))
  const wanted = [...Map.groupBy([...places.values()].flat(), ({ of }) => of)]
  if (wanted.length === 0)
    return new Map()
  const shared = await tx
    .select({ kind: collaborator.kind, recordId: collaborator.recordId, accountId: collaborator.accountId })
    .from(collaborator)
    .where(or(...wanted.map(([of, records]) => and(eq(collaborator.kind, of), among(collaborator.recordId, [...new Set(records.map(({ id }) => id))])))))
  const nameOf = (of: string, id: string) => `${of} ${id}`
  const byRecord = Map.groupBy(shared, ({ kind, recordId }) => nameOf(kind, recordId))
  const found = new Map<string, string[]>()
  for (const [id, records] of places) {
    const people = new Set(records.flatMap(record => byRecord.get(nameOf(record.of, record.id)) ?? []).map(({ accountId }) => accountId))
    if (people.size > 0)
      found.set(id, [...people])
  }
  return found
}

/** The events of these records, with whom each is shared with among their parties. */
export async function withCollaborators(tx: Db, kind: Pick<KindDef, 'kind' | 'parents'>, rows: readonly Row[], events: readonly CrmEvent[]): Promise<CrmEvent[]> {
  const people = events.length > 0 ? await collaboratorsOf(tx, kind, rows) : new Map<string, string[]>()
  return events.map((event) => {
    const collaborators = people.get(event.record.id)
    return collaborators ? { ...event, parties: { ...event.parties, collaborators } } : event
  })
}
