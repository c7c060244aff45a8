import type { MessageRules } from '#contract/messages/rules.ts'
import type { Calendar } from '../../calendar/index.ts'
import type { CrmReminders } from '../../crm/index.ts'
import type { Db } from '../../db/index.ts'
import type { Directory } from '../../directory/index.ts'
import type { Logger } from '../../http/logger.ts'
import type { Ticker } from '../../jobs/ticker.ts'
import type { Notice } from '../publish/notice.ts'
import type { Span } from './moments.ts'
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
    const kinds: Record<string, (tx: Db, rules: MessageRules, span: Span) => Promise<Notice[]>> = {
      'plans': (tx, rules, span) => planNotices(tx, crm, rules, isWorking, span),
      'digest.daily': (tx, rules, span) => dailyNotices(tx, crm, rules, isWorking, span),
      'digest.weekly': (tx, rules, span) => weeklyNotices(tx, crm, directory, rules, isWorking, span),
    }
    for (const [name, notices] of Object.entries(kinds)) {
      await onceThrough(db, name, now, async (tx, span) => tell(tx, await notices(tx, (await readWording(tx)).rules, span)))
        .catch(error => log.warn({ err: error, name }, 'what is due could not be told, trying again'))
    }
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
