import type { Report } from '../report.ts'
import type { Scope } from '../scope.ts'
import type { BenchEngine, SeenCall } from './engine.ts'
import { count, ms, ratio, seconds } from '../rows.ts'
import { startBenchEngine } from './engine.ts'
import { tellingBench } from './telling.ts'

const perMinute = 1500
const announced = 10_000
const events = 5000
const people = 500

/** Delivery on a clock that jumps: how many calls, how long; and what telling people adds to the business. */
export async function notifyBench(scope: Scope): Promise<Report[]> {
  const engine = await startBenchEngine(scope)
  const reports = [await announcement(engine)]
  await engine.clear()
  reports.push(await singleEvents(engine))
  return [...reports, ...(await tellingBench(scope))]
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
      data: { record: `Lead ${event}` },
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
      count('calls', calls.length, { atMost: people }),
      seconds('from the first event to the last message', tookMs, { atMost: 60_000 * 1.2 }),
    ],
  }
}

/** Most receivers of any window of this length. */
function mostWithin(calls: readonly SeenCall[], windowMs: number): number {
  return Math.max(...calls.map(({ at }) => calls.filter(call => call.at >= at && call.at < at + windowMs).reduce((sum, { userids }) => sum + userids.length, 0)))
}
