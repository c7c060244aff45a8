import type { ApiOutput } from '#contract/index.ts'
import type { Report, Row } from '../report.ts'
import type { Scope } from '../scope.ts'
import type { Visit } from './visit.ts'
import { findChromium } from '../../../scripts/chromium.ts'
import { fillDemo } from '../../../scripts/fill-demo.ts'
import { systemClock } from '../../../server/dingtalk/clock.ts'
import { startApp } from '../../support/app.ts'
import { launchBrowser, phone } from '../../support/browser.ts'
import { count, kB, ms, ratio } from '../rows.ts'
import { median } from '../stats.ts'
import { greeting, serveBareVue } from './bare-vue.ts'
import { addBridge, userAgent } from './bridge.ts'
import { visit } from './visit.ts'

const runs = 5

/** Cold rows of the published figures; milliseconds of another machine, so only their ratio to bare Vue compares. */
const published = {
  bare: { fcp: 660 },
  usual: { name: 'our stack as usually wired', requests: 15, bytes: 120_799, fcp: 2000, lcp: 2240, blocking: 124 },
  cordys: { name: 'Cordys mobile workbench', requests: 67, bytes: 963_595, fcp: 7236, lcp: 7236, blocking: 854 },
}

/** What a slow phone really loads and when it shows something: login and workbench, cold and warm. */
export async function browserBench(scope: Scope, distDir: string): Promise<Report[]> {
  const about = `Chromium, 4 × CPU slowdown, 1.6 Mbit/s, 150 ms round trip, medians of ${runs}`
  if (!findChromium())
    return [{ bench: 'browser', about: 'left out: no Chrome or Chromium found (CHROME_PATH)', rows: [] }]
  const app = await startApp({ distDir, dingtalkClock: systemClock, env: { NODE_ENV: 'production' } })
  scope.defer(() => app.close())
  await fillDemo(app.url, app.sandbox.platform)
  const client = await app.loggedIn('lisi')
  const { body: customers } = await client.get<ApiOutput<'GET /api/crm/:kind'>>('/api/crm/customers')
  const { id, name: awaited } = customers.items[0]!
  // Who has looked at a customer sees it on the workbench.
  await client.get(`/api/crm/customers/${id}`)
  const bareUrl = await serveBareVue(scope)
  const browser = await launchBrowser()
  scope.defer(() => browser.close())

  const bare: Visit[] = []
  const cold: Visit[] = []
  const warm: Visit[] = []
  for (let run = 0; run < runs; run++) {
    const empty = await browser.newContext(phone)
    bare.push(await visit(empty, bareUrl, greeting))
    await empty.close()
    const context = await browser.newContext({ ...phone, userAgent, locale: 'zh-CN' })
    await addBridge(context, () => app.code('lisi'))
    cold.push(await visit(context, `${app.url}/`, awaited))
    warm.push(await visit(context, `${app.url}/`, awaited))
    await context.close()
  }
  const of = (visits: Visit[], what: Exclude<keyof Visit, 'apiRequests'>) => median(visits.map(found => found[what]))
  const unit = of(bare, 'fcp')
  const compared = (what: 'fcp' | 'lcp', label: string): Row[] => [
    ms(label, of(cold, what), { note: `here; bare Vue here ${unit.toFixed(0)} ms` }),
    ratio(`${what.toUpperCase()} ÷ bare Vue`, of(cold, what) / unit, {
      atMost: published.usual[what] / published.bare.fcp,
      note: `target: ${published.usual.name}; ${published.cordys.name} ${(published.cordys[what] / published.bare.fcp).toFixed(2)}`,
    }),
  ]
  const share = (value: number, of: number) => `${(value / of).toFixed(2)} of`
  const asked = cold[0]!.apiRequests
  return [
    {
      bench: 'browser, cold: logged in by the client, then the workbench',
      about,
      rows: [
        count('requests', of(cold, 'requests'), {
          atMost: published.usual.requests,
          note: `${share(of(cold, 'requests'), published.usual.requests)} ${published.usual.name}, ${share(of(cold, 'requests'), published.cordys.requests)} ${published.cordys.name}`,
        }),
        kB('bytes transferred, headers included', of(cold, 'bytes'), {
          atMost: published.usual.bytes,
          note: `${share(of(cold, 'bytes'), published.usual.bytes)} ${published.usual.name}, ${share(of(cold, 'bytes'), published.cordys.bytes)} ${published.cordys.name}`,
        }),
        ms('skeleton on the screen', of(cold, 'firstPaint')),
        ...compared('fcp', 'first text (FCP)'),
        ...compared('lcp', 'largest paint (LCP)'),
        ms('records on the screen', of(cold, 'usable')),
        ms('main thread blocked', of(cold, 'blocking'), {
          note: `published: ${published.usual.blocking} ms, ${published.cordys.name} ${published.cordys.blocking} ms`,
        }),
        count('API requests', asked.length, { note: asked.join(' ') }),
      ],
    },
    {
      bench: 'browser, warm: the second visit, still logged in',
      about,
      rows: [
        count('requests', of(warm, 'requests')),
        kB('bytes transferred', of(warm, 'bytes')),
        ms('skeleton on the screen', of(warm, 'firstPaint')),
        ms('first text (FCP)', of(warm, 'fcp')),
        ms('largest paint (LCP)', of(warm, 'lcp'), { note: 'published: 588 ms, Cordys mobile workbench 604 ms' }),
        ms('records on the screen', of(warm, 'usable'), { note: 'published: 572 ms, Cordys mobile workbench 1309 ms' }),
      ],
    },
  ]
}
