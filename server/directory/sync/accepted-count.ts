import type { AcceptedCount, SyncStop } from '#contract/sync/index.ts'
import type { Db } from '../../db/index.ts'
import type { By } from './services.ts'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'

const { setting } = tables
const key = 'sync.accepted_count'

const row = z.object({ corpId: z.string(), announced: z.int(), seen: z.int(), by: z.string(), at: z.number() })

/**
 * The difference between DingTalk's own number of people and those it showed that an administrator has accepted: with
 * exactly this one, later runs of the whole company go on. Any other stops again, and so does another company.
 */
export async function readAcceptedCount(db: Db, corpId: string | undefined): Promise<AcceptedCount | null> {
  const [found] = await db.select({ value: setting.value }).from(setting).where(eq(setting.key, key))
  if (!found)
    return null
  const { at, corpId: of, ...accepted } = row.parse(found.value)
  return of === corpId ? { ...accepted, at: new Date(at).toISOString() } : null
}

/** Remembers what somebody accepted by approving a stopped plan, in place of any earlier one. */
export async function acceptCount(tx: Db, stop: SyncStop, corpId: string | undefined, by: string): Promise<void> {
  const count = stop.kind === 'count' ? stop : stop.count
  if (!count || corpId === undefined)
    return
  const value: z.output<typeof row> = { corpId, announced: count.announced, seen: count.seen, by, at: Date.now() }
  const values = { key, value, updatedAt: new Date(), updatedBy: by }
  await tx.insert(setting).values(values).onConflictDoUpdate({ target: setting.key, set: values })
}

/** The next run with a difference stops again. */
export async function forgetAcceptedCount(db: Db, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    const [gone] = await tx.delete(setting).where(eq(setting.key, key)).returning({ value: setting.value })
    if (gone)
      await audit(tx, { actor: by.name, action: 'sync.count.forget', detail: row.omit({ corpId: true }).parse(gone.value), ip: by.ip })
  })
}
