import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAlarms } from '../../../sandbox/dingtalk/platform/world/alarms.ts'
import { createClock } from '../../../sandbox/dingtalk/platform/world/clock.ts'

const DAY = 86_400_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('alarms', () => {
  it('ring as time passes, once', () => {
    const alarms = createAlarms(createClock())
    const run = vi.fn()
    alarms.after(1000, run)
    vi.advanceTimersByTime(990)
    expect(run).not.toHaveBeenCalled()
    vi.advanceTimersByTime(DAY)
    expect(run).toHaveBeenCalledTimes(1)
  })

  it('ring when the clock is moved past them, in their order, and wait longer when it goes back', () => {
    const clock = createClock()
    const alarms = createAlarms(clock)
    const rung: string[] = []
    alarms.after(2000, () => rung.push('second'))
    alarms.after(1000, () => rung.push('first'))
    clock.shift(-5000)
    vi.advanceTimersByTime(3000)
    expect(rung).toEqual([])
    clock.shift(10_000)
    vi.advanceTimersByTime(1)
    expect(rung).toEqual(['first', 'second'])
  })

  it('can wait longer than a timer of the machine', () => {
    const alarms = createAlarms(createClock())
    const run = vi.fn()
    alarms.after(60 * DAY, run)
    vi.advanceTimersByTime(59 * DAY)
    expect(run).not.toHaveBeenCalled()
    vi.advanceTimersByTime(DAY)
    expect(run).toHaveBeenCalledTimes(1)
  })

  it('are cancelled one by one, and all for good', () => {
    const clock = createClock()
    const alarms = createAlarms(clock)
    const run = vi.fn()
    alarms.after(1, run)()
    alarms.after(1, run)
    alarms.close()
    alarms.after(1, run)
    clock.shift(DAY)
    vi.advanceTimersByTime(DAY)
    expect(run).not.toHaveBeenCalled()
  })
})
