import type { recipientsQuery, SendingDetail, SendingRecipient } from '#contract/delivery/index.ts'
import type { Db } from '../../db/index.ts'
import type { Locale } from '../../http/locale.ts'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../db/index.ts'
import { AppError } from '../../http/app-error.ts'
import { readCursor, writeCursor } from '../../http/cursor.ts'
import { dayMs } from '../days.ts'
import { callsOf } from '../results/check.ts'
import { hasStatus } from '../results/recall.ts'
import { isRetryable } from '../results/retry.ts'
import { present } from './list.ts'
import { word, wordPossible } from './reasons.ts'

const { account, notification, notificationSending } = tables
const position = z.object({ id: z.uuid() })

/** Who reads, when, and what may be sent in a minute. */
export interface Reader {
  locale: Locale
  now: number
  receiversPerMinute: number
}

/** @throws {AppError} not_found */
export async function readSending(db: Db, id: string) {
  const [row] = await db.select().from(notificationSending).where(eq(notificationSending.id, id))
  if (!row)
    throw new AppError('not_found')
  return row
}

/** One sending, what can be done about it at this moment, and a page of its recipients. */
export async function describeSending(db: Db, id: string, query: z.output<typeof recipientsQuery>, reader: Reader): Promise<SendingDetail> {
  const { now } = reader
  const row = await readSending(db, id)
  const [sending] = await present(db, [row])
  const calls = await callsOf(db, id)
  const fresh = calls.filter(({ taskId, calledAt }) => taskId !== null && now - calledAt!.getTime() <= dayMs)
  const ofSending = eq(notification.sendingId, id)
  const waiting = (sending!.states.queued ?? 0) + (sending!.states.unbound ?? 0)
  const matching = and(ofSending, query.state && eq(notification.state, query.state))
  const items = await recipients(db, and(matching, after(query.cursor)), query.limit + 1, reader)
  const page = items.slice(0, query.limit)
  return {
    sending: sending!,
    message: row.payload === '' ? null : JSON.parse(row.payload),
    can: {
      recall: waiting > 0 || fresh.length > 0,
      check: fresh.some(({ deptIds }) => deptIds === null),
      retry: row.payload === '' ? 0 : await db.$count(notification, and(ofSending, isRetryable(now))),
      status: calls.some(call => hasStatus(call, now)),
    },
    recipients: {
      items: page,
      nextCursor: items.length > query.limit ? writeCursor({ id: page.at(-1)!.id }) : null,
      total: await db.$count(notification, matching),
    },
  }
}

export function after(cursor: string | undefined) {
  const from = readCursor(position, cursor)
  return from && gt(notification.id, from.id)
}

/** What became of one message. */
export async function describeRecipient(db: Db, id: string, reader: Reader): Promise<SendingRecipient> {
  const [found] = await recipients(db, eq(notification.id, id), 1, reader)
  return found!
}

export async function recipients(db: Db, matching: ReturnType<typeof and>, limit: number, { locale, now, receiversPerMinute }: Reader): Promise<SendingRecipient[]> {
  const rows = await db
    .select({
      id: notification.id,
      account: { id: account.id, name: account.name, avatar: account.avatar },
      deptIds: notification.deptIds,
      receivers: notification.receivers,
      userid: notification.userid,
      state: notification.state,
      reason: notification.reason,
      detail: notification.detail,
      attempts: notification.attempts,
      sentAt: notification.sentAt,
      resultAt: notification.resultAt,
      mergedInto: sql<string | null>`(select c.sending_id from notification c where c.id = ${notification.mergedInto})`,
      carrierState: sql<SendingRecipient['carrierState']>`(select c.state from notification c where c.id = ${notification.mergedInto})`,
      retryable: sql<boolean>`${isRetryable(now)}`,
    })
    .from(notification)
    .leftJoin(account, eq(account.id, notification.accountId))
    .where(matching)
    .orderBy(asc(notification.id))
    .limit(limit)
  return rows.map(({ deptIds, detail, sentAt, resultAt, ...row }) => {
    const words = row.reason === null
      ? deptIds !== null && row.receivers > receiversPerMinute ? word('crowded_departments', locale) : undefined
      : row.state === 'possibly' ? wordPossible(row.reason, locale) : word(row.reason, locale, { ...(detail && { text: detail }) })
    return {
      ...row,
      departments: deptIds?.length ?? 0,
      cause: words?.cause ?? null,
      fix: words?.fix ?? null,
      sentAt: sentAt?.toISOString() ?? null,
      resultAt: resultAt?.toISOString() ?? null,
    }
  })
}
