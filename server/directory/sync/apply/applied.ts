import type { SQL } from 'drizzle-orm'
import type { Db } from '../../../db/index.ts'
import type { StoredKind } from '../changes/types.ts'
import { and, eq, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

const { syncChange } = tables

/**
 * Does a statement with the changes of some kinds that a run makes, as the table `c`: id, target_id, userid, before,
 * after. Without any of them there is nothing to do.
 */
export type Make = (kinds: StoredKind | StoredKind[], statement: (c: SQL, runId: string) => SQL) => Promise<void>

export interface Making {
  make: Make
  has: (...kinds: StoredKind[]) => boolean
}

/** A run whose recorded changes are being made, within the caller's transaction. */
export async function beginMaking(tx: Db, runId: string): Promise<Making> {
  const rows = await tx
    .selectDistinct({ kind: syncChange.kind })
    .from(syncChange)
    .where(and(eq(syncChange.runId, runId), eq(syncChange.status, 'applied')))
  const present = new Set(rows.map(({ kind }) => kind))
  const has = (...kinds: StoredKind[]) => kinds.some(kind => present.has(kind))
  return {
    has,
    async make(kinds, statement) {
      const wanted = [kinds].flat()
      if (has(...wanted))
        await tx.execute(statement(applied(runId, wanted), runId))
    },
  }
}

function applied(runId: string, kinds: StoredKind[]): SQL {
  const list = sql.join(
    kinds.map(kind => sql`${kind}`),
    sql`, `,
  )
  return sql`(select id, target_id, userid, before, after from ${syncChange} where ${syncChange.runId} = ${runId} and ${syncChange.kind} in (${list}) and ${syncChange.status} = 'applied') as c`
}

/** Milliseconds since 1970 inside a jsonb object, as a time. */
export function moment(values: SQL, name: string): SQL {
  return sql`to_timestamp((${values}->>${sql.raw(`'${name}'`)})::double precision / 1000)`
}
