import { describe, expect, it } from 'vitest'
import { nextFire, offsetOf, scheduleProblem } from '../../../server/directory/sync/fresh/schedule/cron.ts'

const shanghai = { timeZone: 'Asia/Shanghai', offsetMs: 17 * 60_000 }
const at = (text: string) => Date.parse(text)
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString())

describe('the sync schedule', () => {
  it('fires in its time zone, put off when that is the full hour', () => {
    expect(iso(nextFire({ cron: '0 3 * * *', ...shanghai }, at('2026-03-01T00:00:00+08:00')))).toBe(iso(at('2026-03-01T03:17:00+08:00')))
    expect(iso(nextFire({ cron: '25 3 * * *', ...shanghai }, at('2026-03-01T00:00:00+08:00')))).toBe(iso(at('2026-03-01T03:25:00+08:00')))
  })

  it('keeps a put-off fire that is still to come, and leaves each behind once', () => {
    const daily = { cron: '0 3 * * *', ...shanghai }
    const fire = at('2026-03-01T03:17:00+08:00')
    expect(nextFire(daily, at('2026-03-01T03:05:00+08:00'))).toBe(fire)
    expect(nextFire(daily, fire - 1)).toBe(fire)
    expect(iso(nextFire(daily, fire))).toBe(iso(at('2026-03-02T03:17:00+08:00')))
  })

  it('orders put-off fires among the others', () => {
    const quarters = { cron: '*/15 * * * *', ...shanghai }
    const fires: string[] = []
    for (let last = at('2026-03-01T08:50:00+08:00'); fires.length < 5;) {
      last = nextFire(quarters, last)!
      fires.push(new Date(last).toISOString().slice(11, 16))
    }
    expect(fires).toEqual(['01:15', '01:17', '01:30', '01:45', '02:15'])
  })

  it('goes on over a change to summer time', () => {
    const daily = { cron: '30 2 * * *', timeZone: 'Europe/Berlin', offsetMs: 0 }
    const before = at('2026-03-28T12:00:00Z')
    const first = nextFire(daily, before)!
    expect(nextFire(daily, first)! - first).toBeLessThanOrEqual(25 * 3600_000)
  })

  it('puts companies off by ten minutes and more, each by its own', () => {
    const offsets = Array.from({ length: 200 }, (_, index) => offsetOf(`ding${index}`) / 60_000)
    expect(Math.min(...offsets)).toBeGreaterThanOrEqual(10)
    expect(Math.max(...offsets)).toBeLessThan(40)
    expect(new Set(offsets).size).toBeGreaterThan(20)
    expect(offsetOf('dingsame')).toBe(offsetOf('dingsame'))
  })

  it.each([
    ['0 3 * * *', 'Asia/Shanghai', undefined],
    [null, 'Asia/Shanghai', undefined],
    ['0 3 * *', 'Asia/Shanghai', { path: 'cron', message: 'cron_format' }],
    ['0 0 3 * * *', 'Asia/Shanghai', { path: 'cron', message: 'cron_format' }],
    ['every day', 'Asia/Shanghai', { path: 'cron', message: 'cron_format' }],
    ['0 3 31 2 *', 'Asia/Shanghai', { path: 'cron', message: 'cron_format' }],
    ['0 3 * * *', 'Asia/Nowhere', { path: 'timeZone', message: 'time_zone' }],
  ])('says what is wrong with %s in %s', (cron, timeZone, problem) => {
    expect(scheduleProblem({ cron, timeZone })).toEqual(problem)
  })
})
