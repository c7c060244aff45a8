import type { Report } from '../report.ts'
import type { Scope } from '../scope.ts'
import { fillDemo } from '../../../scripts/fill-demo.ts'
import { startProduct } from '../product.ts'
import { count, ms, ratio, seconds } from '../rows.ts'
import { median, percentile } from '../stats.ts'
import { loginOf } from './phone.ts'

const people = 1000
const singles = 50
const latencyMs = 40
const loginApi = '/topapi/v2/user/getuserinfo'
const tokenApi = '/v1.0/oauth2/accessToken'

/** Free of DingTalk's limits; ours stay, at the most that can be configured. */
const unlimited = { perApi: null, overall: null, monthly: null, ipBan: null }
const fastest = 60

/** Logins as the H5 does them, one after another and a thousand at once, a DingTalk answer taking 40 ms. */
export async function loginBench(scope: Scope): Promise<Report[]> {
  const product = await startProduct(scope, {
    sandbox: { departments: 12, members: people + 100, settings: { rates: unlimited } },
    env: { DINGTALK_RATE_PER_API: String(fastest) },
  })
  const { control, members } = product.sandbox.platform
  await fillDemo(product.url, product.sandbox.platform)
  const userids = members()
    .filter(({ active, external }) => active && !external)
    .map(({ userid }) => userid)
    .slice(0, people)
  if (userids.length < people)
    throw new Error(`only ${userids.length} members can log in`)
  control.settings({ latencyMs })

  /** Calls to DingTalk while `work` ran. */
  async function calls<T>(work: () => Promise<T>): Promise<{ result: T, logins: number, tokens: number, all: number, refused: number }> {
    control.clearCalls()
    const result = await work()
    const counts = control.counts()
    const all = Object.values(counts).reduce((sum, { count }) => sum + count, 0)
    const tried = counts[loginApi]
    return {
      result,
      all,
      logins: tried?.count ?? 0,
      tokens: counts[tokenApi]?.count ?? 0,
      refused: (tried?.count ?? 0) - (tried?.outcomes['0'] ?? 0),
    }
  }

  /** Everybody at once, the server's memory empty. */
  async function crowd(rate: number): Promise<Report['rows']> {
    await product.restart({ DINGTALK_RATE_PER_API: String(rate) })
    const start = performance.now()
    const { result, logins, tokens, refused } = await calls(() => Promise.all(userids.map(userid => loginOf(product, userid))))
    const wall = performance.now() - start
    const floor = (people / rate) * 1000
    const inside = result.filter(({ ok }) => ok)
    return [
      count('people who got in', inside.length, { exactly: people }),
      count('app token fetches, from none', tokens, { exactly: 1 }),
      count('getuserinfo calls', logins, { exactly: people, note: `${refused} refused by DingTalk` }),
      seconds('until the last one was in', wall, { note: `floor ${people} / ${rate} per second = ${(floor / 1000).toFixed(1)} s` }),
      ratio('… ÷ floor', wall / floor),
      seconds('a login with its turns in the queue, p50', median(inside.map(({ totalMs }) => totalMs))),
      seconds(
        '… p95',
        percentile(
          inside.map(({ totalMs }) => totalMs),
          0.95,
        ),
      ),
      ms('the server part (the exchange that got in), p50', median(inside.map(({ exchangeMs }) => exchangeMs))),
      ms(
        '… p95',
        percentile(
          inside.map(({ exchangeMs }) => exchangeMs),
          0.95,
        ),
        { note: 'up to 10 s of it is the login queue' },
      ),
      ms(
        'a refusal with login_busy, p95',
        percentile(
          result.flatMap(({ busyMs }) => busyMs),
          0.95,
        ),
      ),
      ratio('login_busy answers per person', result.reduce((sum, { busyMs }) => sum + busyMs.length, 0) / people),
    ]
  }

  await product.loggedIn(userids[0]!)
  const alone = await calls(async () => {
    const done = []
    for (const userid of userids.slice(0, singles)) done.push(await loginOf(product, userid))
    return done
  })
  const single: Report = {
    bench: 'login, one after another',
    about: `${singles} people, warm token, DingTalk answering in ${latencyMs} ms`,
    rows: [
      count('people who got in', alone.result.filter(({ ok }) => ok).length, { exactly: singles }),
      ratio('DingTalk calls per login', alone.all / singles, { exactly: 1 }),
      count('our requests between code and session', Math.max(...alone.result.map(({ requests }) => requests)), { exactly: 1 }),
      ms('the server part, p50', median(alone.result.map(({ exchangeMs }) => exchangeMs)), { note: `${latencyMs} ms of it is DingTalk` }),
      ms(
        '… p95',
        percentile(
          alone.result.map(({ exchangeMs }) => exchangeMs),
          0.95,
        ),
      ),
    ],
  }

  const fast: Report = {
    bench: 'login, the crowd, DingTalk without limits',
    about: `${people} people at once, our own limit at its highest, ${fastest}/s`,
    rows: await crowd(fastest),
  }
  control.settings({ rates: { perApi: 20 } })
  const usual: Report = {
    bench: 'login, the crowd, as shipped',
    about: `${people} people at once, DingTalk allowing 20/s, our default 15/s`,
    rows: await crowd(15),
  }
  return [single, fast, usual]
}
