import type { SQL } from 'drizzle-orm'
import type { Db } from '../../../db/index.ts'
import type { StoredKind } from '../changes/types.ts'
import { and, eq, max, min, sql } from 'drizzle-orm'
import { breathe } from '../../../db/breathe.ts'
import { tables } from '../../../db/index.ts'

const { syncChange } = tables

/**
 * Changes of one statement. The embedded database answers nobody while a statement runs, and blocks its process: a first
 * sync of 20,000 people would do so for seconds with each.
 */
const batch = 2000

/**
 * Does a statement with the changes of some kinds that a run makes, as the table `c`: id, target_id, userid, before,
 * after. Without any of them there is nothing to do; with many it is done batch by batch, so it may only depend on
 * other changes by way of an earlier statement.
 */
export type Make = (kinds: StoredKind | StoredKind[], statement: (c: SQL) => SQL) => Promise<void>

export interface Making {
  make: Make
  has: (...kinds: StoredKind[]) => boolean
}

/** A run whose recorded changes are being made, within the caller's transaction; once `signal` aborts, it throws. */
export async function beginMaking(tx: Db, runId: string, signal?: AbortSignal): Promise<Making> {
  const rows = await tx
    .select({ kind: syncChange.kind, first: min(syncChange.seq), last: max(syncChange.seq) })
    .from(syncChange)
    .where(and(eq(syncChange.runId, runId), eq(syncChange.status, 'applied')))
    .groupBy(syncChange.kind)
  return {
    has: (...kinds) => rows.some(({ kind }) => kinds.includes(kind as StoredKind)),
    async make(kinds, statement) {
      const wanted: readonly string[] = [kinds].flat()
      const present = rows.filter(({ kind }) => wanted.includes(kind))
      const last = Math.max(...present.map(({ last }) => last ?? 0))
      for (let from = Math.min(...present.map(({ first }) => first ?? 0)); from <= last; from += batch) {
        signal?.throwIfAborted()
        await tx.execute(statement(applied(runId, present.map(({ kind }) => kind), from)))
        await breathe()
      }
    },
  }
}

function applied(runId: string, kinds: string[], from: number): SQL {
  const list = sql.join(
    kinds.map(kind => sql`${kind}`),
    sql`, `,
  )
  return sql`(select id, target_id, userid, before, after from ${syncChange}
    where ${syncChange.runId} = ${runId} and ${syncChange.kind} in (${list}) and ${syncChange.seq} >= ${from} and ${syncChange.seq} < ${from + batch} and ${syncChange.status} = 'applied') as c`
}

/** Milliseconds since 1970 inside a jsonb object, as a time. */
export function moment(values: SQL, name: string): SQL {
  return sql`to_timestamp((${values}->>${sql.raw(`'${name}'`)})::double precision / 1000)`
}
