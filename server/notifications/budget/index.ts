import type { CallBudget } from '#contract/delivery/index.ts'
import type { Db } from '../../db/index.ts'
import type { CallInfo } from '../../dingtalk/index.ts'
import type { Logger } from '../../http/logger.ts'
import type { Alerts } from '../alerts.ts'
import type { SettingsStore } from '../settings/index.ts'
import type { Remembered } from './store.ts'
import { dayOf, monthOf, nextMonth } from '../days.ts'
import { isCounted, isMetered, isUsedUp, kindOf } from './kinds.ts'
import { forecast, levelOf, marksReached } from './reckon.ts'
import { addUsage, recall, remember, usageOf } from './store.ts'

interface BudgetParts {
  db: Db
  settings: SettingsStore
  alerts: Alerts
  log: Logger
  now: () => number
}

export interface Budget {
  /** Counts a finished call to DingTalk. */
  note: (call: Pick<CallInfo, 'api' | 'errcode' | 'status' | 'unsure'>) => void
  /** This month's calls against the budget. */
  read: () => Promise<CallBudget>
  /** Whether digests are sent instead of single messages. */
  isSaving: () => Promise<boolean>
  /** Ours are used up, or the company's. */
  isSpent: () => Promise<boolean>
  /** Whether there are calls to spare for results; without them, messages are sent all the same. */
  mayAsk: () => Promise<boolean>
  isUsedUp: (reason: string) => boolean
  /** The settings have changed: a mark of the new budget may be behind us already. */
  changed: () => Promise<void>
  /** Resolves when what was noted is stored. */
  settled: () => Promise<void>
}

/** Milliseconds for which delivery trusts the last reading. */
const trustedMs = 5000

/** Counts our calls that DingTalk counts, over all instances; calls that end while a statement is under way share the next one. */
export function createBudget({ db, settings, alerts, log, now }: BudgetParts): Budget {
  let waiting = new Map<string, Map<string, number>>()
  let writing: Promise<void> | undefined
  let lastRead: { at: number, budget: Promise<CallBudget> } | undefined

  /** As last read: a call that is carried out all the same shows that there is quota again. */
  let exhausted = false

  function add(day: string, api: string, count: number): void {
    const calls = waiting.get(day) ?? new Map<string, number>()
    waiting.set(day, calls.set(api, (calls.get(api) ?? 0) + count))
  }

  async function read(): Promise<CallBudget> {
    const at = now()
    const month = monthOf(at)
    const [{ budget, saving }, { exhaustedAt }, usage] = await Promise.all([settings.read(), recall(db, month), usageOf(db, month)])
    const byKind = new Map<CallBudget['byKind'][number]['kind'], number>()
    for (const { api, calls } of usage) byKind.set(kindOf(api), (byKind.get(kindOf(api)) ?? 0) + calls)
    const used = usage.reduce((sum, { calls }) => sum + calls, 0)
    exhausted = exhaustedAt !== null
    const level = levelOf(used, budget, exhaustedAt !== null)
    return {
      month,
      budget,
      used,
      byKind: [...byKind].map(([kind, calls]) => ({ kind, calls })).sort((a, b) => b.calls - a.calls),
      forecast: forecast(used, at),
      level,
      exhaustedAt: exhaustedAt === null ? null : new Date(exhaustedAt).toISOString(),
      saving: saving.mode === 'on' || (saving.mode === 'auto' && level === 'spent'),
      resetsAt: new Date(nextMonth(at)).toISOString(),
    }
  }

  /** Tells administrators of each mark once a month, and anew when the budget is another one. */
  async function alertMarks(): Promise<void> {
    const at = now()
    const { level, used, budget, month, exhaustedAt } = await read()
    const reached = marksReached(level)
    if (reached.length === 0)
      return
    const toldBefore = (before: Remembered) => before.budget === budget ? before.told : []
    await remember(db, month, before => ({ ...before, budget, told: [...new Set([...toldBefore(before), ...reached])] }), async (tx, before) => {
      const percent = reached.findLast(mark => !toldBefore(before).includes(mark))
      if (percent !== undefined)
        await alerts.raise(tx, { kind: 'budget', key: `budget-${month}-${budget ?? 'none'}-${percent}`, percent, used, budget: budget ?? used, outside: exhaustedAt !== null && (budget === null || used < budget), at: new Date(at) })
    })
  }

  async function write(): Promise<void> {
    while (waiting.size > 0) {
      const days = waiting
      waiting = new Map()
      try {
        for (const [day, calls] of days) {
          await addUsage(db, day, calls)
          days.delete(day)
        }
      }
      catch (error) {
        // Counted with the next ones.
        for (const [day, calls] of days) {
          for (const [api, count] of calls) add(day, api, count)
        }
        throw error
      }
      await alertMarks()
    }
  }

  function store(): void {
    writing ??= write()
      .catch(error => log.warn({ err: error }, 'calls to DingTalk could not be counted'))
      .finally(() => (writing = undefined))
  }

  function lately(): Promise<CallBudget> {
    if (!lastRead || Math.abs(now() - lastRead.at) > trustedMs) {
      const budget = read()
      lastRead = { at: now(), budget }
      budget.catch(() => (lastRead = undefined))
    }
    return lastRead.budget
  }

  return {
    read,
    isUsedUp,
    async changed() {
      lastRead = undefined
      await alertMarks()
    },
    note(call) {
      const { api, errcode } = call
      const at = now()
      if (isUsedUp(errcode)) {
        lastRead = undefined
        remember(db, monthOf(at), before => ({ ...before, exhaustedAt: before.exhaustedAt ?? at }))
          .then(alertMarks)
          .catch(error => log.warn({ err: error }, 'the used up quota could not be remembered'))
      }
      if (!isMetered(api) || !isCounted(call))
        return
      add(dayOf(at), api, 1)
      store()
      if (exhausted && errcode === '0') {
        exhausted = false
        remember(db, monthOf(at), before => ({ ...before, exhaustedAt: null }))
          .catch(error => log.warn({ err: error }, 'the return of calls could not be remembered'))
      }
    },
    isSaving: async () => (await lately()).saving,
    isSpent: async () => (await lately()).level === 'spent',
    async mayAsk() {
      const { saving, level } = await lately()
      return !saving && level !== 'spent'
    },
    settled: async () => writing,
  }
}
