import type { Db } from '../../db/index.ts'
import type { Span } from './moments.ts'
import { eq } from 'drizzle-orm'
import { tables } from '../../db/index.ts'

const { messageClock } = tables

/** What is older than this when a server comes back is not news any more. */
const catchUpMs = 3 * 24 * 3600_000

/**
 * Does the work for the time since it was last done, and remembers how far, in one transaction: done once over all
 * instances (the others find the row locked and go on), caught up after a pause, and done again when it failed.
 */
export async function onceThrough(db: Db, name: string, now: Date, work: (tx: Db, span: Span) => Promise<void>): Promise<void> {
  // Nothing before the first start is told.
  await db.insert(messageClock).values({ name, through: now }).onConflictDoNothing()
  await db.transaction(async (tx) => {
    const [clock] = await tx.select().from(messageClock).where(eq(messageClock.name, name)).for('update', { skipLocked: true })
    if (!clock || clock.through >= now)
      return
    const after = new Date(Math.max(clock.through.getTime(), now.getTime() - catchUpMs))
    await work(tx as unknown as Db, { after, through: now })
    await tx.update(messageClock).set({ through: now }).where(eq(messageClock.name, name))
  })
}
