import { describe, expect, it } from 'vitest'
import { mergeEdits } from '../../../src/components/record-form/merge-edits.ts'
import fc from '../../support/properties.ts'

const base = { name: 'Acme', phone: '1', region: 'North' }

describe('mergeEdits', () => {
  it('keeps my edit and takes theirs where only one of us changed something', () => {
    const merged = mergeEdits(base, { ...base, name: 'Mine' }, { ...base, phone: '2' })
    expect(merged.values).toEqual({ name: 'Mine', phone: '2', region: 'North' })
    expect(merged.conflicts).toEqual([])
    expect(merged.adopted).toEqual([{ key: 'phone', mine: '1', theirs: '2' }])
  })

  it('asks where both changed the same field, and not where both wrote the same', () => {
    const merged = mergeEdits(base, { name: 'Mine', phone: '2', region: 'North' }, { name: 'Theirs', phone: '2', region: 'North' })
    expect(merged.conflicts).toEqual([{ key: 'name', mine: 'Mine', theirs: 'Theirs' }])
    expect(merged.adopted).toEqual([])
  })

  it('never drops what either side wrote without naming it', () => {
    const version = fc.record({ a: fc.constantFrom('x', 'y', 'z'), b: fc.constantFrom('x', 'y', 'z', null), c: fc.constantFrom('', 'y') })
    fc.assert(
      fc.property(version, version, version, (start, mine, theirs) => {
        const merged = mergeEdits(start, mine, theirs)
        const named = new Set([...merged.conflicts, ...merged.adopted].map(change => change.key))
        for (const key of ['a', 'b', 'c'] as const) {
          if (mine[key] !== start[key])
            expect(merged.values[key]).toBe(mine[key])
          if (theirs[key] !== start[key] && theirs[key] !== mine[key])
            expect(named).toContain(key)
          if (theirs[key] !== start[key] && mine[key] === start[key])
            expect(merged.values[key]).toBe(theirs[key])
        }
      }),
    )
  })
})
