import type { SQL } from 'drizzle-orm'
import type { StoredKind } from '../changes/types.ts'
import { sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

/** The changes of these kinds that a run makes, as the table `c`: target_id, userid, before, after. */
export function applied(runId: string, ...kinds: StoredKind[]): SQL {
  const { syncChange } = tables
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
