import { describe, expect, it } from 'vitest'
import { afterQuiet, dayOf, momentOn } from '../../../server/messages/publish/quiet.ts'

const at = (local: string) => new Date(`${local}+08:00`)
const overMidnight = { from: '22:00', to: '07:30' }

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
    expect(afterQuiet(at(local), overMidnight)).toEqual(until === undefined ? undefined : at(`${until}:00`))
  })

  it('within a day end on the same day', () => {
    const noon = { from: '12:00', to: '14:00' }
    expect(afterQuiet(at('2026-02-28T12:30:00'), noon)).toEqual(at('2026-02-28T14:00:00'))
    expect(afterQuiet(at('2026-02-28T11:59:00'), noon)).toBeUndefined()
    expect(afterQuiet(at('2026-02-28T12:30:00'), null)).toBeUndefined()
  })

  it('are of Shanghai\'s days', () => {
    expect(dayOf(new Date('2026-06-30T16:00:00Z'))).toBe('2026-07-01')
    expect(momentOn('2026-07-01', '09:00').toISOString()).toBe('2026-07-01T01:00:00.000Z')
  })
})
