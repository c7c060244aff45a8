import { describe, expect, it } from 'vitest'
import { createQuota } from '../../../server/http/attempts.ts'

const aMinute = 30

/** How often an address may, before it is told to wait; `many` is enough to try. */
async function allowed(quota: ReturnType<typeof createQuota>, ipOf: (n: number) => string, many = 30 * aMinute): Promise<number> {
  for (let n = 0; n < many; n += 1) {
    if (!(await quota.check(ipOf(n)).then(() => true, () => false)))
      return n
    await quota.take(ipOf(n))
  }
  return many
}

describe('the allowance of a minute', () => {
  it('is each public address\'s own', async () => {
    const quota = createQuota(aMinute)
    expect(await allowed(quota, () => '203.0.113.5')).toBe(aMinute)
    expect(await allowed(quota, () => '203.0.113.6')).toBe(aMinute)
  })

  it('is larger, and shared, for everybody behind private addresses', async () => {
    const quota = createQuota(aMinute)
    const proxies = ['127.0.0.1', '::ffff:10.1.2.3', '192.168.0.9', 'fd00::1']
    expect(await allowed(quota, n => proxies[n % proxies.length]!)).toBe(20 * aMinute)
    expect(await allowed(quota, () => '203.0.113.5')).toBe(aMinute)
  })

  it('lets a company of a thousand log in through one proxy within a minute: what comes to a good end is given back', async () => {
    const quota = createQuota(aMinute)
    for (let person = 0; person < 1000; person += 1) {
      await quota.check('10.0.0.2')
      await quota.take('10.0.0.2')
      await quota.giveBack('10.0.0.2')
    }
    await quota.giveBack('10.0.0.2')
    expect(await allowed(quota, () => '10.0.0.2')).toBe(20 * aMinute)
  })
})
