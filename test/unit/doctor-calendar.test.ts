import type { Patient } from '../../server/settings/doctor/patient.ts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { calendarChecks } from '../../server/settings/doctor/checks/calendar.ts'

describe('the check of the holidays', () => {
  afterEach(() => vi.useRealTimers())

  it.each([
    ['2026-10-31T15:59:00Z', [2026], 'ok'],
    ['2026-10-31T16:00:00Z', [2026], 'manual'],
    ['2026-12-01T00:00:00Z', [2026, 2027], 'ok'],
    ['2027-03-01T00:00:00Z', [2026], 'manual'],
  ])('at %s with %j', async (now, known, result) => {
    vi.useFakeTimers({ now: new Date(now), toFake: ['Date'] })
    const patient = { holidays: async (year: number) => ({ published: known.includes(year), entered: 3 }) } as unknown as Patient
    const { finding } = await calendarChecks.calendar(patient, () => Promise.reject(new Error('asks nobody')))
    expect(finding.result).toBe(result)
    if (result === 'manual')
      expect(finding).toMatchObject({ about: [2027, 3], answered: { 'zh-CN': expect.stringContaining('2027'), 'en-US': expect.stringContaining('3 days') } })
  })
  it('is asked again each month while nothing is entered', async () => {
    const patient = { holidays: async () => ({ published: false, entered: 0 }) } as unknown as Patient
    const aboutOn = async (now: string) => {
      vi.useFakeTimers({ now: new Date(now), toFake: ['Date'] })
      return (await calendarChecks.calendar(patient, () => Promise.reject(new Error('asks nobody')))).finding.about
    }
    const november = await aboutOn('2026-11-02T00:00:00Z')
    expect(await aboutOn('2026-11-29T00:00:00Z')).toEqual(november)
    expect(await aboutOn('2026-12-01T00:00:00Z')).not.toEqual(november)
  })
})
