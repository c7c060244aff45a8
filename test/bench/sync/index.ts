import type { ApiOutput } from '#contract/index.ts'
import type { Client } from '../../support/client.ts'
import type { Report } from '../report.ts'
import type { Scope } from '../scope.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { forgetPeak, memoryOf } from '../memory.ts'
import { startProduct } from '../product.ts'
import { count, megabytes, ms, ratio, seconds } from '../rows.ts'
import { writingBench } from './writing.ts'

type Run = ApiOutput<'GET /api/sync/runs/:id'>

interface Watched {
  run: Run
  totalMs: number
  /** When the end was seen, milliseconds since the epoch. */
  endedAt: number
}

interface Size {
  departments: number
  members: number
  /** Calls a second per API that DingTalk allows, and that the server is configured for. */
  allowed: number
  configured: number
  latencyMs: number
  /** Wall time of the crawl ÷ its floor that was promised. */
  crawlAtMost?: number
}

/** A small company at the default pace and at DingTalk's limit; then (a) and (b) of the targets. */
const sizes: Size[] = [
  { departments: 50, members: 1000, allowed: 20, configured: 15, latencyMs: 40 },
  { departments: 50, members: 1000, allowed: 20, configured: 20, latencyMs: 40 },
  { departments: 300, members: 10_000, allowed: 20, configured: 20, latencyMs: 40, crawlAtMost: 1.15 },
  { departments: 1000, members: 50_000, allowed: 20, configured: 20, latencyMs: 40, crawlAtMost: 1.15 },
]

const pollMs = 20

/** The organisation sync from the button to the end, first into an empty directory, then with nothing to do. */
export async function syncBench(scope: Scope): Promise<Report[]> {
  const reports: Report[] = []
  for (const size of sizes) reports.push(await measure(scope, size))
  return [...reports, ...(await writingBench())]
}

async function measure(scope: Scope, { departments, members, allowed, configured, latencyMs, crawlAtMost }: Size): Promise<Report> {
  const product = await startProduct(scope, {
    sandbox: { departments, members, settings: { rates: { perApi: allowed, monthly: null } } },
    env: { DINGTALK_RATE_PER_API: String(configured) },
  })
  const { control } = product.sandbox.platform
  const admin = await product.loggedIn('zhangsan')
  control.settings({ latencyMs })

  /** Milliseconds between DingTalk's last answer and the end of the run. */
  const sinceLastCall = ({ endedAt }: Watched) => endedAt - Math.max(...control.calls().map(({ at }) => at))

  control.clearCalls()
  const idle = memoryOf(product.pid()).now
  forgetPeak(product.pid())
  const first = await run(admin)
  const peak = memoryOf(product.pid()).peak - idle
  const counts = Object.values(control.counts())
  const calls = counts.reduce((sum, { count }) => sum + count, 0)
  const floor = (Math.max(...counts.map(({ count }) => count)) / configured) * 1000
  const throttled = counts
    .flatMap(({ outcomes }) => Object.entries(outcomes))
    .reduce((sum, [outcome, times]) => (outcome.startsWith('88/') ? sum + times : sum), 0)
  const appliedMs = sinceLastCall(first)
  const times = control.calls().map(({ at }) => at)
  const crawlMs = Math.max(...times) - Math.min(...times)
  control.clearCalls()
  const second = await run(admin)
  const changes = Object.entries(second.run.counts ?? {})
    .filter(([name]) => !name.startsWith('kept'))
    .reduce((sum, [, times]) => sum + times, 0)
  // The main administrator came in by logging in, before the sync.
  const created = (first.run.counts?.accountsCreated ?? 0) + 1
  return {
    bench: `sync, ${departments} departments, ${members} members, ${configured}/s`,
    about: `embedded Postgres, DingTalk allowing ${allowed}/s per API and answering in ${latencyMs} ms`,
    rows: [
      count('accounts after it', created, { exactly: members }),
      count('calls', calls, {
        atMost: departments * 3 + 2 + Math.ceil(members / 100),
        note: 'at most 3 per department, extra pages, scope and count',
      }),
      count(
        'calls refused for their rate',
        throttled,
        configured < allowed ? { exactly: 0 } : { note: 'no distance between our pace and what is allowed' },
      ),
      seconds('button to end', first.totalMs, { note: `Cordys's algorithm: 17.9 s (at 80 ms); its floor here ${(floor / 1000).toFixed(1)} s` }),
      ratio('… ÷ floor', first.totalMs / floor, { note: 'floor: most calls of one API ÷ calls per second' }),
      ratio('first to last call ÷ floor', crawlMs / floor, crawlAtMost === undefined ? {} : { atMost: crawlAtMost }),
      megabytes('memory above idle, at most', peak),
      ms('of it, planning and applying', appliedMs, { note: 'from DingTalk\'s last answer to the end, ± 20 ms' }),
      seconds('second run, nothing to do', second.totalMs),
      ms('of it, planning and applying', sinceLastCall(second)),
      count('changes of the second run', changes, { exactly: 0 }),
    ],
  }
}

/** Starts a run as the admin page does and watches it to its end. */
async function run(admin: Client): Promise<Watched> {
  const start = performance.now()
  const { body: started } = await admin.post<Run>('/api/sync/runs', { mode: 'apply' })
  for (let failures = 0; ;) {
    // A connection that was idle while the server planned may be closed just as it is used again.
    const body = await admin.get<Run>(`/api/sync/runs/${started.id}`).then(
      ({ body }) => body,
      (error: unknown) => {
        if (++failures > 5)
          throw error
      },
    )
    if (body && body.status !== 'running') {
      if (body.status !== 'succeeded')
        throw new Error(`the sync ended as ${body.status}: ${body.error?.message}`)
      return { run: body, totalMs: performance.now() - start, endedAt: Date.now() }
    }
    await wait(pollMs)
  }
}
