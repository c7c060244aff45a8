import type { z } from 'zod'
import type { recipientsQuery } from '#contract/delivery/index.ts'
import type { Db } from '../db/index.ts'
import type { Locale } from '../http/locale.ts'
import type { Ticker } from '../jobs/ticker.ts'
import type { Pace } from './deliver/pace.ts'
import type { Leaving } from './outbox/leave-company.ts'
import type { DepartmentMessage, Enqueued, Merge, OutboxMessage, QuietUntil } from './outbox/types.ts'
import type { DeliveryParts, NotificationOptions } from './parts.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { startTicker } from '../jobs/ticker.ts'
import { createAdmin } from './admin.ts'
import { createAlerts } from './alerts.ts'
import { createBudget } from './budget/index.ts'
import { forgetAttempts } from './deliver/attempts.ts'
import { createDelivery } from './deliver/index.ts'
import { paceOf } from './deliver/pace.ts'
import { closeOld } from './deliver/settle.ts'
import { describeResults } from './log/results.ts'
import { queueBound } from './outbox/bound.ts'
import { enqueue, enqueueForDepartments } from './outbox/enqueue.ts'
import { expire } from './outbox/expire.ts'
import { leaveCompany } from './outbox/leave-company.ts'
import { defaultTimings } from './parts.ts'
import { probePaused } from './queue/probe.ts'
import { prepareQueue, readPause } from './queue/state.ts'
import { checkNext } from './results/check.ts'
import { recallWanted } from './results/recall-wanted.ts'
import { createSettings } from './settings/index.ts'
import { createTodoSync } from './todos/index.ts'

export type { DeliveryAlert } from './alerts.ts'
export type { Pace } from './deliver/pace.ts'
export { word } from './log/reasons.ts'
export { foreignLinks, splitAddresses } from './outbox/allowed-links.ts'
export { packDepartments, peopleACall } from './outbox/departments.ts'
export { takeOverOutbox } from './outbox/take-over.ts'
export type { DeliveryPriority, DepartmentMessage, DepartmentReceivers, Enqueued, Gathered, Merge, OutboxMessage, QuietUntil } from './outbox/types.ts'
export type { DeliveryTimings } from './parts.ts'
export { deliveryRoutes } from './routes.ts'
export type { PlanSource, PlanState, TodoSync } from './todos/index.ts'

/** A transaction that enqueues commits a moment later; looking for its messages then saves a poll. */
const commitMs = 100

/** Work notifications: the outbox and its delivery through DingTalk. */
export function createNotifications({ timings, now = Date.now, ...options }: NotificationOptions) {
  const { db, engine, log } = options
  let merge: Merge | undefined
  let quiet: QuietUntil | undefined
  const settings = createSettings(db)
  const alerts = createAlerts(log)
  const budget = createBudget({ db, settings, alerts, log, now })
  const parts: DeliveryParts = { ...options, now, timings: { ...defaultTimings, ...timings }, settings, budget, alerts, merge: () => merge, quiet: () => quiet }
  const delivery = createDelivery(parts)
  const todos = createTodoSync(parts)
  let tickers: Ticker[] = []
  let waking: NodeJS.Timeout | undefined

  /** Looks for work in a moment. */
  function wake(): void {
    waking ??= setTimeout(() => {
      waking = undefined
      tickers.forEach(ticker => ticker.wake())
    }, commitMs).unref()
  }

  async function deliver(signal: AbortSignal): Promise<boolean> {
    await delivery.vacancy()
    const next = await delivery.round()
    const pauseMs = next === undefined ? undefined : next - now()
    if (pauseMs !== undefined && pauseMs > 0 && pauseMs < parts.timings.pollMs)
      await wait(pauseMs, undefined, { signal })
    return pauseMs !== undefined && pauseMs < parts.timings.pollMs
  }

  async function look(): Promise<boolean> {
    if (!(await options.enabled()))
      return false
    return await readPause(db, now()) ? false : checkNext(parts)
  }

  /** A day after delivery stopped, and each day after that. */
  async function probe(): Promise<void> {
    if (await options.enabled() && await options.credentials() && await probePaused(parts))
      wake()
  }

  async function tidy(): Promise<boolean> {
    await delivery.recover()
    await expire(db, now())
    await closeOld(db, now())
    await forgetAttempts(db, now())
    await probe()
    if (await options.enabled() && await options.credentials())
      await recallWanted(parts)
    if (await queueBound(db, now()) > 0)
      wake()
    return false
  }

  async function write(tx: Db, enqueueThem: (given: Parameters<typeof enqueueForDepartments>[2]) => Promise<Enqueued>): Promise<Enqueued> {
    const { gatherSeconds, receiversPerMinute } = await settings.read(tx)
    const written = await enqueueThem({ now: now(), gatherSeconds, receiversPerMinute, linkBase: options.linkBase })
    wake()
    return written
  }

  return {
    /** Writes messages to the outbox in the caller's transaction; delivery begins when it commits. */
    enqueue: (tx: Db, messages: OutboxMessage[]): Promise<Enqueued> => write(tx, given => enqueue(tx, messages, given)),

    /** A message for whole departments, where who got it need not be known. */
    enqueueForDepartments: (tx: Db, message: DepartmentMessage): Promise<Enqueued> => write(tx, given => enqueueForDepartments(tx, message, given)),

    /** Another company is connected: nothing of the one that was leaves any more. */
    leaveCompany: (tx: Db, leaving: Leaving): Promise<void> => leaveCompany(tx, leaving, now()),

    /** What decides how many calls something costs. */
    pace: async (tx: Db): Promise<Pace> => paceOf(await settings.read(tx)),

    /** Who renders the message that stands for several; without one they go out singly. */
    registerMerge: (render: Merge): void => void (merge = render),

    /** Who knows people's quiet hours; without it everything goes out when it is due. */
    registerQuiet: (until: QuietUntil): void => void (quiet = until),

    /** Who tells the administrators that delivery stopped, or that the budget runs out. */
    onAlert: alerts.listen,

    /** What became of lines of the send log, for whoever wrote them. */
    resultsOf: async (sendings: string[], query: z.output<typeof recipientsQuery>, locale: Locale) =>
      describeResults(db, sendings, query, { locale, now: now(), receiversPerMinute: (await settings.read()).receiversPerMinute }),

    /** Counts a finished call to DingTalk. */
    noteCall: budget.note,

    budget: { read: budget.read },

    /** Follow-up plans as to-dos in DingTalk. */
    todos,

    admin: createAdmin(parts, delivery, wake),

    /** One round of everything, to its end, for benches and tests with a clock of their own. @returns when to look again */
    async deliver(): Promise<number | undefined> {
      await delivery.vacancy()
      const first = await delivery.round()
      await delivery.idle()
      // A call that was parted leaves two behind.
      const next = first ?? await delivery.round()
      await delivery.idle()
      return next
    },
    /** Resolves when the calls so far are counted. */
    settled: budget.settled,
    checkResults: (): Promise<boolean> => checkNext(parts),
    tidy,
    /** Settles what an earlier process left; without it nothing can be handed over. */
    async prepare(): Promise<void> {
      await prepareQueue(db)
      await delivery.recover({ alone: engine === 'embedded' })
    },

    /** Begins to deliver. */
    async start(): Promise<void> {
      await this.prepare()
      const { pollMs } = parts.timings
      tickers = [
        startTicker({ name: 'delivering work notifications', work: deliver, everyMs: pollMs, log }),
        startTicker({ name: 'asking for the results of work notifications', work: look, everyMs: 10 * pollMs, log }),
        startTicker({ name: 'keeping to-dos', work: todos.work, everyMs: 2 * pollMs, log }),
        startTicker({ name: 'settling work notifications', work: tidy, everyMs: 15 * pollMs, log }),
      ]
    },

    /** Ends delivery; calls under way are waited for, the rest goes on after the next start. */
    async stop(): Promise<void> {
      clearTimeout(waking)
      await Promise.all(tickers.map(ticker => ticker.stop()))
      await delivery.idle()
      await budget.settled()
    },
  }
}

export type Notifications = ReturnType<typeof createNotifications>
