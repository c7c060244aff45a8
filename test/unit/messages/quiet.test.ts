import { describe, expect, it } from 'vitest'
import { publishedDay } from '../../../server/calendar/days.ts'
import { afterQuiet, dayOf, momentOn } from '../../../server/messages/publish/quiet.ts'

const always = () => true
const at = (local: string) => new Date(`${local}+08:00`)
const overMidnight = { from: '22:00', to: '07:30', daysOff: false }

describe('quiet hours', () => {
  it.each([
    ['2026-06-15T21:59:59', undefined],
    ['2026-06-15T22:00:00', '2026-06-16T07:30'],
    ['2026-06-30T23:59:00', '2026-07-01T07:30'],
    ['2026-12-31T23:00:00', '2027-01-01T07:30'],
    ['2027-01-01T00:00:00', '2027-01-01T07:30'],
    ['2026-06-16T07:29:59', '2026-06-16T07:30'],
    ['2026-06-16T07:30:00', undefined],
  ])('over midnight: what comes at %s is delivered at %s', (local, until) => {
    expect(afterQuiet(at(local), overMidnight, always)).toEqual(until === undefined ? undefined : at(`${until}:00`))
  })

  it('within a day end on the same day', () => {
    const noon = { from: '12:00', to: '14:00', daysOff: false }
    expect(afterQuiet(at('2026-02-28T12:30:00'), noon, always)).toEqual(at('2026-02-28T14:00:00'))
    expect(afterQuiet(at('2026-02-28T11:59:00'), noon, always)).toBeUndefined()
    expect(afterQuiet(at('2026-02-28T12:30:00'), null, always)).toBeUndefined()
  })

  it.each([
    ['a Friday night', '2026-09-11T23:00:00', '2026-09-14T07:30'],
    ['a Saturday noon', '2026-09-12T12:00:00', '2026-09-14T07:30'],
    ['a working Sunday (调休)', '2026-09-20T12:00:00', undefined],
    ['the last day before a long holiday, at night', '2026-09-30T22:30:00', '2026-10-08T07:30'],
  ])('leave people alone on days off, if they wish: %s', (_, local, until) => {
    expect(afterQuiet(at(local), { ...overMidnight, daysOff: true }, day => publishedDay(day).working)).toEqual(until === undefined ? undefined : at(`${until}:00`))
  })

  it('are of Shanghai\'s days', () => {
    expect(dayOf(new Date('2026-06-30T16:00:00Z'))).toBe('2026-07-01')
    expect(momentOn('2026-07-01', '09:00').toISOString()).toBe('2026-07-01T01:00:00.000Z')
  })
})
