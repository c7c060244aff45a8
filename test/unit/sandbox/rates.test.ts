import type { SettingsPatch } from '../../../sandbox/dingtalk/platform/world/settings.ts'
import type { Json, TestPlatform } from './open-platform.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { createSlidingWindow } from '../../../sandbox/dingtalk/platform/gateway/rate.ts'
import { startTestPlatform } from './open-platform.ts'

let platform: TestPlatform

afterEach(() => platform.close())

async function start(rates: NonNullable<SettingsPatch['rates']>): Promise<void> {
  platform = await startTestPlatform({ settings: { rates } })
}

async function outcomes(count: number, call: () => Promise<Json>): Promise<Record<string, number>> {
  const tally: Record<string, number> = {}
  for (const body of await Promise.all(Array.from({ length: count }, call))) {
    const key = String(body.sub_code ?? body.errcode ?? body.code ?? 'ok')
    tally[key] = (tally[key] ?? 0) + 1
  }
  return tally
}

describe('calls per second (row 28)', () => {
  it('refuses a burst beyond 20 for each API apart, in both families', async () => {
    await start({ perApi: 20 })
    const started = performance.now()
    const { 0: accepted = 0, 90018: refused = 0 } = await outcomes(80, () => platform.old('/topapi/user/listadmin'))
    const seconds = Math.ceil((performance.now() - started) / 1000)
    expect(accepted).toBeGreaterThanOrEqual(20)
    expect(accepted).toBeLessThanOrEqual(20 * seconds)
    expect(accepted + refused).toBe(80)
    expect(refused).toBeGreaterThan(0)
    expect(await outcomes(20, () => platform.old('/topapi/user/count', { only_active: true })), 'another API has its own count').toEqual({ 0: 20 })
    const tickets = await Promise.all(Array.from({ length: 80 }, () => platform.modern('POST', '/v1.0/oauth2/jsapiTickets')))
    const codes = new Set(tickets.filter(reply => reply.status === 403).map(reply => reply.body.code))
    expect([...codes]).toEqual(['Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'])
    const counts = platform.platform.control.counts()['/topapi/user/listadmin']
    expect(counts).toMatchObject({ count: 80, outcomes: { '0': accepted, '88/90018': refused } })
    expect(counts?.maxPerSecond).toBeGreaterThan(20)
  })

  it('can count over all APIs together', async () => {
    await start({ perApi: null, overall: 5 })
    const tally = await outcomes(20, () => platform.old('/topapi/user/listadmin'))
    const other = await outcomes(20, () => platform.old('/topapi/user/count', { only_active: true }))
    expect(tally[90018]).toBeGreaterThan(0)
    expect(other[90018]).toBeGreaterThan(0)
  })

  it('closes a burst window with 90002 until the time it names', async () => {
    await start({ perApi: null, burst: { limit: 5, windowMs: 10_000, closedMs: 60_000 } })
    expect(await outcomes(7, () => platform.old('/topapi/user/listadmin'))).toEqual({ 0: 5, 90002: 2 })
    const body = await platform.old('/topapi/user/listadmin')
    expect(body.sub_msg).toMatch(
      /apiPath\(dingtalk\.oapi\.user\.listadmin\), 从 \S+ \S+ 到 \S+ \S+ 请求总次数超过 5 次, 限制将在 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d 结束/,
    )
    platform.platform.control.shiftClock(61_000)
    expect(await platform.old('/topapi/user/listadmin')).toMatchObject({ errcode: 0 })
  })

  it.each(['html', 'json'] as const)('bans an address that calls too much, with a %s body and no errcode', async (body) => {
    await start({ perApi: null, ipBan: { limit: 6, windowMs: 20_000, bannedMs: 300_000, body } })
    await outcomes(6, () => platform.old('/topapi/user/listadmin'))
    const banned = await platform.raw(`/topapi/user/listadmin?access_token=${platform.token}`, { method: 'POST' })
    if (body === 'html')
      expect(banned.headers.get('content-type')).toContain('text/html')
    else expect(banned.body).toMatchObject({ status: 1111, punish: 'deny' })
    expect(banned.body.errcode).toBeUndefined()
    platform.platform.control.shiftClock(200_000)
    expect((await platform.old('/topapi/user/listadmin')).errcode, 'still banned').toBeUndefined()
    platform.platform.control.shiftClock(101_000)
    expect(await platform.old('/topapi/user/listadmin', {}, platform.token)).toMatchObject({ errcode: 0 })
  })
})

describe('the monthly quota (row 29)', () => {
  it('stops counted calls, not exempt ones, and starts again next month', async () => {
    await start({ perApi: null, monthly: 2 })
    const scopes = async (): Promise<Json> => (await platform.raw(`/auth/scopes?access_token=${platform.token}`)).body
    expect(await scopes()).toMatchObject({ errcode: 0 })
    expect(await scopes()).toMatchObject({ errcode: 0 })
    expect(await scopes()).toMatchObject({ errcode: 88, sub_code: '90020' })
    expect(await platform.modern('POST', '/v1.0/contact/users/search', { queryWord: '张', offset: 0, size: 10 })).toMatchObject({
      status: 403,
      body: { code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' },
    })
    expect(await platform.old('/topapi/v2/user/get', { userid: 'lisi' })).toMatchObject({ errcode: 0 })
    platform.platform.control.shiftClock(32 * 86_400_000)
    const { body } = await platform.raw(`/gettoken?appkey=${platform.app.clientId}&appsecret=${platform.app.clientSecret}`)
    expect((await platform.raw(`/auth/scopes?access_token=${String(body.access_token)}`)).body).toMatchObject({ errcode: 0 })
  })

  it('does not count calls refused for their rate', async () => {
    await start({ perApi: 1, monthly: 100 })
    const { 0: accepted, 90018: refused } = await outcomes(10, async () => (await platform.raw(`/auth/scopes?access_token=${platform.token}`)).body)
    const org = await platform.raw('/__sandbox/org')
    expect(refused).toBeGreaterThan(0)
    expect(org.body.monthlyCallsUsed).toBe(accepted)
  })
})

describe('the sliding window', () => {
  it('never lets more than the limit into any second', () => {
    const window = createSlidingWindow(3, 1000)
    const accepted = [0, 100, 900, 950, 1000, 1099, 1100, 1899, 1900].filter(now => window.take(now))
    expect(accepted).toEqual([0, 100, 900, 1000, 1100, 1900])
  })
})
