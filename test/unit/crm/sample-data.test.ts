import { describe, expect, it } from 'vitest'
import { generateRecords } from '../../../server/crm/embedded/sample-data/records.ts'

const now = new Date('2026-06-15T04:00:00Z')
const sellers = Array.from({ length: 80 }, (_, index) => ({
  id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  name: `人${index}`,
  weight: index < 30 ? 4 : 1,
}))

interface Row {
  id: string
  name: string
  ownerId: string
  createdAt: Date
  updatedAt: Date
  closedAt: Date | null
  dueAt: Date
}

describe('generateRecords', () => {
  const sample = generateRecords(sellers, now)
  const customers = sample.customers as Row[]

  it('is the same for the same people and moment', () => {
    expect(generateRecords(sellers, now)).toEqual(sample)
  })

  it('gives everybody customers, more to those with more weight', () => {
    const counts = sellers.map(({ id }) => customers.filter(({ ownerId }) => ownerId === id).length)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1)
    expect(Math.min(...counts.slice(0, 30))).toBeGreaterThanOrEqual(3)
    expect(customers).toHaveLength(30 * 4 + 50)
    expect(new Set(customers.map(({ name }) => name)).size).toBe(customers.length)
  })

  it('lets nothing happen before its time, some plans be overdue, and wins be of this month and before', () => {
    for (const { createdAt, updatedAt } of [...customers, ...(sample.leads as Row[]), ...(sample.opportunities as Row[])]) expect(createdAt <= updatedAt && updatedAt <= now).toBe(true)
    const due = (sample.plans as Row[]).map(({ dueAt }) => dueAt)
    expect(due.filter(at => at < now).length).toBeGreaterThan(5)
    expect(due.filter(at => at > now).length).toBeGreaterThan(20)
    const closed = (sample.opportunities as Row[]).flatMap(({ closedAt }) => closedAt ?? [])
    expect(closed.filter(at => at >= new Date('2026-05-31T16:00:00Z')).length).toBeGreaterThan(3)
    expect(closed.filter(at => at < new Date('2026-05-31T16:00:00Z')).length).toBeGreaterThan(3)
  })

  it('fills a tiny company, too, and stays moderate in a huge one', () => {
    expect(generateRecords(sellers.slice(0, 1), now).customers).toHaveLength(24)
    const many = Array.from({ length: 5000 }, (_, index) => ({ id: String(index), name: '', weight: 1 }))
    expect(generateRecords(many, now).customers.length).toBeLessThanOrEqual(3001)
  })
})
