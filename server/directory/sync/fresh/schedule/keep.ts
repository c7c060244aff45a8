import type { Db } from '../../../../db/index.ts'
import type { FreshParts } from '../parts.ts'
import type { Schedule } from './cron.ts'
import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../../../db/index.ts'
import { requestRun } from '../wanted/request.ts'
import { nextFire, offsetOf } from './cron.ts'

const { setting } = tables
const key = 'sync.schedule'

/** When the schedule fires next, for all instances; times in milliseconds since 1970. */
const shape = z.object({ cron: z.string(), timeZone: z.string(), offsetMs: z.number(), dueAt: z.number().nullable(), setAt: z.number() })
type Due = z.output<typeof shape>

/** A clock that was set back by more than this makes what is due unbelievable. */
const toleranceMs = 10 * 60_000

type ScheduleParts = Pick<FreshParts, 'db' | 'readSettings' | 'credentials'>

/** `schedule`: null when there is none, undefined while DingTalk is not connected. */
async function current({ readSettings, credentials }: ScheduleParts): Promise<{ enabled: boolean, schedule: Schedule | null | undefined }> {
  const {
    enabled,
    schedule: { cron, timeZone },
  } = await readSettings()
  const corpId = (await credentials())?.corpId
  if (cron === null)
    return { enabled, schedule: null }
  return { enabled, schedule: corpId === undefined ? undefined : { cron, timeZone, offsetMs: offsetOf(corpId) } }
}

/** When the next scheduled run starts; undefined without one, and while the sync is switched off. */
export async function nextRunAt(parts: ScheduleParts): Promise<number | undefined> {
  const { enabled, schedule } = await current(parts)
  return enabled && schedule ? nextFire(schedule, Date.now()) : undefined
}

/**
 * Asks for a run when the schedule says so, once over all instances. However many fires were missed while nobody was
 * there, they make one run. While the sync is switched off, fires pass.
 * @returns whether a run was asked for
 */
export async function keepSchedule(parts: ScheduleParts): Promise<boolean> {
  const { db } = parts
  const { enabled, schedule } = await current(parts)
  // Forgotten, so that the same schedule set again later has not missed anything.
  if (schedule === null)
    await db.delete(setting).where(eq(setting.key, key))
  if (!schedule)
    return false
  const now = Date.now()
  const { stored, due } = await readDue(db)
  const next: Due = { ...schedule, dueAt: nextFire(schedule, now) ?? null, setAt: now }
  if (!due || !fits(due, schedule) || now < due.setAt - toleranceMs) {
    await db
      .insert(setting)
      .values({ key, value: next })
      // Another instance may have said it in between, and be due by now.
      .onConflictDoUpdate({ target: setting.key, set: { value: next }, setWhere: sql`${setting.value} = ${JSON.stringify(stored ?? null)}::jsonb` })
    return false
  }
  if (due.dueAt === null || now < due.dueAt)
    return false
  return db.transaction(async (tx) => {
    const claimed = await tx
      .update(setting)
      .set({ value: next, updatedAt: new Date(now) })
      .where(and(eq(setting.key, key), sql`(${setting.value} ->> 'dueAt')::numeric = ${due.dueAt}::numeric`))
      .returning({ key: setting.key })
    if (claimed.length === 0 || !enabled)
      return false
    await requestRun(tx, 'schedule', 'the schedule fired')
    return true
  })
}

async function readDue(db: Db): Promise<{ stored: unknown, due: Due | undefined }> {
  const [found] = await db.select({ value: setting.value }).from(setting).where(eq(setting.key, key))
  return { stored: found?.value, due: shape.safeParse(found?.value).data }
}

function fits(due: Due, schedule: Schedule): boolean {
  return due.cron === schedule.cron && due.timeZone === schedule.timeZone && due.offsetMs === schedule.offsetMs
}
