import type { Calendar } from '../../calendar/index.ts'
import type { CrmReminders } from '../../crm/index.ts'
import type { Db } from '../../db/index.ts'
import type { Directory } from '../../directory/index.ts'
import type { Logger } from '../../http/logger.ts'
import type { Ticker } from '../../jobs/ticker.ts'
import type { Notice } from '../publish/notice.ts'
import { startTicker } from '../../jobs/ticker.ts'
import { forgetOld } from '../inbox/index.ts'
import { readWording } from '../rules/store.ts'
import { vacuumNotices } from '../telling/index.ts'
import { onceThrough } from './clock.ts'
import { dailyNotices, weeklyNotices } from './digests.ts'
import { planNotices } from './plans.ts'

interface Parts {
  db: Db
  /** undefined: no reminders. */
  crm: CrmReminders | undefined
  directory: Directory
  calendar: Pick<Calendar, 'rule'>
  tell: (tx: Db, notices: readonly Notice[]) => Promise<void>
  log: Logger
}

const everyMs = 30_000

/** What time causes: reminders of plans, the morning plan, the week's summary; and forgetting what is old. */
export function createSchedule({ db, crm, directory, calendar, tell, log }: Parts) {
  /** One round; each kind by itself, so that one that fails does not hold up the others. */
  async function round(now: Date): Promise<void> {
    if (!crm)
      return
    // Before the transactions: the embedded database has one connection.
    const isWorking = await calendar.rule()
    await onceThrough(db, 'plans', now, async (tx, span) => tell(tx, await planNotices(tx, crm, (await readWording(tx)).rules, isWorking, span)))
    await onceThrough(db, 'digest.daily', now, async (tx, span) => tell(tx, await dailyNotices(tx, crm, (await readWording(tx)).rules, isWorking, span)))
    await onceThrough(db, 'digest.weekly', now, async (tx, span) => tell(tx, await weeklyNotices(tx, crm, directory, (await readWording(tx)).rules, isWorking, span)))
  }

  let ticker: Ticker | undefined
  let tidiedOn = ''

  async function work(): Promise<boolean> {
    const now = new Date()
    await round(now)
    const today = now.toISOString().slice(0, 10)
    if (tidiedOn !== today) {
      await forgetOld(db, now)
      await vacuumNotices(db)
      tidiedOn = today
    }
    return false
  }

  return {
    round,
    start: () => void (ticker = startTicker({ name: 'reminding of plans', work, everyMs, log })),
    stop: async () => ticker?.stop(),
  }
}
