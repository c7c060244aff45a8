import type { Db } from '../../db/index.ts'
import type { DepartmentMessage, Enqueued, OutboxMessage } from './types.ts'
import { randomUUID } from 'node:crypto'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { tables } from '../../db/index.ts'
import { recordset } from '../../db/recordset.ts'
import { dayMs } from '../days.ts'
import { fix, hashOf } from './content.ts'
import { packDepartments } from './departments.ts'
import { priorities } from './types.ts'

interface Options {
  now: number
  /** Length of the gathering window where the message does not say. */
  gatherSeconds: number
  /** What our own links begin with; others are not sent. */
  linkBase: string
}

/** Messages of one statement: some megabytes at most. */
const atOnce = 2000

const { account, binding, notification, notificationSending } = tables

/** Writes messages to the outbox, in the caller's transaction and with three small statements. Never refuses: a message that cannot be sent is listed as failed. */
export async function enqueue(tx: Db, messages: OutboxMessage[], options: Options): Promise<Enqueued> {
  return write(tx, messages.map(message => toRow(message, options)))
}

/** The same for departments: a message for as many of them as fit into a call. */
export async function enqueueForDepartments(tx: Db, message: DepartmentMessage, options: Options & { receiversPerMinute: number }): Promise<Enqueued> {
  return write(tx, packDepartments(message.departments, options.receiversPerMinute).map(({ deptIds, receivers }, part) => ({
    ...common(message, options),
    key: `${message.key}:departments-${part}`,
    deptIds,
    receivers: Math.max(1, receivers),
  })))
}

/** Without a word of the message's own, news is of use for a day after it could first be sent. */
const usefulMs = dayMs

function common({ kind, title, message, priority = 'normal', notBefore, expiresAt, by }: OutboxMessage | DepartmentMessage, { now, linkBase }: Options) {
  const { payload, refusal } = fix(message, linkBase)
  const dueAt = Math.max(now, notBefore?.getTime() ?? 0)
  return {
    kind,
    title: storable([...title].slice(0, 200).join('')),
    payload,
    by,
    priority: priorities.indexOf(priority),
    contentHash: hashOf(payload),
    dueAt,
    expiresAt: expiresAt?.getTime() ?? dueAt + usefulMs,
    createdAt: now,
    reason: refusal?.reason,
    detail: refusal?.detail,
  }
}

function toRow(message: OutboxMessage, options: Options) {
  const { key, accountId, gather, locale = 'zh-CN', data, notBefore } = message
  const gathered = gather && options.now + (gather.seconds ?? options.gatherSeconds) * 1000
  return {
    ...common(message, options),
    key: storable(`${key}:${accountId}`),
    accountId,
    receivers: 1,
    locale,
    data: data && Object.fromEntries(Object.entries(data).map(([name, value]) => [name, storable(value)])),
    ...(gather && { gatherKey: gather.key, dueAt: Math.max(gathered!, notBefore?.getTime() ?? 0) }),
  }
}

/** A business transaction must not fail for a character Postgres does not take. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}

type Row = ReturnType<typeof common> & {
  key: string
  receivers: number
  accountId?: string
  deptIds?: number[]
  gatherKey?: string
  locale?: OutboxMessage['locale']
  data?: Record<string, string> | undefined
}

const written = z.object({ rows: z.array(z.object({ sendingId: z.string(), state: z.string() })) })
type Written = z.output<typeof written>['rows']

async function write(tx: Db, rows: Row[]): Promise<Enqueued> {
  const sendingIds = new Map<string, string>()
  const withSending = rows.map((row, order) => {
    const content = `${row.kind} ${row.contentHash} ${row.reason === undefined ? '' : randomUUID()}`
    const sendingId = sendingIds.get(content) ?? randomUUID()
    sendingIds.set(content, sendingId)
    return { ...row, sendingId, order }
  })
  const seen: Written = []
  for (let from = 0; from < withSending.length; from += atOnce)
    seen.push(...(await insert(tx, withSending.slice(from, from + atOnce))))
  if (seen.length < rows.length)
    await removeEmpty(tx, [...sendingIds.values()])
  const count = (state: string) => seen.filter(row => row.state === state).length
  return {
    sendings: [...new Set(seen.map(row => row.sendingId))],
    queued: count('queued'),
    unbound: count('unbound'),
    refused: count('failed'),
    known: rows.length - seen.length,
  }
}

/** Messages of one moment keep the order in which they were written. */
const created = sql`created_at + "order" * interval '1 microsecond'`
const shared = { sending_id: 'uuid', order: 'integer', kind: 'text', created_at: 'timestamptz' } as const

/** Simple statements: a single one for all of it costs one message more to plan than all of these to run. */
async function insert(tx: Db, rows: (Row & { sendingId: string, order: number })[]): Promise<Written> {
  const people = await readPeople(tx, rows.flatMap(({ accountId }) => accountId ?? []))
  const forSomebody = rows.filter(({ accountId }) => accountId === undefined || people.has(accountId))
  if (forSomebody.length === 0)
    return []
  const sendings = [...new Map(forSomebody.map(row => [row.sendingId, row])).values()].map(({ sendingId, order, kind, title, payload, by, createdAt }) =>
    ({ sending_id: sendingId, order, kind, title, payload, by, created_at: new Date(createdAt) }))
  await tx.execute(sql`
    insert into notification_sending (id, kind, title, payload, "by", created_at)
    select sending_id, kind, title, payload, "by", ${created}
    from ${recordset('s', { ...shared, title: 'text', payload: 'text', by: 'text' }, sendings)}
    on conflict do nothing`)
  const messages = forSomebody.map(({ sendingId, order, kind, createdAt, ...row }) => {
    const reachable = row.accountId === undefined || people.get(row.accountId) === true
    return {
      sending_id: sendingId,
      order,
      kind,
      created_at: new Date(createdAt),
      key: row.key,
      priority: row.priority,
      account_id: row.accountId,
      dept_ids: row.deptIds,
      receivers: row.receivers,
      content_hash: row.contentHash,
      due_at: new Date(row.dueAt),
      expires_at: new Date(row.expiresAt),
      gather_key: row.gatherKey,
      locale: row.locale ?? 'zh-CN',
      data: row.data,
      state: row.reason !== undefined ? 'failed' : reachable ? 'queued' : 'unbound',
      reason: row.reason ?? (reachable ? undefined : 'unbound'),
      detail: row.detail,
    }
  })
  const columns = {
    ...shared,
    key: 'text',
    priority: 'integer',
    account_id: 'uuid',
    dept_ids: 'jsonb',
    receivers: 'integer',
    content_hash: 'text',
    due_at: 'timestamptz',
    expires_at: 'timestamptz',
    gather_key: 'text',
    locale: 'text',
    data: 'jsonb',
    state: 'text',
    reason: 'text',
    detail: 'text',
  } as const
  const result = await tx.execute(sql`
    insert into notification (sending_id, kind, created_at, key, priority, account_id, dept_ids, receivers, content_hash, due_at, expires_at, gather_key, locale,
      data, state, reason, detail)
    select sending_id, kind, ${created}, key, priority, account_id, dept_ids, receivers, content_hash, due_at, expires_at, gather_key, locale, data, state,
      reason, detail
    from ${recordset('m', columns, messages)}
    on conflict (key) do nothing
    returning sending_id as "sendingId", state`)
  return written.parse(result).rows
}

/** Which of these accounts there are, and whether a member of DingTalk is bound to them. */
async function readPeople(tx: Db, ids: string[]): Promise<Map<string, boolean>> {
  if (ids.length === 0)
    return new Map()
  const found = await tx
    .select({ id: account.id, userid: binding.userid })
    .from(account)
    .leftJoin(binding, eq(binding.accountId, account.id))
    .where(inArray(account.id, [...new Set(ids)]))
  return new Map(found.map(({ id, userid }) => [id, userid !== null]))
}

/** Lines of the log whose messages had all been written before. */
async function removeEmpty(tx: Db, ids: string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += atOnce) {
    await tx
      .delete(notificationSending)
      .where(and(inArray(notificationSending.id, ids.slice(from, from + atOnce)), sql`not exists (select 1 from ${notification} where ${notification.sendingId} = ${notificationSending.id})`))
  }
}
