import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { KindDef } from '../kinds/index.ts'
import type { Reach } from './reach.ts'
import { isNull, or, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { columnOf, kinds } from '../kinds/index.ts'
import { reached } from './reach.ts'

const { collaborator } = tables

/**
 * Whether somebody sees a row, as {@link accessTo} says, for counting many at once: each way is a set that is read once,
 * not a question about every row.
 */
export function isSeen(kind: KindDef, reach: Reach): SQL {
  const ways = kind.parents.map(({ kind: above, prop }) => {
    const parent = kinds[above]
    return sql`${columnOf(kind, prop)} in (select ${columnOf(parent, 'id')} from ${parent.table} where ${isNull(columnOf(parent, 'deletedAt'))} and ${isDirectlySeen(parent, reach)})`
  })
  return or(isDirectlySeen(kind, reach), ...ways)!
}

function isDirectlySeen(kind: KindDef, reach: Reach): SQL {
  return or(reached(reach, columnOf(kind, 'ownerId')), isShared(kind.kind, columnOf(kind, 'id'), reach))!
}

function isShared(kind: RecordKind, id: PgColumn, { actorId }: Reach): SQL {
  return sql`${id} in (select ${collaborator.recordId} from ${collaborator} where ${collaborator.kind} = ${kind} and ${collaborator.accountId} = ${actorId}::uuid)`
}
