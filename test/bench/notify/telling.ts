import type { Actor, CrmGateway, PublishCrmEvents } from '../../../server/crm/index.ts'
import type { Database, Db } from '../../../server/db/index.ts'
import type { Report, Row } from '../report.ts'
import type { Scope } from '../scope.ts'
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { createCalendar } from '../../../server/calendar/index.ts'
import { createEmbeddedCrm, embeddedReminders } from '../../../server/crm/index.ts'
import { tables } from '../../../server/db/index.ts'
import { createDirectory } from '../../../server/directory/index.ts'
import { createMessages } from '../../../server/messages/index.ts'
import { freshEmbedded, freshServer, serverReachable } from '../../support/database.ts'
import { allTold } from '../../support/told.ts'
import { count, ms, ratio } from '../rows.ts'
import { median } from '../stats.ts'
import { connectNotifications } from './engine.ts'

const turns = 100
const warmUp = 5

/** What telling people adds to real business transactions, on both engines. */
export async function tellingBench(scope: Scope): Promise<Report[]> {
  const reports = [await measure(scope, 'embedded Postgres', await freshEmbedded())]
  if (await serverReachable())
    reports.push(await measure(scope, 'a Postgres server', await freshServer()))
  return reports
}

interface Business {
  /** The whole of what somebody waits for, and the database transaction in it; milliseconds. */
  whole: number[]
  transaction: number[]
}

async function measure(scope: Scope, engine: string, database: Database): Promise<Report> {
  scope.defer(() => database.close())
  const { db } = database
  const [boss, seller, other] = await db.insert(tables.account).values([{ name: '张三', role: 'admin' }, { name: '李四' }, { name: '王五' }]).returning()
  await db.insert(tables.binding).values([boss!, seller!, other!].map(({ id }, n) => ({ userid: `u${n}`, unionid: `n${n}`, accountId: id, source: 'sync' as const })))
  const actor: Actor = { id: boss!.id, name: '张三', role: 'admin', locale: 'zh-CN' }
  const directory = createDirectory({ db })
  const { notifications } = await connectNotifications(scope, database, Date.now)
  const messages = createMessages({
    db,
    directory,
    notifications,
    settings: { namesIn: async () => ({ corpId: 'ding', agentId: '1' }) },
    calendar: createCalendar({ db }),
    reminders: embeddedReminders,
    linkBase: 'https://crm.example.com',
    publicUrlSet: true,
    log: pino({ level: 'silent' }),
  })
  await messages.start()
  scope.defer(() => messages.stop())

  const { timedDb, lastMs } = withTimedTransactions(db)
  const crm = (publish: PublishCrmEvents) => createEmbeddedCrm({ db: timedDb, directory, publish })
  const sides = { without: crm(async () => {}), with: crm(messages.publish) }

  const rows: Row[] = []
  const compare = async (what: string, prepare: () => Promise<(crm: CrmGateway) => Promise<unknown>>) => {
    const times: Record<keyof typeof sides, Business> = { without: { whole: [], transaction: [] }, with: { whole: [], transaction: [] } }
    const news: number[] = []
    for (let turn = -warmUp; turn < turns; turn++) {
      // Each side as often first as second: what the other has left behind hits both.
      for (const side of turn % 2 === 0 ? (['without', 'with'] as const) : (['with', 'without'] as const)) {
        const business = await prepare()
        const from = performance.now()
        await business(sides[side])
        const whole = performance.now() - from
        await allTold(db, 1)
        if (turn < 0)
          continue
        times[side].whole.push(whole)
        times[side].transaction.push(lastMs())
        if (side === 'with')
          news.push(performance.now() - from - whole)
      }
    }
    for (const part of ['transaction', 'whole'] as const) {
      const [without, withNews] = [median(times.without[part]), median(times.with[part])]
      const name = part === 'whole' ? `${what}, all of it` : what
      rows.push(ratio(name, withNews / without, { atMost: 1.1, note: `${without.toFixed(2)} → ${withNews.toFixed(2)} ms` }))
    }
    rows.push(ms(`… told after the answer`, median(news)))
  }

  let made = 0
  const lead = (ownerId: string) => ({ name: `线索 ${++made}`, contactName: `联系人 ${made}`, phone: `139${String(made).padStart(8, '0')}`, owner: ownerId })
  await compare('creating a lead for somebody', async () => {
    const values = lead(seller!.id)
    return crm => crm.create(actor, { params: { kind: 'leads' }, body: { values, requestKey: randomUUID() } } as Parameters<CrmGateway['create']>[1])
  })
  await compare('transferring a customer', async () => {
    const [customer] = await db.insert(tables.customer).values({ name: `客户 ${++made}`, ownerId: seller!.id, createdById: seller!.id }).returning({ id: tables.customer.id })
    return crm => crm.transfer!(actor, { params: { kind: 'customers' }, body: { ids: [customer!.id], ownerId: other!.id, withRelated: true } } as Parameters<NonNullable<CrmGateway['transfer']>>[1])
  })
  const inbox = await db.$count(tables.inboxMessage)
  rows.push(count('messages in people\'s inboxes', inbox, { exactly: (turns + warmUp) * 3 }))
  rows.push(count('messages in the outbox', await db.$count(tables.notification), { exactly: (turns + warmUp) * 3 }))
  return {
    bench: `notify, telling somebody of business on ${engine}`,
    about: `each ${turns} times with and ${turns} times without, in turns; medians; with ÷ without`,
    rows,
  }
}

/** The same database, which remembers how long its last transaction took. */
function withTimedTransactions(db: Db): { timedDb: Db, lastMs: () => number } {
  let last = 0
  const timedDb = Object.create(db) as Db
  timedDb.transaction = async (work, config) => {
    const from = performance.now()
    try {
      return await db.transaction(work, config)
    }
    finally {
      last = performance.now() - from
    }
  }
  return { timedDb, lastMs: () => last }
}
