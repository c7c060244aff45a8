import { describe, expect, it } from 'vitest'
import { daysBetween, plusDays } from '../../../server/calendar/index.ts'
import { weekBefore } from '../../../server/messages/schedule/digests.ts'
import { daysWith, dueDaysOf, isWeeklyDay, overdueDaysOf, reminderDay } from '../../../server/messages/schedule/moments.ts'
import fc from '../../support/properties.ts'

/** Monday to Friday; the first week of October 2026 is a holiday. */
const isWorking = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && !(day >= '2026-10-01' && day <= '2026-10-07')
const at = (local: string) => new Date(`${local}+08:00`)

describe('when plans are spoken of', () => {
  it('counts working days back over weekends, holidays and the end of a month', () => {
    expect(reminderDay('2026-06-15', 0, isWorking)).toBe('2026-06-15')
    expect(reminderDay('2026-06-15', 1, isWorking)).toBe('2026-06-12')
    expect(reminderDay('2026-06-14', 0, isWorking)).toBe('2026-06-12')
    expect(reminderDay('2026-10-08', 1, isWorking)).toBe('2026-09-30')
    expect(dueDaysOf('2026-09-30', 1, isWorking)).toEqual(['2026-10-08'])
    expect(dueDaysOf('2026-09-30', 0, isWorking)).toEqual(['2026-09-30', '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'])
    expect(dueDaysOf('2026-06-13', 0, isWorking)).toEqual([])
    expect(overdueDaysOf('2026-06-15', isWorking)).toEqual(['2026-06-12', '2026-06-13', '2026-06-14'])
  })

  it('speaks of each due day on exactly one working day', () => {
    const day = fc.integer({ min: 0, max: 700 }).map(n => plusDays('2026-01-01', n))
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 10 }), (due, ahead) => {
      const days = Array.from({ length: 40 }, (_, n) => plusDays(due, n - 35))
      expect(days.filter(day => dueDaysOf(day, ahead, isWorking).includes(due))).toEqual([reminderDay(due, ahead, isWorking)])
      expect(Array.from({ length: 20 }, (_, n) => plusDays(due, n)).filter(day => overdueDaysOf(day, isWorking).includes(due))).toHaveLength(1)
    }))
  })

  it('takes each time of day once, whatever the rounds', () => {
    expect(daysWith('09:00', { after: at('2026-06-30T08:59:59'), through: at('2026-06-30T09:00:00') })).toEqual(['2026-06-30'])
    expect(daysWith('09:00', { after: at('2026-06-30T09:00:00'), through: at('2026-07-01T08:59:00') })).toEqual([])
    expect(daysWith('00:00', { after: at('2026-12-31T23:59:30'), through: at('2027-01-01T00:00:10') })).toEqual(['2027-01-01'])
    expect(daysWith('09:00', { after: at('2026-06-28T10:00:00'), through: at('2026-07-01T10:00:00') })).toEqual(['2026-06-29', '2026-06-30', '2026-07-01'])
  })

  it('gives the weekly summary once a week, on the next working day after a holiday, of the week before', () => {
    expect(isWeeklyDay('2026-06-15', 1, isWorking)).toBe(true)
    expect(isWeeklyDay('2026-06-16', 1, isWorking)).toBe(false)
    expect(['2026-10-05', '2026-10-06', '2026-10-07', '2026-10-08', '2026-10-09'].filter(day => isWeeklyDay(day, 1, isWorking))).toEqual(['2026-10-08'])
    expect(weekBefore('2026-06-15')).toEqual(['2026-06-08', '2026-06-14'])
    expect(weekBefore('2026-06-14')).toEqual(['2026-06-01', '2026-06-07'])
    expect(daysBetween(...weekBefore('2027-01-04'))).toBe(6)
  })
})
