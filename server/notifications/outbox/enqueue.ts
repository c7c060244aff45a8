import type { Db } from '../../db/index.ts'
import type { DepartmentMessage, Enqueued, OutboxMessage } from './types.ts'
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { recordset } from '../../db/recordset.ts'
import { fix, hashOf } from './content.ts'
import { priorities } from './types.ts'

interface Options {
  now: number
  /** Length of the gathering window where the message does not say. */
  gatherSeconds: number
}

/** Messages of one statement: some megabytes at most. */
const atOnce = 2000
/** Departments of one call (dingtalk-server-api §5.1). */
const departmentsAtOnce = 20

const written = z.object({ rows: z.array(z.object({ sending_id: z.string(), state: z.string() })) })

/** Writes messages to the outbox, in the caller's transaction and with one statement. Never refuses: a message that cannot be sent is listed as failed. */
export async function enqueue(tx: Db, messages: OutboxMessage[], options: Options): Promise<Enqueued> {
  return write(tx, messages.map(message => toRow(message, options)))
}

/** The same for departments: a message for each 20 of them. */
export async function enqueueForDepartments(tx: Db, message: DepartmentMessage, options: Options): Promise<Enqueued> {
  const parts = Array.from({ length: Math.ceil(message.deptIds.length / departmentsAtOnce) }, (_, part) =>
    message.deptIds.slice(part * departmentsAtOnce, (part + 1) * departmentsAtOnce))
  return write(tx, parts.map((deptIds, part) => ({
    ...common(message, options),
    key: `${message.key}:departments-${part}`,
    dept_ids: deptIds,
    receivers: Math.max(1, Math.ceil(message.receivers / parts.length)),
  })))
}

function common({ kind, title, message, priority = 'normal', notBefore, by }: OutboxMessage | DepartmentMessage, { now }: Options) {
  const { payload, refusal } = fix(message)
  return {
    kind,
    title: storable([...title].slice(0, 200).join('')),
    payload,
    by,
    priority: priorities.indexOf(priority),
    content_hash: hashOf(payload),
    due_at: new Date(Math.max(now, notBefore?.getTime() ?? 0)).toISOString(),
    created_at: new Date(now).toISOString(),
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
    account_id: accountId,
    receivers: 1,
    locale,
    data: data && Object.fromEntries(Object.entries(data).map(([name, value]) => [name, storable(value)])),
    ...(gather && { gather_key: gather.key, due_at: new Date(Math.max(gathered!, notBefore?.getTime() ?? 0)).toISOString() }),
  }
}

/** A business transaction must not fail for a character Postgres does not take. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}

type Row = ReturnType<typeof common> & { key: string, receivers: number, account_id?: string, dept_ids?: number[] }

async function write(tx: Db, rows: Row[]): Promise<Enqueued> {
  const sendingIds = new Map<string, string>()
  const withSending = rows.map((row, n) => {
    const content = `${row.kind} ${row.content_hash} ${row.reason === undefined ? '' : randomUUID()}`
    const sending_id = sendingIds.get(content) ?? randomUUID()
    sendingIds.set(content, sending_id)
    return { ...row, sending_id, n }
  })
  const seen: { sending_id: string, state: string }[] = []
  for (let from = 0; from < withSending.length; from += atOnce)
    seen.push(...(await insert(tx, withSending.slice(from, from + atOnce))))
  const count = (state: string) => seen.filter(row => row.state === state).length
  return {
    sendings: [...new Set(seen.map(row => row.sending_id))],
    queued: count('queued'),
    unbound: count('unbound'),
    refused: count('failed'),
    known: rows.length - seen.length,
  }
}

/** Messages of one moment keep the order in which they were written. */
const order = sql`interval '1 microsecond'`

/**
 * A sending whose messages are all known already is not written either. Lookups are subqueries, because a join would read whole
 * tables for one message: nobody tells the planner how few there are.
 */
async function insert(tx: Db, rows: (Row & { sending_id: string, n: number })[]) {
  const sendings = [...new Map(rows.map(row => [row.sending_id, row])).values()].map(({ sending_id, kind, title, payload, by, created_at, n }) =>
    ({ sending_id, kind, title, payload, by, created_at, n }))
  const messages = rows.map(({ payload: _payload, title: _title, by: _by, ...row }) => row)
  const given = recordset('m', {
    sending_id: 'uuid',
    n: 'integer',
    key: 'text',
    kind: 'text',
    priority: 'integer',
    account_id: 'uuid',
    dept_ids: 'jsonb',
    receivers: 'integer',
    content_hash: 'text',
    due_at: 'timestamptz',
    created_at: 'timestamptz',
    gather_key: 'text',
    locale: 'text',
    data: 'jsonb',
    reason: 'text',
    detail: 'text',
  }, messages)
  const contents = recordset('s', { sending_id: 'uuid', n: 'integer', kind: 'text', title: 'text', payload: 'text', by: 'text', created_at: 'timestamptz' }, sendings)
  const result = await tx.execute(sql`
    with m as (
      select m.*, m.account_id is null or (select true from binding b where b.account_id = m.account_id) is not null as reachable
      from ${given}
      where (m.account_id is null or (select true from account a where a.id = m.account_id))
        and (select true from notification n where n.key = m.key) is null
    ), s as (
      insert into notification_sending (id, kind, title, payload, "by", created_at)
      select s.sending_id, s.kind, s.title, s.payload, s."by", s.created_at + s.n * ${order} from ${contents}
      where exists (select 1 from m where m.sending_id = s.sending_id)
      on conflict do nothing
    )
    insert into notification (sending_id, key, kind, priority, account_id, dept_ids, receivers, content_hash, due_at, created_at,
      gather_key, locale, data, state, reason, detail)
    select sending_id, key, kind, priority, account_id, dept_ids, receivers, content_hash, due_at, created_at + n * ${order}, gather_key,
      coalesce(locale, 'zh-CN'), data,
      case when reason is not null then 'failed' when reachable then 'queued' else 'unbound' end,
      coalesce(reason, case when not reachable then 'unbound' end), detail
    from m
    on conflict (key) do nothing
    returning sending_id, state`)
  return written.parse(result).rows
}
