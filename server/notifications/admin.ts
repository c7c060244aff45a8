import type { z } from 'zod'
import type { DeliveryQueue, DeliverySettings, recipientsQuery, SendingDetail, SendingRecipient, sendingsQuery } from '#contract/delivery/index.ts'
import type { WorkMessage } from '../dingtalk/index.ts'
import type { Locale } from '../http/locale.ts'
import type { Delivery } from './deliver/index.ts'
import type { DeliveryParts } from './parts.ts'
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { audit } from '../audit/index.ts'
import { tables } from '../db/index.ts'
import { AppError } from '../http/app-error.ts'
import { describeRecipient, describeSending, readSending } from './log/detail.ts'
import { listSendings } from './log/list.ts'
import { enqueue } from './outbox/enqueue.ts'
import { pauseQueue, resumeQueue } from './queue/state.ts'
import { describeQueue } from './queue/view.ts'
import { checkSending } from './results/check.ts'
import { changeStatus, recallSending } from './results/recall.ts'
import { retrySending } from './results/retry.ts'
import { testMessage } from './test-message.ts'

interface By {
  name: string
  ip: string
}

interface Addressee {
  id: string
  name: string
}

interface TestMessage {
  to: Addressee
  kind: string
  locale: Locale
  title: string
  message: WorkMessage
}

export interface TestResult {
  /** The line of the send log. */
  id: string
  result: SendingRecipient
  /** The queue had stopped by itself, and goes on. */
  resumed: boolean
}

/** What administrators see of delivery and do about it. `wake`: there is something to deliver. */
export function createAdmin(parts: DeliveryParts, delivery: Delivery, wake: () => void) {
  const { db, now, settings } = parts

  async function resume(by: By): Promise<boolean> {
    const resumed = await db.transaction(tx => resumeQueue(tx, by, now()))
    wake()
    return resumed
  }

  const reader = async (locale: Locale) => ({ locale, now: now(), receiversPerMinute: (await settings.read()).receiversPerMinute })

  /**
   * Sends a message to oneself past a paused queue; when DingTalk takes it, the queue goes on.
   * @throws {AppError} notifications_off, not_configured
   */
  async function sendTest({ to, kind, locale, title, message }: TestMessage, by: By): Promise<TestResult> {
    if (!(await parts.enabled()))
      throw new AppError('notifications_off')
    if (!(await parts.credentials()))
      throw new AppError('not_configured')
    // The queue must not take it: it is sent from here.
    const { sendings } = await db.transaction(tx => enqueue(tx, [{ key: `test:${randomUUID()}`, kind, priority: 'high', title, accountId: to.id, locale, message, notBefore: new Date(now() + 3600_000), by: to.name }], { now: now(), gatherSeconds: 0, linkBase: parts.linkBase }))
    const [row] = await db.select({ id: tables.notification.id }).from(tables.notification).where(eq(tables.notification.sendingId, sendings[0]!))
    await delivery.sendNow(row!.id)
    const result = await describeRecipient(db, row!.id, await reader(locale))
    const taken = result.state === 'sent' || result.state === 'not_checked'
    const { paused } = await describeQueue(parts, locale)
    return { id: sendings[0]!, result, resumed: taken && paused !== null && paused.by === null && await resume(by) }
  }

  return {
    readSettings: (): Promise<DeliverySettings> => settings.read(),
    async writeSettings(wanted: DeliverySettings, by: By): Promise<void> {
      await settings.write(wanted, by)
      await parts.budget.changed()
      wake()
    },
    queue: (locale: Locale): Promise<DeliveryQueue> => describeQueue(parts, locale),
    async pause(by: By): Promise<void> {
      await db.transaction(tx => pauseQueue(tx, { reason: 'by_hand', details: {}, since: now(), by: by.name, until: null }, by.ip))
    },
    resume,
    list: (query: z.output<typeof sendingsQuery>) => listSendings(db, query),
    describe: async (id: string, query: z.output<typeof recipientsQuery>, locale: Locale): Promise<SendingDetail> => describeSending(db, id, query, await reader(locale)),
    async recall(id: string, by: By) {
      await readSending(db, id)
      return recallSending(parts, id, by)
    },
    async retry(id: string, recipients: string[] | undefined, by: By): Promise<number> {
      await readSending(db, id)
      const queued = await retrySending(parts, id, recipients, by)
      wake()
      return queued
    },
    async check(id: string) {
      await readSending(db, id)
      return checkSending(parts, id)
    },
    async changeStatus(id: string, bar: { value: string, background: string }, by: By): Promise<number> {
      await readSending(db, id)
      return changeStatus(parts, id, bar, by)
    },

    /** Sends a plain message to oneself. */
    async test(to: Addressee, text: string | undefined, locale: Locale, by: By): Promise<TestResult> {
      const result = await sendTest({ to, kind: 'test', locale, title: locale === 'zh-CN' ? '测试通知' : 'Test notification', message: testMessage(text, locale, now()) }, by)
      await audit(db, { actor: by.name, action: 'notifications.test', ip: by.ip })
      return result
    },
    sendTest,
  }
}

export type Admin = ReturnType<typeof createAdmin>
