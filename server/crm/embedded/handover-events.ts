import type { SQL } from 'drizzle-orm'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { Db } from '../../db/index.ts'
import type { CrmEvent } from '../events.ts'
import type { StoredRecord } from './kinds/index.ts'
import { and, isNull, sql } from 'drizzle-orm'
import { columnOf, kinds } from './kinds/index.ts'
import { nameOf } from './records/present.ts'
import { withCollaborators } from './sharing/told.ts'

interface Told {
  at: Date
  /** A person's name; undefined when nobody in person did it. */
  by: string | undefined
  /** Tells handing over and giving back apart. */
  what: 'handed_over' | 'returned'
  /** A query of handover_id and record_id: all that changed hands with them, what they belong to among it. */
  together: SQL
}

/**
 * Records of a kind that have just changed hands, as transfers like any other. `moved` is a query of handover_id,
 * record_id and from_id. What belongs to a record that changed hands with it is told as part of that one; what is
 * deleted concerns nobody until it is restored.
 */
export async function handoverEvents(tx: Db, kind: RecordKind, moved: SQL, { at, by, what, together }: Told): Promise<CrmEvent[]> {
  const def = kinds[kind]
  const id = columnOf(def, 'id')
  const above = def.parents.map(({ prop }) => columnOf(def, prop))
  const onItsOwn
    = above.length === 0
      ? undefined
      : sql`not exists (select from (${together}) p where p.handover_id = m.handover_id and p.record_id in (${sql.join(above, sql`, `)}))`
  const rows = (await tx
    .select({ id, ownerId: columnOf(def, 'ownerId'), name: columnOf(def, def.nameProp), former: sql<string>`m.from_id`, handoverId: sql<string>`m.handover_id`, ...Object.fromEntries(def.parents.map(({ prop }) => [prop, columnOf(def, prop)])) })
    .from(def.table)
    .innerJoin(sql`(${moved}) m`, sql`m.record_id = ${id}`)
    .where(and(onItsOwn, isNull(columnOf(def, 'deletedAt'))))) as Array<Record<'id' | 'ownerId' | 'name' | 'former' | 'handoverId', string>>
  return withCollaborators(tx, def, rows, rows.map(row => ({
    key: `record.transferred:${row.id}:${what}:${row.handoverId}`,
    type: 'record.transferred',
    at,
    actor: by === undefined ? null : { id: '', name: by },
    record: { kind, id: row.id, name: nameOf(def, { [def.nameProp]: row.name } as unknown as StoredRecord) },
    parties: { owner: row.ownerId, formerOwner: row.former },
    values: {},
  })))
}
