import { describe, expect, it } from 'vitest'
import { regionNames, regionPath } from '../../../server/crm/regions/index.ts'
import { readRegion } from '../../../server/crm/regions/read.ts'

describe('the region an address begins with', () => {
  it.each([
    ['浙江省 杭州市 西湖区 文三路 1 号', '330106', '文三路 1 号'],
    ['浙江省杭州市西湖区文三路1号', '330106', '文三路1号'],
    ['杭州市西湖区文三路1号', '330106', '文三路1号'],
    ['北京市 东城区 长安街', '110101', '长安街'],
    ['北京市北京市东城区长安街', '110101', '长安街'],
    ['浙江省', '330000', ''],
    ['浙江大厦 3 层', '', '浙江大厦 3 层'],
    ['文三路 1 号', '', '文三路 1 号'],
    ['', '', ''],
  ])('%s', (text, code, detail) => {
    expect(readRegion(text)).toEqual({ code, detail })
  })

  it('is the one a file shows, for every region there is', () => {
    const lost = [...regionNames().keys()].filter(code => regionPath(readRegion(`${regionPath(code)} 某路 1 号`).code) !== regionPath(code))
    expect(lost).toEqual([])
  })
})
