import type { Db } from '../../db/index.ts'
import { eq, gte, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../db/index.ts'

const { dingtalkUsage, setting } = tables
const key = 'notifications.budget'

const shape = z.object({
  /** YYYY-MM to which the rest belongs. */
  month: z.string(),
  exhaustedAt: z.number().nullable(),
  /** Marks of `budget` that administrators were told of. */
  told: z.array(z.number()),
  budget: z.number().nullable().default(null),
})
export type Remembered = z.output<typeof shape>

/** What is remembered of this month; a new month begins with nothing. */
export async function recall(db: Db, month: string, lock = false): Promise<Remembered> {
  const query = db.select({ value: setting.value }).from(setting).where(eq(setting.key, key))
  const [found] = await (lock ? query.for('update') : query)
  const stored = shape.safeParse(found?.value).data
  return stored?.month === month ? stored : { month, exhaustedAt: null, told: [], budget: null }
}

/** Changes what is remembered, and does what follows in the same transaction; instances take turns. */
export async function remember(db: Db, month: string, change: (before: Remembered) => Remembered, then?: (tx: Db, before: Remembered) => Promise<void>): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.insert(setting).values({ key, value: { month, exhaustedAt: null, told: [] } }).onConflictDoNothing()
    const before = await recall(tx, month, true)
    await tx.update(setting).set({ value: change(before), updatedAt: new Date() }).where(eq(setting.key, key))
    await then?.(tx, before)
  })
}

/** Adds calls of one day. */
export async function addUsage(db: Db, day: string, calls: ReadonlyMap<string, number>): Promise<void> {
  await db
    .insert(dingtalkUsage)
    .values([...calls].map(([api, count]) => ({ day, api, calls: count })))
    .onConflictDoUpdate({
      target: [dingtalkUsage.day, dingtalkUsage.api],
      set: { calls: sql`${dingtalkUsage.calls} + excluded.calls` },
    })
}

/** Calls of the month by API. */
export async function usageOf(db: Db, month: string): Promise<{ api: string, calls: number }[]> {
  return db
    .select({ api: dingtalkUsage.api, calls: sql<number>`sum(${dingtalkUsage.calls})::int` })
    .from(dingtalkUsage)
    .where(gte(dingtalkUsage.day, `${month}-01`))
    .groupBy(dingtalkUsage.api)
}
