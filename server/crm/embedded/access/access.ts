import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import type { KindDef } from '../kinds/index.ts'
import type { Reach } from './reach.ts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { tables } from '../../../db/index.ts'
import { columnOf, kinds } from '../kinds/index.ts'
import { reached } from './reach.ts'

const { collaborator } = tables

export type Access = CrmRecord['access']

/**
 * How somebody comes to see a row of `kind`, null when they do not: it is theirs, its owner is within their reach, it
 * is shared with them, or they see what it belongs to. This one expression decides for single records, batches,
 * references and search hits alike. `depth` ends the way up: what an opportunity belongs to is a customer, which
 * belongs to nothing.
 */
export function accessTo(kind: KindDef, reach: Reach): SQL<Access | null> {
  return accessVia(kind, reach, name => columnOf(kind, name))
}

function accessVia(kind: KindDef, reach: Reach, column: (prop: string) => PgColumn): SQL<Access | null> {
  const owner = column('ownerId')
  if (!reach.ids) {
    return sql<Access | null>`case when ${owner} = ${reach.actorId}::uuid then 'own' else 'scope' end`
  }
  const others = [sharedWith(kind.kind, column('id'), reach), ...kind.parents.map(parent => viaParent(parent, reach, column(parent.prop)))]
  return sql<Access | null>`case when ${owner} = ${reach.actorId}::uuid then 'own' when ${reached(reach, owner)} then 'scope' else coalesce(${sql.join(others, sql`, `)}) end`
}

function sharedWith(kind: RecordKind, id: PgColumn, reach: Reach): SQL {
  return sql`(select 'shared_' || ${collaborator.access} from ${collaborator} where ${collaborator.kind} = ${kind} and ${collaborator.recordId} = ${id} and ${collaborator.accountId} = ${reach.actorId}::uuid)`
}

function viaParent({ kind, write }: KindDef['parents'][number], reach: Reach, column: PgColumn): SQL {
  const parent = kinds[kind]
  const table = alias(parent.table, `above_${kind}`)
  const of = (prop: string) => (table as unknown as Record<string, PgColumn>)[prop]!
  const access = accessVia({ ...parent, parents: [] }, reach, of)
  const shown = write ? sql`case ${access} when 'own' then 'shared_write' when 'scope' then 'shared_write' else ${access} end` : sql`case when ${access} is not null then 'shared_read' end`
  return sql`(select ${shown} from ${parent.table} ${sql.identifier(`above_${kind}`)} where ${and(eq(of('id'), column), isNull(of('deletedAt')))})`
}
