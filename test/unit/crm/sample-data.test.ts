import { describe, expect, it } from 'vitest'
import { customerFields } from '#contract/crm/legacy.ts'
import { generateCustomers } from '../../../server/crm/embedded/sample-data/generate.ts'

const now = new Date('2026-06-15T04:00:00Z')
const dayMs = 24 * 3_600_000
const sellers = Array.from({ length: 80 }, (_, index) => ({
  id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  name: `人${index}`,
  weight: index < 30 ? 4 : 1,
}))

describe('generateCustomers', () => {
  const customers = generateCustomers(sellers, now)

  it('is the same for the same people and moment', () => {
    expect(generateCustomers(sellers, now)).toEqual(customers)
  })

  it('gives everybody customers, more to those with more weight', () => {
    const counts = sellers.map(({ id }) => customers.filter(({ ownerId }) => ownerId === id).length)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1)
    expect(Math.min(...counts.slice(0, 30))).toBeGreaterThanOrEqual(3)
    expect(customers).toHaveLength(30 * 4 + 50)
  })

  it('makes only what the API itself would take', () => {
    for (const customer of customers)
      expect(customerFields.safeParse({ ...customer, nextStepAt: customer.nextStepAt?.toISOString() ?? null }).error).toBeUndefined()
    expect(new Set(customers.map(({ name }) => name)).size).toBe(customers.length)
  })

  it('spreads over the last year, with steps overdue, today and to come, and wins of this month and the last', () => {
    for (const { createdAt, updatedAt, wonAt, status, nextStepAt, nextStep } of customers) {
      expect(createdAt.getTime()).toBeGreaterThan(now.getTime() - 366 * dayMs)
      expect(createdAt <= updatedAt && updatedAt <= now).toBe(true)
      expect(wonAt !== null).toBe(status === 'won')
      expect(wonAt === null || (wonAt >= createdAt && wonAt <= updatedAt)).toBe(true)
      expect(nextStep !== '').toBe(nextStepAt !== null)
    }
    const share = (of: (customer: (typeof customers)[number]) => boolean) => customers.filter(of).length
    expect(share(({ nextStepAt }) => nextStepAt !== null && nextStepAt < now)).toBeGreaterThan(5)
    expect(share(({ nextStepAt }) => nextStepAt !== null && nextStepAt > now)).toBeGreaterThan(20)
    expect(share(({ wonAt }) => wonAt !== null && wonAt >= new Date('2026-05-31T16:00:00Z'))).toBeGreaterThan(3)
    expect(share(({ wonAt }) => wonAt !== null && wonAt < new Date('2026-05-31T16:00:00Z'))).toBeGreaterThan(3)
  })

  it('fills a tiny company, too, and stays moderate in a huge one', () => {
    expect(generateCustomers(sellers.slice(0, 1), now)).toHaveLength(24)
    const many = Array.from({ length: 5000 }, (_, index) => ({ id: String(index), name: '', weight: 1 }))
    expect(generateCustomers(many, now).length).toBeLessThanOrEqual(3001)
  })
})
