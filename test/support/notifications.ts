import type { Sandbox, SandboxOptions } from '../../sandbox/index.ts'
import type { DeliverySettings } from '../../server/contract/delivery/index.ts'
import type { Database } from '../../server/db/index.ts'
import type { DingTalk } from '../../server/dingtalk/index.ts'
import type { DeliveryAlert, Notifications, OutboxMessage } from '../../server/notifications/index.ts'
import { eq, like } from 'drizzle-orm'
import pino from 'pino'
import { startSandbox } from '../../sandbox/index.ts'
import { tables } from '../../server/db/index.ts'
import { createDingTalk } from '../../server/dingtalk/index.ts'
import { createNotifications } from '../../server/notifications/index.ts'
import { defaultSettings } from '../../server/notifications/settings/index.ts'
import { hurriedClock } from './clock.ts'
import { freshEmbedded } from './database.ts'

export type Row = typeof tables.notification.$inferSelect

type SeenCall = ReturnType<Sandbox['platform']['control']['calls']>[number]
type SeenMessage = ReturnType<Sandbox['platform']['messagesOf']>[number]

/** The API that work notifications are handed over by. */
export const sendPath = '/topapi/message/corpconversation/asyncsend_v2'

export interface Engine {
  notifications: Notifications
  alerts: DeliveryAlert[]
  /** People of the sandbox's company, bound. */
  people: { accountId: string, userid: string }[]
  dingtalk: DingTalk
  /** The same, which gives up waiting for an answer after a second. */
  impatient: DingTalk
  /** One more client, which rests by itself; its maker closes it. */
  another: () => DingTalk
  /** Rounds until nothing is due at this moment; the sandbox clock runs on where the limits say to wait. */
  drain: () => Promise<void>
  message: (person: number, key: string, more?: Partial<OutboxMessage>) => OutboxMessage
  rows: () => Promise<Row[]>
  row: (key: string) => Promise<Row>
  /** What became of somebody's message with this key: state and reason. */
  state: (key: string, person?: number) => Promise<[state: string, reason: string | null]>
  /** Calls that handed messages over. */
  calls: () => SeenCall[]
  /** What somebody has in DingTalk, the newest first. */
  mailbox: (person: number) => SeenMessage[]
  settings: (change: Partial<DeliverySettings>) => Promise<void>
  /** A second instance on the same database, as after a crash. */
  restart: (dingtalk?: Partial<DingTalk['messages']>) => Promise<Notifications>
  /** Forgets everything that was sent, and what became of people. */
  reset: () => Promise<void>
  close: () => Promise<void>
}

const by = { name: 'tester', ip: '127.0.0.1' }

/** The engine on a database and a sandbox, on the sandbox's clock, driven by hand. */
async function startEngine(database: Database, sandbox: Sandbox, people = 20): Promise<Engine> {
  const { platformUrl, app, platform } = sandbox
  const now = () => platform.now()
  const credentials = async () => ({ corpId: app.corpId, clientId: app.clientId, clientSecret: app.clientSecret, agentId: String(app.agentId) })
  const log = pino({ level: 'silent' })
  let note: Notifications['noteCall'] = () => {}
  const connect = (timeouts?: { call: number }) =>
    createDingTalk({
      hosts: { api: platformUrl, oapi: platformUrl, login: platformUrl },
      credentials,
      logger: log,
      ...(timeouts && { timeouts }),
      clock: hurriedClock(),
      onCall: info => note(info),
    })
  const dingtalk = connect()
  // Waits little for the calls that hang. Whatever else it would give up on a busy machine is not its business.
  const impatient = connect({ call: 1000 })
  const alerts: DeliveryAlert[] = []

  async function begin(messages: Partial<DingTalk['messages']> = {}): Promise<Notifications> {
    const notifications = createNotifications({
      db: database.db,
      engine: database.engine,
      dingtalk: { ...dingtalk, messages: { ...dingtalk.messages, ...messages } },
      credentials,
      enabled: async () => true,
      linkBase: 'https://crm.example.com',
      log,
      now,
    })
    notifications.onAlert(async (_, alert) => void alerts.push(alert))
    await notifications.prepare()
    return notifications
  }
  const notifications = await begin()
  note = notifications.noteCall

  const members = platform.members().filter(({ external }) => external !== true).slice(0, people)
  const accounts = await database.db.insert(tables.account).values(members.map(({ name }) => ({ name }))).returning({ id: tables.account.id })
  const bound = members.map(({ userid, unionid }, n) => ({ userid, unionid, accountId: accounts[n]!.id }))

  async function reset(): Promise<void> {
    const { notification, notificationAttempt, notificationCall, notificationSending, dingtalkUsage, setting, account, binding } = tables
    platform.control.reset()
    platform.control.settings({ rates: { perApi: null, monthly: null } })
    dingtalk.token.invalidate()
    // What an earlier test called is not counted in the next one.
    await notifications.settled()
    for (const table of [notification, notificationAttempt, notificationCall, notificationSending, dingtalkUsage, binding]) await database.db.delete(table)
    await database.db.delete(setting).where(like(setting.key, 'notifications%'))
    await database.db.update(account).set({ status: 'active' })
    await database.db.insert(binding).values(bound.map(one => ({ ...one, source: 'sync' as const })))
    await notifications.prepare()
    notifications.registerMerge(() => undefined)
    notifications.registerQuiet(async () => new Map())
    await notifications.admin.writeSettings({ ...defaultSettings, results: { important: true, samplePercent: 0 }, receiversPerSecond: 5000, receiversPerMinute: 5000 }, by)
    platform.control.clearCalls()
    alerts.length = 0
  }
  await reset()

  async function row(key: string): Promise<Row> {
    const [found] = await database.db.select().from(tables.notification).where(eq(tables.notification.key, key))
    return found!
  }

  return {
    reset,
    notifications,
    alerts,
    people: bound,
    dingtalk,
    impatient,
    another: () => connect(),
    async drain() {
      for (let next = await notifications.deliver(); next !== undefined; next = await notifications.deliver()) {
        if (next > now())
          platform.control.shiftClock(next - now() + 1)
      }
    },
    message: (person, key, more = {}) => ({
      key,
      kind: 'record.assigned',
      title: key,
      accountId: bound[person]!.accountId,
      message: { msgtype: 'text', text: { content: key } },
      ...more,
    }),
    rows: () => database.db.select().from(tables.notification).orderBy(tables.notification.key),
    row,
    async state(key, person = 0) {
      const { state, reason } = await row(`${key}:${bound[person]!.accountId}`)
      return [state, reason]
    },
    calls: () => platform.control.calls().filter(({ path }) => path === sendPath),
    mailbox: person => platform.messagesOf(bound[person]!.userid),
    settings: async change => notifications.admin.writeSettings({ ...(await notifications.admin.readSettings()), ...change }, by),
    restart: begin,
    async close() {
      await notifications.stop()
      await Promise.all([dingtalk.close(), impatient.close()])
    },
  }
}

/** The same with a sandbox and a database of its own, which end with it. */
export async function startDelivery({ open = freshEmbedded, sandbox: options, people }: { open?: () => Promise<Database>, sandbox?: SandboxOptions, people?: number } = {}) {
  const sandbox = await startSandbox(options)
  const database = await open()
  const engine = await startEngine(database, sandbox, people)
  return {
    sandbox,
    database,
    ...engine,
    async close() {
      await engine.close()
      await database.close()
      await sandbox.close()
    },
  }
}

export type Delivery = Awaited<ReturnType<typeof startDelivery>>
