import type { Db } from '../../db/index.ts'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'

const { setting } = tables
const key = 'notifications.queue'

/** Why nothing is sent: DingTalk's code with the variable parts of its explanation, or `by_hand`. Times in milliseconds since 1970. */
const pause = z.object({
  reason: z.string(),
  details: z
    .object({
      errcode: z.number(),
      text: z.string(),
      ip: z.string(),
      appKey: z.string(),
      clientId: z.string(),
      requiredScopes: z.array(z.string()),
      applyUrl: z.string(),
    })
    .partial()
    .default({}),
  since: z.number(),
  by: z.string().nullable(),
  until: z.number().nullable(),
  /** When DingTalk was last asked whether what stopped it still holds. */
  probedAt: z.number().nullable().default(null),
})
export type Pause = z.input<typeof pause>

const shape = z.object({ paused: pause.nullable().default(null) })

/** Whether sending is stopped at this moment. */
export async function readPause(db: Db, now: number): Promise<Pause | null> {
  const [found] = await db.select({ value: setting.value }).from(setting).where(eq(setting.key, key))
  return current(found?.value, now)
}

/** The same, with the lock under which instances take turns in handing messages over. */
export async function lockQueue(tx: Db, now: number): Promise<Pause | null> {
  const [found] = await tx.select({ value: setting.value }).from(setting).where(eq(setting.key, key)).for('update')
  return current(found?.value, now)
}

/** The row that is locked has to be there. */
export async function prepareQueue(db: Db): Promise<void> {
  await db.insert(setting).values({ key, value: { paused: null } }).onConflictDoNothing()
}

function current(value: unknown, now: number): Pause | null {
  const { paused } = shape.parse(value ?? {})
  return paused && (paused.until === null || paused.until > now) ? paused : null
}

/** Stops sending. @returns false when it was stopped before */
export async function pauseQueue(tx: Db, wanted: Pause, ip?: string): Promise<boolean> {
  if (await lockQueue(tx, wanted.since))
    return false
  await write(tx, wanted)
  await audit(tx, {
    actor: wanted.by ?? 'system',
    action: 'notifications.pause',
    detail: { reason: wanted.reason, text: wanted.details?.text },
    ...(ip && { ip }),
  })
  return true
}

/** Notes that DingTalk is asked, at most once within `everyMs` over all instances. @returns the pause, when it is one to ask about */
export async function claimProbe(db: Db, now: number, everyMs: number): Promise<Pause | undefined> {
  return db.transaction(async (tx) => {
    const paused = await lockQueue(tx, now)
    if (!paused || paused.by !== null || paused.until !== null || now - Math.max(paused.since, paused.probedAt ?? 0) < everyMs)
      return undefined
    await write(tx, { ...paused, probedAt: now })
    return paused
  })
}

/** Goes on sending. @returns false when it was not stopped */
export async function resumeQueue(tx: Db, by: { name: string, ip?: string }, now: number): Promise<boolean> {
  const paused = await lockQueue(tx, now)
  if (!paused)
    return false
  await write(tx, null)
  await audit(tx, { actor: by.name, action: 'notifications.resume', detail: { reason: paused.reason }, ...(by.ip && { ip: by.ip }) })
  return true
}

async function write(tx: Db, paused: Pause | null): Promise<void> {
  await tx.update(setting).set({ value: { paused }, updatedAt: new Date() }).where(eq(setting.key, key))
}
