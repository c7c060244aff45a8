import type { Db } from '../../../db/index.ts'
import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../../db/index.ts'

const key = 'sync.events.memory'
const moment = z
  .number()
  .nullish()
  .transform(value => value ?? undefined)

/** What all instances remember together about the event channel; times in milliseconds since 1970. */
const shape = z.object({
  /** Last sign of life of a stream: absences are measured from it, also over restarts. */
  heardAt: moment,
  /** When DingTalk last checked the push address. */
  verifiedAt: moment,
  /** Whom the above is about: company and app. */
  app: z.string().nullish(),
  /** Since when channel, keys, company and app are what they are: what came before proves nothing of them. */
  since: moment,
  /** The last push that was refused although it is proven to concern this connection, and why (a code of DingTalk's crypto library). */
  refusedAt: moment,
  refusedCode: moment,
  /** The last one that was refused and may be anybody's. */
  doubtedAt: moment,
  doubtedCode: moment,
  /** When DingTalk last sent an event without content, because the month's pushes are used up. */
  quotaUsedUpAt: moment,
  /** Somebody asks for the failed pushes since then. */
  askingSince: moment,
  /** When to ask for them next. */
  failedListAt: moment,
})
export type Memory = z.output<typeof shape>

export async function recall(db: Db): Promise<Memory> {
  const [found] = await db.select({ value: tables.setting.value }).from(tables.setting).where(eq(tables.setting.key, key))
  return shape.parse(found?.value ?? {})
}

/** What is known of the channel starts anew: the channel or its keys, the company or the app changed. */
export const forgotten = { verifiedAt: null, refusedAt: null, refusedCode: null, doubtedAt: null, doubtedCode: null, quotaUsedUpAt: null } as const

/** Notices that another company or app is connected. */
export async function settleOn(db: Db, { corpId, clientId }: { corpId: string, clientId: string }): Promise<Memory> {
  const known = await recall(db)
  const app = `${corpId} ${clientId}`
  if (known.app === app)
    return known
  // The first one has nothing to forget.
  await remember(db, { app, ...(known.app && { ...forgotten, since: Date.now() }) })
  return recall(db)
}

/** Keeps these; null forgets. The others stay as they are. */
export async function remember(db: Db, values: { [Name in keyof Memory]?: Memory[Name] | null }): Promise<void> {
  await db
    .insert(tables.setting)
    .values({ key, value: values })
    .onConflictDoUpdate({
      target: tables.setting.key,
      set: { value: sql`${tables.setting.value} || ${JSON.stringify(values)}::jsonb`, updatedAt: new Date() },
    })
}

/**
 * Becomes the one who asks for the failed pushes.
 * @returns undefined when somebody else does; otherwise whether an earlier asker never said that it was done
 */
export async function beginAsking(db: Db, now: number, staleMs: number): Promise<{ unfinished: boolean } | undefined> {
  return db.transaction(async (tx) => {
    await tx.insert(tables.setting).values({ key, value: {} }).onConflictDoNothing()
    const [held] = await tx.select({ value: tables.setting.value }).from(tables.setting).where(eq(tables.setting.key, key)).for('update')
    const { askingSince } = shape.parse(held?.value ?? {})
    if (askingSince !== undefined && now - askingSince < staleMs)
      return undefined
    await remember(tx, { askingSince: now })
    return { unfinished: askingSince !== undefined }
  })
}
