import { describe, expect, it } from 'vitest'
import { countWorkingDays, stepWorkingDays } from '../../../server/calendar/counting.ts'
import { plusDays, publishedDay, weekdayOf } from '../../../server/calendar/days.ts'
import { published } from '../../../server/calendar/published.ts'
import fc from '../../support/properties.ts'

const working = (day: string) => publishedDay(day).working
const anyDay = fc.integer({ min: 0, max: 3000 }).map(n => plusDays('2022-01-01', n))

describe('working days', () => {
  it('follow the published arrangement', () => {
    expect(publishedDay('2026-02-14')).toEqual({ working: true, holiday: '春节' })
    expect(publishedDay('2026-02-16')).toEqual({ working: false, holiday: '春节' })
    expect(publishedDay('2025-10-08')).toEqual({ working: false, holiday: '国庆节、中秋节' })
    expect(publishedDay('2026-10-09')).toEqual({ working: true, holiday: null })
  })

  it('are Monday to Friday in a year nobody published', () => {
    expect(working('2031-10-01')).toBe(true)
    expect(working('2031-10-04')).toBe(false)
  })

  it('are exchanged fairly: what is worked is a weekend day, and each holiday has a weekday off', () => {
    for (const { holidays, worked } of Object.values(published)) {
      expect(worked.every(([day]) => [0, 6].includes(weekdayOf(day)))).toBe(true)
      for (const [, from, to] of holidays)
        expect(from <= to && !working(from)).toBe(true)
    }
  })

  it('lead over the long holiday', () => {
    expect(stepWorkingDays('2026-09-30', 1, working)).toBe('2026-10-08')
    expect(stepWorkingDays('2026-10-08', -1, working)).toBe('2026-09-30')
    expect(countWorkingDays('2026-09-30', '2026-10-10', working)).toBe(3)
  })

  it('are counted as they are stepped, forwards and backwards', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: -60, max: 60 }), (day, n) => {
      const start = working(day) ? day : stepWorkingDays(day, 1, working)
      expect(countWorkingDays(start, stepWorkingDays(start, n, working), working)).toBe(n)
    }))
  })

  it('are days of the calendar only', () => {
    for (const wrong of ['2026-02-30', '2026-2-3', 'tomorrow', ''])
      expect(() => publishedDay(wrong)).toThrow(RangeError)
    expect(() => stepWorkingDays('2026-01-01', 1, () => false)).toThrow(RangeError)
  })
})
