import type { Report, Row } from '../report.ts'
import type { Scope } from '../scope.ts'
import type { Load, Shot } from './load.ts'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { fillDemo } from '../../../scripts/fill-demo.ts'
import { emptyServerDatabase, serverReachable } from '../../support/database.ts'
import { startProduct } from '../product.ts'
import { count, ratio } from '../rows.ts'
import { median } from '../stats.ts'
import { load } from './load.ts'

const rounds = 3
const seconds = 3

interface Series {
  what: string
  figure?: string
  shot: Shot
  cpuSeconds: () => Promise<number>
}

/** Requests per second as a share of what raw Node HTTP answers in the same minute, on each database there is. */
export async function serverBench(scope: Scope): Promise<Report[]> {
  const raw = await startRaw(scope)
  const reports = [await measure(scope, 'embedded Postgres', raw)]
  if (await serverReachable()) {
    const { url, drop } = await emptyServerDatabase()
    scope.defer(drop)
    reports.push(await measure(scope, 'a Postgres server', raw, url))
  }
  return reports
}

async function measure(scope: Scope, engine: string, raw: Series, databaseUrl?: string): Promise<Report> {
  const product = await startProduct(scope, {
    sandbox: { settings: { rates: { perApi: null } } },
    env: { DINGTALK_RATE_PER_API: '60', ...(databaseUrl && { DATABASE_URL: databaseUrl }) },
  })
  await fillDemo(product.url, product.sandbox.platform)
  const client = await product.loggedIn('lisi')
  const headers = { cookie: client.cookie() }
  const cpuSeconds = () => usedBy(product.url)
  const get = (path: string): Shot => ({ method: 'GET', url: product.url + path, headers })
  const series: Series[] = [
    raw,
    { what: 'GET /healthz (Express, log, headers)', shot: get('/healthz'), cpuSeconds },
    { what: 'GET /api/bootstrap (no session)', shot: get('/api/bootstrap'), cpuSeconds },
    { what: 'GET /api/session', figure: '0.29 with the session in memory', shot: get('/api/session'), cpuSeconds },
    { what: 'GET /api/crm/customers', shot: get('/api/crm/customers'), cpuSeconds },
    {
      what: 'POST /api/crm/leads',
      figure: '0.22 with the session in memory, nothing stored',
      cpuSeconds,
      shot: {
        ...get('/api/crm/leads'),
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ values: { name: '苏州测试精密机械有限公司', phone: '0512-6688 0000' }, ignoreDuplicates: true }),
      },
    },
  ]

  // In turns, so that a slow moment of the machine hits them all.
  const results = new Map<Series, Load[]>(series.map(each => [each, []]))
  for (let round = 0; round < rounds; round++) {
    for (const each of series) results.get(each)!.push(await load(each.shot, seconds, each.cpuSeconds))
  }
  const of = (each: Series, what: (load: Load) => number) => median(results.get(each)!.map(what))
  const failures = [...results.values()].flat().reduce((sum, { failures }) => sum + failures, 0)
  return {
    bench: `server on ${engine}`,
    about: `one process, 50 connections, medians of ${rounds} × ${seconds} s; requests per second, raw Node HTTP = 1`,
    rows: [
      ...series.map((each): Row =>
        ratio(each.what, of(each, ({ rate }) => rate) / of(raw, ({ rate }) => rate), {
          note: [
            `${of(each, ({ rate }) => rate).toFixed(0)}/s`,
            `p50 ${of(each, ({ p50 }) => p50)} ms`,
            `p99 ${of(each, ({ p99 }) => p99)} ms`,
            `CPU ${of(each, ({ cpuMicros }) => cpuMicros).toFixed(0)} µs`,
            ...(each.figure ? [`published: ${each.figure}`] : []),
          ].join(', '),
        }),
      ),
      count('requests that failed', failures, { exactly: 0 }),
    ],
  }
}

async function startRaw(scope: Scope): Promise<Series> {
  const child = fork(fileURLToPath(new URL('raw.ts', import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  scope.defer(() => child.kill())
  const [url] = (await once(child, 'message')) as [string]
  return { what: 'raw Node HTTP', shot: { method: 'GET', url }, cpuSeconds: async () => Number(await (await fetch(`${url}/cpu`)).text()) }
}

/** The CPU seconds a server reports of itself. */
async function usedBy(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^process_cpu_seconds_total ([\d.e+-]+)/m.exec(text)?.[1])
}
