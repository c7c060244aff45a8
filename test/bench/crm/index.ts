import type { Database } from '../../../server/db/index.ts'
import type { TestApp } from '../../support/app.ts'
import type { Client } from '../../support/client.ts'
import type { Report, Row } from '../report.ts'
import type { Scope } from '../scope.ts'
import type { Size } from './fill.ts'
import process from 'node:process'
import { eq, sql } from 'drizzle-orm'
import { tables } from '../../../server/db/index.ts'
import { startApp } from '../../support/app.ts'
import { freshEmbedded, freshServer, serverReachable } from '../../support/database.ts'
import { count, kB, ratio, seconds } from '../rows.ts'
import { percentile } from '../stats.ts'
import { fill } from './fill.ts'
import { readPlans } from './plans.ts'

const rounds = 60

/** What is promised; a tenth of it where somebody is in a hurry. */
const share = Number(process.env.BENCH_CRM_SHARE ?? 1)
const sizes = {
  embedded: { accounts: 50, customers: 20_000 * share, followUps: 100_000 * share },
  server: { accounts: 500, customers: 200_000 * share, followUps: 1_000_000 * share },
}

const slowest = 5
const oneRecord = 'one customer (primary key)'

/** Lists, searches and the workbench as multiples of reading one record, on both engines at the sizes promised for them. */
export async function crmBench(scope: Scope): Promise<Report[]> {
  const reports = [await measure(scope, 'embedded Postgres', await freshEmbedded(), sizes.embedded)]
  if (await serverReachable())
    reports.push(await measure(scope, 'a Postgres server', await freshServer(), sizes.server))
  return reports
}

async function measure(scope: Scope, engine: string, database: Database, size: Size): Promise<Report> {
  const app = await startApp({ database, env: { LOG_LEVEL: 'silent', CHECK_RESPONSES: 'false' } })
  scope.defer(() => app.close())
  const people = await login(app)
  const began = performance.now()
  await fill(database.db, size)
  const filled = performance.now() - began
  const paths = await addresses(database, people)
  const times = new Map<string, number[]>([...paths.keys()].map(name => [name, []]))
  const sizes = new Map<string, number>()
  // In turns, so that a slow moment of the machine hits them all; the first round warms up.
  for (let round = -3; round < rounds; round++) {
    for (const [name, { client, path }] of paths) {
      const started = performance.now()
      const { status, body } = await client.get<object>(path)
      if (status !== 200)
        throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`)
      if (round >= 0)
        times.get(name)!.push(performance.now() - started)
      sizes.set(name, JSON.stringify(body).length)
    }
  }
  const p95 = (name: string) => percentile(times.get(name)!, 0.95)
  const one = p95(oneRecord)
  const rows = [...paths.keys()].map((name): Row =>
    ratio(name, p95(name) / one, {
      note: `p95 ${p95(name).toFixed(1)} ms, median ${percentile(times.get(name)!, 0.5).toFixed(1)} ms, ${((sizes.get(name) ?? 0) / 1000).toFixed(1)} kB`,
      ...(name !== oneRecord && { atMost: slowest }),
    }),
  )
  const largest = Math.max(...[...sizes].filter(([name]) => name.startsWith('list')).map(([, bytes]) => bytes))
  rows.push(seconds('writing the records', filled))
  rows.push(kB('largest list of 20 rows', largest, { atMost: 30_000 }))
  const { statements, scans } = await readPlans(database, new Map([...paths].map(([name, { client, path }]) => [name, () => client.get(path)])))
  rows.push(count('plans that read a table of records from end to end', scans.length, { exactly: 0, note: [`of ${statements} statements`, ...new Set(scans.map(({ during, table }) => `${table} by "${during}"`))].join('; ') }))
  return {
    bench: `crm on ${engine}`,
    about: `${size.customers.toLocaleString('en')} customers, ${size.followUps.toLocaleString('en')} follow-ups, ${size.accounts} accounts; p95 of ${rounds} requests, one record = 1`,
    rows,
  }
}

interface People {
  admin: Client
  seller: Client
  leader: Client
}

async function login(app: TestApp): Promise<People> {
  const admin = await app.loggedIn('zhangsan')
  await app.sync(admin)
  const [leads] = await app.database.db.select({ userid: tables.binding.userid }).from(tables.binding).innerJoin(tables.accountDepartment, eq(tables.accountDepartment.accountId, tables.binding.accountId)).where(sql`${tables.accountDepartment.leader} and ${tables.binding.userid} <> 'zhangsan'`).limit(1)
  return { admin, seller: await app.loggedIn('lisi'), leader: await app.loggedIn(leads!.userid) }
}

async function addresses({ db }: Database, { admin, seller, leader }: People): Promise<Map<string, { client: Client, path: string }>> {
  const [first] = (await admin.get<{ items: Array<{ id: string }> }>('/api/crm/customers?sort=name&limit=1')).body.items
  const [any] = await db.select({ name: tables.customer.name, phone: tables.customer.phone }).from(tables.customer).orderBy(tables.customer.id).limit(1)
  const q = (text: string) => `q=${encodeURIComponent(text)}`
  const filters = (...given: object[]) => `filters=${encodeURIComponent(JSON.stringify(given))}`
  const found = new Map<string, { client: Client, path: string }>([[oneRecord, { client: admin, path: `/api/crm/customers/${first!.id}` }]])
  for (const [who, client] of [['all', admin], ['a team', leader], ['one\'s own', seller]] as const) {
    const add = (name: string, path: string) => found.set(`${name}, ${who}`, { client, path: `/api/crm/${path}` })
    add('list customers', 'customers')
    add('list customers by name', 'customers?sort=name')
    add('list customers by next plan', 'customers?sort=next')
    add('list customers of a level and status', `customers?${filters({ field: 'level', op: 'is', value: 'A' }, { field: 'status', op: 'any_of', value: ['won', 'following'] })}`)
    add('list opportunities by amount', 'opportunities?sort=-amount')
    add('list follow-ups', 'follow-ups')
    add('list plans overdue', 'plans?status=overdue')
    add('search a full name', `customers?${q(any!.name)}`)
    add('search a phone\'s end', `customers?${q(any!.phone.slice(-6))}`)
    add('search a common word', `customers?${q('有限公司')}`)
    add('search two characters', `customers?${q('启远')}`)
    add('search a trade', `customers?${q('精密机械')}`)
    add('search everything', `search?${q('启辰')}`)
    add('workbench: today', 'today')
    add('workbench: overview of a quarter', 'overview?period=quarter&scope=department')
  }
  return found
}
