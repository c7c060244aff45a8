import type { Database } from '../../../server/db/index.ts'
import type { WorkNotification } from '../../../server/dingtalk/index.ts'
import type { Notifications } from '../../../server/notifications/index.ts'
import type { Scope } from '../scope.ts'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import pino from 'pino'
import { openDatabase, tables } from '../../../server/db/index.ts'
import { createDingTalk } from '../../../server/dingtalk/index.ts'
import { createMerge } from '../../../server/messages/publish/merge.ts'
import { createNotifications } from '../../../server/notifications/index.ts'

/** A call as the platform saw it. */
export interface SeenCall {
  at: number
  userids: string[]
  content: string
}

export interface BenchEngine {
  database: Database
  notifications: Notifications
  accountIds: string[]
  /** So far, since the last clear(). */
  seen: () => SeenCall[]
  now: () => number
  /** Lets the clock jump from one thing to do to the next, until nothing waits. @returns milliseconds on that clock */
  run: () => Promise<number>
  /** Starts over with nobody's messages. */
  clear: () => Promise<void>
}

const people = 10_000
const linkBase = 'https://crm.example.com'
const waiting = eq(tables.notification.state, 'queued')
const start = Date.parse('2027-01-05T02:00:00Z')

/** The engine with a platform that takes everything and remembers when. */
export async function connectNotifications(scope: Scope, { db, engine }: Database, now: () => number) {
  const log = pino({ level: 'silent' })
  const calls: SeenCall[] = []
  const dingtalk = createDingTalk({ hosts: { api: 'http://127.0.0.1:9', oapi: 'http://127.0.0.1:9', login: 'http://127.0.0.1:9' }, credentials: async () => undefined, logger: log })
  scope.defer(() => dingtalk.close())
  async function sendWorkNotification({ userids = [], message }: WorkNotification): Promise<{ taskId: number }> {
    calls.push({ at: now(), userids, content: JSON.stringify(message) })
    return { taskId: calls.length }
  }
  const notifications = createNotifications({
    db,
    engine,
    dingtalk: { ...dingtalk, messages: { ...dingtalk.messages, sendWorkNotification } },
    credentials: async () => ({ corpId: 'ding', clientId: 'client', clientSecret: 'secret', agentId: '1' }),
    enabled: async () => true,
    linkBase,
    log,
    now,
  })
  await notifications.prepare()
  return { notifications, calls }
}

/** The same on a clock that jumps. */
export async function startBenchEngine(scope: Scope): Promise<BenchEngine> {
  const database = await openDatabase({ dataDir: join(scope.directory(), 'data') })
  scope.defer(() => database.close())
  const { db } = database
  let time = start
  const { notifications, calls } = await connectNotifications(scope, database, () => time)
  notifications.registerMerge(createMerge(() => ({ base: linkBase, corpId: 'ding', agentId: '1', pcOpens: 'workbench' })))
  const accounts = await db.insert(tables.account).values(Array.from({ length: people }, (_, n) => ({ name: `Person ${n}` }))).returning({ id: tables.account.id })
  const bindings = accounts.map(({ id }, n) => ({ userid: `u${n}`, unionid: `n${n}`, accountId: id, source: 'sync' as const }))
  for (let from = 0; from < people; from += 2000) await db.insert(tables.binding).values(bindings.slice(from, from + 2000))

  return {
    database,
    notifications,
    accountIds: accounts.map(({ id }) => id),
    seen: () => calls,
    now: () => time,
    async run() {
      const from = time
      const due = async () => (await db.select({ at: tables.notification.dueAt }).from(tables.notification).where(waiting).orderBy(tables.notification.dueAt).limit(1))[0]?.at.getTime()
      for (;;) {
        const next = (await notifications.deliver()) ?? (await due())
        if (next === undefined)
          return time - from
        time = Math.max(time, next)
      }
    },
    async clear() {
      calls.length = 0
      for (const table of [tables.notification, tables.notificationAttempt, tables.notificationCall, tables.notificationSending]) await db.delete(table)
      time += 3600_000
    },
  }
}
