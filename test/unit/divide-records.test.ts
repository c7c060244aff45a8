import type { OwnedRecord } from '../../server/crm/index.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { divide, evenly } from '../../server/directory/handover/divide.ts'
import { fitShares } from '../../src/pages/admin/handover/shares.ts'

const customers = (n: number): OwnedRecord[] => Array.from({ length: n }, (_, index) => ({ kind: 'customers', id: `c${index}`, name: `${index}`, parents: [] }))
const order = { numbers: {}, chosen: [], together: true }
const countOf = (records: ReturnType<typeof divide>, whom: string | null) => records.filter(({ to }) => to === whom).length

it('splits evenly, every record exactly once', () => {
  fc.assert(fc.property(fc.nat(200), fc.integer({ min: 1, max: 20 }), (n, people) => {
    const to = Array.from({ length: people }, (_, index) => `p${index}`)
    const divided = divide(customers(n), { ...order, to })
    expect(new Set(divided.map(({ id }) => id)).size).toBe(n)
    expect(countOf(divided, null)).toBe(0)
    const counts = to.map(whom => countOf(divided, whom))
    expect(counts).toEqual(evenly(n, people))
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
  }))
})

it('gives as many as were asked for and leaves the rest, whoever was named by hand apart', () => {
  const divided = divide(customers(40), { ...order, to: ['a', 'b'], numbers: { customers: [20, 10] }, chosen: [{ kind: 'customers', id: 'c39', to: 'b' }, { kind: 'customers', id: 'c0', to: null }] })
  expect([countOf(divided, 'a'), countOf(divided, 'b'), countOf(divided, null)]).toEqual([20, 11, 9])
  expect(divided.find(({ id }) => id === 'c39')).toMatchObject({ to: 'b', how: 'chosen' })
})

it('keeps with a record what belongs to it, unless that was named by hand or nothing is to stay together', () => {
  const records: OwnedRecord[] = [...customers(2), { kind: 'opportunities', id: 'o', name: 'o', parents: ['c1'] }, { kind: 'plans', id: 'p', name: 'p', parents: ['o', 'c1'] }, { kind: 'plans', id: 'q', name: 'q', parents: ['elsewhere'] }]
  const to = ['a', 'b']
  const who = (given: Partial<Parameters<typeof divide>[1]>) => Object.fromEntries(divide(records, { ...order, to, ...given }).map(({ id, to }) => [id, to]))
  expect(who({})).toEqual({ c0: 'a', c1: 'b', o: 'b', p: 'b', q: 'a' })
  expect(who({ chosen: [{ kind: 'opportunities', id: 'o', to: null }] })).toEqual({ c0: 'a', c1: 'b', o: null, p: null, q: 'a' })
  expect(who({ together: false })).toEqual({ c0: 'a', c1: 'b', o: 'a', p: 'a', q: 'b' })
  expect(who({ kinds: ['customers'] })).toEqual({ c0: 'a', c1: 'b' })
})

it('fits numbers that were entered to what is left of them once records were named by hand', () => {
  expect(fitShares([4, 1], 5, 4)).toEqual([3, 1])
  expect(fitShares([3, 1], 4, 5)).toEqual([3, 2])
  // What was to stay still stays.
  expect(fitShares([2, 1], 5, 4)).toEqual([2, 1])
  expect(fitShares([2, 1], 4, 5)).toEqual([2, 1])
  expect(fitShares([1, 1], 2, 0)).toEqual([0, 0])
})
