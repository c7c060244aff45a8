import { describe, expect, it } from 'vitest'
import { regionPath } from '../../../server/crm/regions/index.ts'
import { regionsMeant } from '../../../server/crm/regions/meant.ts'

describe('regions that a word names', () => {
  it.each([
    ['浙江', ['33']],
    ['杭州市', ['3301']],
    ['杭州市西湖', ['330106']],
    ['北京', ['11']],
    ['区', []],
    ['火星市', []],
  ])('%s', (word, digits) => expect(regionsMeant(word)).toEqual(digits))

  it('may be several, and each is one', () => {
    const found = regionsMeant('西湖区')
    expect(found).toContain('330106')
    for (const digits of found) expect(regionPath(digits)).toContain('西湖区')
  })
})
