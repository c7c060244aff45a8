import type { Db } from '../../../../db/index.ts'
import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../../../db/index.ts'

const { setting } = tables
const key = 'sync.wanted'

/** A complete run that is due. One row over all instances: requests that come together lead to one run. */
const shape = z.object({
  /** Number of the newest request. */
  request: z.int(),
  trigger: z.enum(['schedule', 'events', 'catch_up']),
  /** Events were settled on the promise of this run: it is never given up. */
  owed: z.boolean().default(false),
  /** For the log. */
  why: z.string(),
  /** The run that answers request `served`. */
  runId: z.string().nullish(),
  served: z.int().nullish(),
  /** Runs that failed in a row, and when the next may start (milliseconds since 1970). */
  failures: z.int().default(0),
  notBefore: z.number().default(0),
})
export type WantedRun = z.output<typeof shape>

/** After a run that failed, a new request brings the next one forward, but not closer than this (milliseconds). */
const respiteMs = 5 * 60_000

/** Asks for a complete run; it survives restarts, and starts when none is running and the sync is switched on, `notBefore` (milliseconds since 1970) unless one is due anyway. */
export async function requestRun(db: Db, trigger: WantedRun['trigger'], why: string, notBefore = 0): Promise<void> {
  const first: z.input<typeof shape> = { request: 1, trigger, why, notBefore, owed: trigger !== 'schedule' }
  const earliest = sql`greatest(${notBefore}::numeric, case when (${setting.value} ->> 'failures')::int > 0 then ${Date.now() + respiteMs}::numeric else 0 end)`
  await db
    .insert(setting)
    .values({ key, value: first })
    .onConflictDoUpdate({
      target: setting.key,
      set: {
        value: sql`${setting.value} || jsonb_build_object('request', (${setting.value} ->> 'request')::int + 1, 'trigger', ${trigger}::text, 'why', ${why}::text,
          'notBefore', least((${setting.value} ->> 'notBefore')::numeric, ${earliest}),
          'owed', coalesce((${setting.value} ->> 'owed')::boolean, false) or ${first.owed}::boolean)`,
        updatedAt: new Date(),
      },
    })
}

export async function readWanted(db: Db): Promise<WantedRun | undefined> {
  const [found] = await db.select({ value: setting.value }).from(setting).where(eq(setting.key, key))
  return found && shape.parse(found.value)
}

/** Notes how it goes on; requests that came meanwhile are kept. */
export async function noteWanted(db: Db, values: Partial<Pick<WantedRun, 'runId' | 'served' | 'failures' | 'notBefore'>>): Promise<void> {
  await db
    .update(setting)
    .set({ value: sql`${setting.value} || ${JSON.stringify(values)}::jsonb` })
    .where(eq(setting.key, key))
}

/** It is done; @returns false when there was another request meanwhile, which is still open. */
export async function dropWanted(db: Db, { request }: { request: number }): Promise<boolean> {
  const gone = await db
    .delete(setting)
    .where(and(eq(setting.key, key), sql`(${setting.value} ->> 'request')::int = ${request}`))
    .returning({ key: setting.key })
  return gone.length > 0
}
