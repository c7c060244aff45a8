import type { Database } from '../../../server/db/index.ts'
import type { Report, Row } from '../report.ts'
import type { Scope } from '../scope.ts'
import type { Size } from './fill.ts'
import type { Asked } from './requests.ts'
import process from 'node:process'
import { startApp } from '../../support/app.ts'
import { freshEmbedded, freshServer, serverReachable } from '../../support/database.ts'
import { count, kB, ratio, seconds } from '../rows.ts'
import { median, percentile } from '../stats.ts'
import { readPlans } from './plans.ts'
import { everyRequest, settle } from './requests.ts'

const rounds = 5
/** Rounds end early once so much time has passed (milliseconds), after two of them at least: a slow machine gets fewer samples. */
const enough = 120_000
const fewest = 2
/** So often between the others one record is read. */
const between = 5

/** What is promised; a tenth of it where somebody is in a hurry. */
const share = Number(process.env.BENCH_CRM_SHARE ?? 1)
const sizes = {
  embedded: { accounts: 50, customers: 20_000 * share, followUps: 100_000 * share },
  server: { accounts: 500, customers: 200_000 * share, followUps: 1_000_000 * share },
}

const slowest = 5

/** Lists, searches and the workbench as multiples of reading one record, on both engines at the sizes promised for them. */
export async function crmBench(scope: Scope): Promise<Report[]> {
  const reports = [await measure(scope, 'embedded Postgres', await freshEmbedded(), sizes.embedded)]
  if (await serverReachable())
    reports.push(await measure(scope, 'a Postgres server', await freshServer(), sizes.server))
  return reports
}

/** It takes minutes; whoever waits wants to know for what. */
function tell(engine: string, done: string, took: number): void {
  console.error(`crm on ${engine}: ${done} in ${(took / 1000).toFixed(0)} s`)
}

interface Timed extends Asked {
  times: number[]
  bytes: number
}

async function measure(scope: Scope, engine: string, database: Database, size: Size): Promise<Report> {
  const app = await startApp({ database, env: { LOG_LEVEL: 'silent', CHECK_RESPONSES: 'false' } })
  scope.defer(() => app.close())
  const { people, filled } = await settle(app, size)
  tell(engine, 'filled', filled)
  const { one, others } = await everyRequest(database, people)
  const record: Timed = { ...one, times: [], bytes: 0 }
  const all = others.map((asked): Timed => ({ ...asked, times: [], bytes: 0 }))
  // In turns, so that a slow moment of the machine hits them all; the first round warms up.
  const timed = all.filter(({ alike }) => !alike)
  const began = performance.now()
  let round = -1
  for (; round < rounds && (round < fewest || performance.now() - began < enough); round++) {
    for (const [at, asked] of timed.entries()) {
      if (at % between === 0)
        await time(record, round)
      await time(asked, round)
    }
  }
  tell(engine, 'timed', performance.now() - began)
  const groups = Map.groupBy(timed, ({ group, who }) => `${group}, ${who}`)
  const rows = [...groups].map(([name, asked]) => groupRow(name, asked, record))
  const last = timed.toSorted((a, b) => median(b.times) - median(a.times))[0]!
  rows.unshift(ratio('one record', 1, { note: `p95 ${percentile(record.times, 0.95).toFixed(1)} ms, median ${median(record.times).toFixed(1)} ms of ${record.times.length}` }))
  rows.push(ratio('slowest of all by its median', median(last.times) / median(record.times), { note: `${last.group}: ${last.name}, ${last.who}`, atMost: slowest }))
  rows.push(kB('largest list of 20 rows', Math.max(...timed.filter(({ group }) => group.startsWith('list')).map(({ bytes }) => bytes)), { atMost: 30_000 }))
  rows.push(seconds('writing the records', filled))
  const { statements, scans } = await readPlans(database, all.map(asked => ({ during: `${asked.group}: ${asked.name}, ${asked.who}`, request: () => ask(asked, 0) })))
  const named = (some: typeof scans) => [...new Set(some.map(({ during, table }) => `${table} by "${during}"`))].slice(0, 20)
  const [early, whole] = [scans.filter(({ early }) => early), scans.filter(({ early }) => !early)]
  rows.push(count('plans that read a large table from end to end', whole.length, { exactly: 0, note: [`of ${statements} statements`, ...named(whole)].join('; ') }))
  rows.push(count('plans that read a part of one, up to enough rows', early.length, { note: named(early).join('; ') }))
  return {
    bench: `crm on ${engine}`,
    about: `${size.customers.toLocaleString('en')} customers, ${size.followUps.toLocaleString('en')} follow-ups, ${size.accounts} accounts; p95 of ${timed.length} different requests, ${round} times each, one record = 1`,
    rows,
  }
}

function groupRow(name: string, asked: Timed[], record: Timed): Row {
  const times = asked.flatMap(({ times }) => times)
  const last = asked.toSorted((a, b) => median(b.times) - median(a.times))[0]!
  return ratio(name, percentile(times, 0.95) / percentile(record.times, 0.95), {
    note: `p95 ${percentile(times, 0.95).toFixed(1)} ms, median ${median(times).toFixed(1)} ms; slowest "${last.name}" ${median(last.times).toFixed(1)} ms`,
    atMost: slowest,
  })
}

async function time(asked: Timed, round: number): Promise<void> {
  const started = performance.now()
  const body = await ask(asked, round + 1)
  if (round >= 0)
    asked.times.push(performance.now() - started)
  asked.bytes = JSON.stringify(body).length
}

async function ask({ clients, path }: Asked, turn: number): Promise<object> {
  const { status, body } = await clients[turn % clients.length]!.get<object>(path)
  if (status !== 200)
    throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`)
  return body
}
