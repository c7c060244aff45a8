import { describe, expect, it } from 'vitest'
import { createSealer, SealError } from '../../server/settings/seal.ts'

describe('sealing secrets', () => {
  const sealer = createSealer('a secret key that is long enough')

  it('opens what it sealed, and seals the same text differently each time', () => {
    const [one, two] = [sealer.seal('秘密', 'purpose'), sealer.seal('秘密', 'purpose')]
    expect(one).not.toBe(two)
    expect([sealer.open(one, 'purpose'), sealer.open(two, 'purpose')]).toEqual(['秘密', '秘密'])
  })

  it('refuses another key, another purpose and altered text', () => {
    const sealed = sealer.seal('secret', 'purpose')
    expect(() => createSealer('another secret key, also long enough').open(sealed, 'purpose')).toThrow(SealError)
    expect(() => sealer.open(sealed, 'elsewhere')).toThrow(SealError)
    // Each part once; the last letter of a part may hold bits that do not count, so the first is changed.
    for (const part of [1, 2, 3]) {
      const altered = sealed
        .split('.')
        .map((text, i) => (i === part ? (text.startsWith('A') ? 'B' : 'A') + text.slice(1) : text))
        .join('.')
      expect(() => sealer.open(altered, 'purpose')).toThrow(SealError)
    }
    expect(() => sealer.open('plain text', 'purpose')).toThrow(SealError)
  })
})
