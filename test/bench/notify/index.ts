import type { CrmEvent } from '../../../server/crm/index.ts'
import type { Report } from '../report.ts'
import type { Scope } from '../scope.ts'
import type { BenchEngine, SeenCall } from './engine.ts'
import pino from 'pino'
import { createCalendar } from '../../../server/calendar/index.ts'
import { createEmbeddedCrm, embeddedReminders } from '../../../server/crm/index.ts'
import { tables } from '../../../server/db/index.ts'
import { createDirectory } from '../../../server/directory/index.ts'
import { createMessages } from '../../../server/messages/index.ts'
import { count, ms, ratio, seconds } from '../rows.ts'
import { median } from '../stats.ts'
import { startBenchEngine } from './engine.ts'

const perMinute = 1500
const announced = 10_000
const events = 5000
const people = 500
const writes = 120

/** Delivery on a clock that jumps: how many calls, how long, and what writing to the outbox adds to the business. */
export async function notifyBench(scope: Scope): Promise<Report[]> {
  const engine = await startBenchEngine(scope)
  const reports = [await announcement(engine)]
  await engine.clear()
  reports.push(await singleEvents(engine))
  await engine.clear()
  reports.push(await enqueueing(engine))
  return reports
}

async function announcement({ notifications, database, accountIds, run, seen }: BenchEngine): Promise<Report> {
  const begun = performance.now()
  await database.db.transaction(tx =>
    notifications.enqueue(tx, accountIds.map(accountId => ({
      key: 'announcement',
      kind: 'announcement',
      title: 'To everybody',
      accountId,
      message: { msgtype: 'text', text: { content: 'To everybody' } },
    }))))
  const writtenMs = performance.now() - begun
  const tookMs = await run()
  const calls = seen()
  const limitMs = (announced / perMinute) * 60_000
  return {
    bench: `notify, an announcement to ${announced} people`,
    about: `embedded Postgres, a clock that jumps, ${perMinute} receivers a minute`,
    rows: [
      count('calls', calls.length, { exactly: announced / 100 }),
      count('people reached', new Set(calls.flatMap(({ userids }) => userids)).size, { exactly: announced }),
      seconds('from the first to the last', tookMs, { atMost: limitMs * 1.2, note: '1.2 × what the limit allows' }),
      count('most receivers within a minute', mostWithin(calls, 60_000), { atMost: perMinute }),
      ms('writing it to the outbox', writtenMs),
    ],
  }
}

async function singleEvents({ notifications, database, accountIds, run, seen }: BenchEngine): Promise<Report> {
  for (let event = 0; event < events; event++) {
    const accountId = accountIds[event % people]!
    await notifications.enqueue(database.db, [{
      key: `event-${event}`,
      kind: 'record.assigned',
      title: `Lead ${event}`,
      accountId,
      message: { msgtype: 'text', text: { content: `Lead ${event} is yours` } },
      gather: { key: 'record.assigned', seconds: 60 },
      data: { name: `Lead ${event}` },
    }])
  }
  const tookMs = await run()
  const calls = seen()
  const messages = calls.reduce((sum, { userids }) => sum + userids.length, 0)
  return {
    bench: `notify, ${events} single events to ${people} people`,
    about: 'written within a minute, with a gathering window of one minute',
    rows: [
      count('messages', messages, { atMost: people }),
      ratio('messages per person', messages / people, { atMost: 1 }),
      count('calls', calls.length, { atMost: people, note: 'people with the same words share a call' }),
      seconds('from the first event to the last message', tookMs, { atMost: 60_000 * 1.2 }),
    ],
  }
}

/** The same business with and without news of it, in turns: rules, receivers, words, the inbox and the outbox, as people get them. */
async function enqueueing({ notifications, database, accountIds }: BenchEngine): Promise<Report> {
  const { db } = database
  let made = 0
  const assigned = (): CrmEvent => ({
    key: `made-${made}`,
    type: 'record.assigned',
    at: new Date(),
    actor: { id: accountIds[0]!, name: 'Person 0' },
    record: { kind: 'leads', id: `${made}`, name: `Lead ${made}` },
    parties: { owner: accountIds[1]! },
    values: {},
  })
  const directory = createDirectory({ db })
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
  const without = createEmbeddedCrm({ db, directory })
  const withMessage = createEmbeddedCrm({ db, directory, publish: tx => messages.publish(tx, [assigned()]) })
  const actor = { id: accountIds[0]!, name: 'Person 0', role: 'admin' as const, locale: 'en-US' as const }
  const create = async (crm: typeof without): Promise<number> => {
    made++
    const from = performance.now()
    await crm.create(actor, { params: { kind: 'leads' }, body: { values: { name: `Lead ${made}` }, ignoreDuplicates: true } } as Parameters<typeof crm.create>[1])
    return performance.now() - from
  }
  const times = { without: [] as number[], with: [] as number[] }
  for (let turn = 0; turn < writes; turn++) {
    const order = turn % 2 === 0 ? (['without', 'with'] as const) : (['with', 'without'] as const)
    for (const which of order) times[which].push(await create(which === 'with' ? withMessage : without))
  }
  const told = await db.$count(tables.notification)
  await messages.stop()
  return {
    bench: 'notify, telling somebody in the business transaction',
    about: `creating a lead ${2 * writes} times, every other time with somebody told in the CRM and in DingTalk; medians`,
    rows: [
      count('messages in the outbox', told, { exactly: writes }),
      ms('without a message', median(times.without)),
      ms('with one', median(times.with)),
      ratio('with ÷ without', median(times.with) / median(times.without), { atMost: 1.1 }),
    ],
  }
}

/** Most receivers of any window of this length. */
function mostWithin(calls: readonly SeenCall[], windowMs: number): number {
  return Math.max(...calls.map(({ at }) => calls.filter(call => call.at >= at && call.at < at + windowMs).reduce((sum, { userids }) => sum + userids.length, 0)))
}
