import { describe, expect, it } from 'vitest'
import { date, fullDate, longDay, timeOf, weekday } from '../../../src/components/dates/calendar-words.ts'
import { agoWords, daysFromNow, nearness, overdueWords, whenWords } from '../../../src/components/dates/date-words.ts'
import { dayAt, fromLocalInput, toLocalInput } from '../../../src/components/dates/local-input.ts'
import { wholeNumber } from '../../../src/components/figure/whole-number.ts'

/** In the machine's own zone, as the pages reckon: a Sunday at half past three. */
const now = new Date(2026, 10, 22, 15, 30)
const at = (...parts: [number, number, number, number, number]) => new Date(...parts)

describe('moments in words', () => {
  it('names near days and the hour', () => {
    expect(whenWords(at(2026, 10, 22, 18, 0), now, 'zh-CN')).toEqual({ key: 'today', params: { time: '18:00' } })
    expect(whenWords(at(2026, 10, 23, 0, 5), now, 'zh-CN')).toEqual({ key: 'tomorrow', params: { time: '00:05' } })
    expect(whenWords(at(2026, 10, 21, 23, 59), now, 'zh-CN')).toEqual({ key: 'yesterday', params: { time: '23:59' } })
  })

  it('names the weekday within a week, then the date, and the year only when it is another', () => {
    expect(whenWords(at(2026, 10, 25, 9, 0), now, 'zh-CN').params.date).toBe('周三')
    expect(whenWords(at(2026, 11, 24, 9, 0), now, 'zh-CN').params.date).toBe('12月24日')
    expect(whenWords(at(2027, 0, 4, 9, 0), now, 'zh-CN').params.date).toContain('2027')
  })

  it('counts calendar days, not 24 hours', () => {
    expect(daysFromNow(at(2026, 10, 23, 0, 1), at(2026, 10, 22, 23, 59))).toBe(1)
    expect(daysFromNow(at(2026, 10, 22, 0, 0), at(2026, 10, 22, 23, 59))).toBe(0)
  })

  it('says how urgent a step is', () => {
    expect(nearness(at(2026, 10, 22, 15, 29), now)).toBe('overdue')
    expect(nearness(at(2026, 10, 22, 23, 0), now)).toBe('today')
    expect(nearness(at(2026, 10, 29, 9, 0), now)).toBe('soon')
    expect(nearness(at(2026, 10, 30, 9, 0), now)).toBe('later')
  })

  it('says how long a step is overdue', () => {
    expect(overdueWords(at(2026, 10, 22, 15, 30), now)).toEqual({ key: 'overdueMinutes', params: { n: 1 } })
    expect(overdueWords(at(2026, 10, 22, 12, 0), now)).toEqual({ key: 'overdueHours', params: { n: 3 } })
    expect(overdueWords(at(2026, 10, 21, 23, 0), now)).toEqual({ key: 'overdueDays', params: { n: 1 } })
  })

  it('says how long ago something was, also when the server\'s clock is ahead', () => {
    expect(agoWords(at(2026, 10, 22, 15, 32), now, 'zh-CN').key).toBe('justNow')
    expect(agoWords(at(2026, 10, 22, 15, 18), now, 'zh-CN')).toEqual({ key: 'minutesAgo', params: { n: 12 } })
    expect(agoWords(at(2026, 10, 22, 11, 0), now, 'zh-CN')).toEqual({ key: 'hoursAgo', params: { n: 4 } })
    expect(agoWords(at(2026, 10, 21, 15, 40), now, 'zh-CN').key).toBe('yesterday')
  })
})

describe.each(['zh-CN', 'en-US'] as const)('the calendar\'s words in %s', (locale) => {
  const intl = (options: Intl.DateTimeFormatOptions) => (moment: Date) => new Intl.DateTimeFormat(locale, options).format(moment)
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  /** Every weekday and month, both ends of them, and midnight. */
  const moments = Array.from({ length: 400 }, (_, n) => at(2026, 0, 1 + n, (n * 7) % 24, (n * 13) % 60))

  it.each([
    ['time', timeOf, intl(clock)],
    ['weekday', (moment: Date) => weekday(moment, locale), intl({ weekday: 'short' })],
    ['date', (moment: Date) => date(moment, false, locale), intl({ month: 'short', day: 'numeric' })],
    ['date with year', (moment: Date) => date(moment, true, locale), intl({ year: 'numeric', month: 'short', day: 'numeric' })],
    ['long day', (moment: Date) => longDay(moment, locale), intl({ month: 'long', day: 'numeric', weekday: 'long' })],
    ['whole moment', (moment: Date) => fullDate(moment, locale), intl({ year: 'numeric', month: 'long', day: 'numeric', ...clock })],
  ])('say the %s as Intl does', (_, ours, theirs) => {
    expect(moments.map(ours)).toEqual(moments.map(theirs))
  })

  it('group digits as Intl does', () => {
    const numbers = [0, 7, 999, 1000, 12_345, 999_999, 1_000_000, 1_234_567_890]
    expect(numbers.map(wholeNumber)).toEqual(numbers.map(number => new Intl.NumberFormat(locale).format(number)))
  })
})

describe('the date and time control', () => {
  it('shows and returns the same moment', () => {
    const iso = at(2026, 1, 3, 4, 5).toISOString()
    expect(toLocalInput(iso)).toBe('2026-02-03T04:05')
    expect(fromLocalInput(toLocalInput(iso))).toBe(iso)
  })

  it('takes an empty or half-typed value for no moment', () => {
    expect(fromLocalInput('')).toBeNull()
    expect(fromLocalInput('2026-13-')).toBeNull()
    expect(toLocalInput(null)).toBe('')
  })

  it('offers full hours of coming days', () => {
    expect(dayAt(1, 9, now)).toBe(at(2026, 10, 23, 9, 0).toISOString())
  })
})
