import type { FieldDef } from '../../../server/crm/embedded/kinds/index.ts'
import { describe, expect, it } from 'vitest'
import { fieldTypes } from '#contract/crm/forms.ts'
import { formConfig } from '../../../server/crm/cordys/forms/config.ts'
import { describeForm } from '../../../server/crm/cordys/forms/describe.ts'
import { kindOf } from '../../../server/crm/cordys/kinds/index.ts'
import { unpackedSize } from '../../../server/crm/embedded/files/zip-size.ts'
import { readAmount } from '../../../server/crm/embedded/forms/amount.ts'
import { checkValue } from '../../../server/crm/embedded/forms/check.ts'
import { imageInfo } from '../../../server/crm/embedded/pictures/image-size.ts'
import { tokensOf } from '../../../server/crm/embedded/records/keyword.ts'
import { maskName, maskPhone } from '../../../server/crm/embedded/search/mask.ts'
import { nameHolds } from '../../../server/crm/embedded/search/matches.ts'
import { periodAt } from '../../../server/crm/embedded/workbench/periods.ts'
import { regionNames, regionPath } from '../../../server/crm/regions/index.ts'
import fc from '../../support/properties.ts'

const label = { 'zh-CN': '字段', 'en-US': 'Field' }
const field = (given: Partial<FieldDef> & Pick<FieldDef, 'type'>): FieldDef => ({ key: 'f', label, ...given })
const options = [{ value: 'a', label }, { value: 'old', label, retired: true }]

describe('checkValue', () => {
  it('takes no value of a wrong type, whatever it is', () => {
    const anything = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.array(fc.string()), fc.record({ code: fc.string(), detail: fc.string() }), fc.constant(null))
    fc.assert(
      fc.property(fc.constantFrom(...fieldTypes), anything, (type, value) => {
        const checked = checkValue(field({ type, options, maxLength: 50 }), value)
        if ('issue' in checked)
          expect(checked.issue).toMatch(/^[a-z_]+(?::[-\d.]+)?$/)
      }),
    )
  })

  it.each<[Partial<FieldDef> & Pick<FieldDef, 'type'>, unknown, string | { value: unknown }]>([
    [{ type: 'text', required: true }, '  ', 'required'],
    [{ type: 'text' }, null, { value: '' }],
    [{ type: 'text', maxLength: 2 }, '🐱🐱', { value: '🐱🐱' }],
    [{ type: 'text', maxLength: 2 }, '🐱🐱🐱', 'too_long:2'],
    [{ type: 'text' }, 'a\nb', 'control_characters'],
    [{ type: 'textarea' }, ' a\nb ', { value: 'a\nb' }],
    [{ type: 'text' }, '\uD800', 'control_characters'],
    [{ type: 'select', options }, 'old', 'not_an_option'],
    [{ type: 'multi-select', options }, ['a', 'a'], { value: ['a'] }],
    [{ type: 'multi-select', options }, 'a', 'invalid_type'],
    [{ type: 'phone', format: 'mobile' }, '1380000000', 'phone_format'],
    [{ type: 'phone', format: 'free' }, '(+86) 0571-8800 0000 转 12', { value: '(+86) 0571-8800 0000 转 12' }],
    [{ type: 'email' }, 'a@b', 'email_format'],
    [{ type: 'link' }, 'javascript:alert(1)', 'link_format'],
    [{ type: 'link' }, 'www.example.com/a?b=c', { value: 'www.example.com/a?b=c' }],
    [{ type: 'date' }, '2026-02-30', 'date_format'],
    [{ type: 'date' }, '1899-12-31', 'date_too_early:1900'],
    [{ type: 'datetime' }, '2026-06-15T04:00', 'date_format'],
    [{ type: 'datetime' }, '9999-06-15T04:00:00Z', 'date_too_late:2199'],
    [{ type: 'number', min: 0, max: 100, decimals: 0 }, 12.5, 'too_many_decimals:0'],
    [{ type: 'number' }, Number.NaN, 'invalid_type'],
    [{ type: 'record' }, '1; drop table', 'not_found'],
    [{ type: 'location' }, { code: 'x', detail: '' }, 'invalid'],
    [{ type: 'location' }, { code: '', detail: ' ' }, { value: null }],
    [{ type: 'location', regions: true }, { code: '339900', detail: '文一西路' }, 'not_an_option'],
    [{ type: 'location', regions: true }, { code: '330106', detail: '文一西路' }, { value: { code: '330106', detail: '文一西路' } }],
    [{ type: 'picture', maxItems: 1 }, ['a', 'b'], 'too_many:1'],
    [{ type: 'unsupported' }, 'x', 'unknown_field'],
  ])('%o of %j is %j', (given, value, wanted) => {
    expect(checkValue(field(given), value as never)).toEqual(typeof wanted === 'string' ? { issue: wanted } : wanted)
  })
})

describe('readAmount', () => {
  it('keeps every cent of what fits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), (cents) => {
        const text = `${cents < 0 ? '-' : ''}${(cents < 0 ? -cents : cents) / 100n}.${String((cents < 0 ? -cents : cents) % 100n).padStart(2, '0')}`
        expect(readAmount(text, {})).toEqual({ value: cents === 0n ? '0.00' : text })
      }),
    )
  })

  it.each([
    ['1,234,567.8', { value: '1234567.80' }],
    ['007', { value: '7.00' }],
    ['-0', { value: '0.00' }],
    ['0.100', { value: '0.10' }],
    ['0.001', { issue: 'too_many_decimals:2' }],
    ['9'.repeat(30), { issue: 'too_big:100' }],
    [`-${'9'.repeat(30)}`, { issue: 'too_small:0' }],
    ['-0.01', { issue: 'too_small:0' }],
    ['1e5', { issue: 'amount_format' }],
    ['一万', { issue: 'amount_format' }],
    [Number.POSITIVE_INFINITY, { issue: 'invalid_type' }],
  ])('reads %j as %j', (given, wanted) => {
    expect(readAmount(given, { min: 0, max: 'issue' in wanted ? 100 : 10_000_000 })).toEqual(wanted)
  })
})

describe('search tokens', () => {
  it('of a word are all in those of any text that contains it', () => {
    const letters = fc.array(fc.constantFrom(...'abc123上海启远科技🐱- '), { maxLength: 12 }).map(all => all.join(''))
    fc.assert(
      fc.property(letters, letters, letters, (before, word, after) => {
        const all = [...before, ...word, ...after]
        const stored = new Set([1, 2, 3].flatMap(size => all.map((_, at) => all.slice(at, at + size).join(''))))
        for (const token of word.split(' ').flatMap(tokensOf)) expect(stored.has(token)).toBe(true)
      }),
    )
  })

  it('are few where few are enough', () => {
    expect(tokensOf('13800')).toEqual(['138', '380', '800'])
    expect(tokensOf('启远')).toEqual(['启远'])
    expect(tokensOf('启')).toEqual(['启'])
    expect(tokensOf('a')).toEqual([])
    // Where there are none no index leads to candidates, and the company's names are not read one by one.
    expect(nameHolds('customers', 'a b c d')).toBeUndefined()
    expect(nameHolds('customers', '启 远')).toBeDefined()
  })
})

describe('regions', () => {
  it('lie in a city and a province of the table', () => {
    const names = regionNames()
    expect(names.size).toBeGreaterThan(3000)
    expect([...names.keys()].filter(code => ![`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`].every(outer => names.has(outer)))).toEqual([])
    expect([regionPath('330106'), regionPath('330000'), regionPath('110101'), regionPath('999999'), regionPath('')]).toEqual(['浙江省 杭州市 西湖区', '浙江省', '北京市 东城区', '', ''])
  })
})

describe('masks', () => {
  it('show too little to look somebody up', () => {
    expect(maskName('上海启远科技有限公司')).toBe('上海****有限公司')
    expect(maskName('华为')).toBe('华*')
    expect(maskName('')).toBe('*')
    expect(maskPhone('138-0000-1234')).toBe('138****34')
    expect(maskPhone('12345')).toBe('****45')
  })
})

describe('periodAt', () => {
  it.each([
    // Monday the 15th of June, noon in Shanghai.
    ['today', '2026-06-14T16:00:00.000Z', '2026-06-13T16:00:00.000Z', '2026-06-14T04:00:00.000Z'],
    ['week', '2026-06-14T16:00:00.000Z', '2026-06-07T16:00:00.000Z', '2026-06-08T04:00:00.000Z'],
    ['month', '2026-05-31T16:00:00.000Z', '2026-04-30T16:00:00.000Z', '2026-05-15T04:00:00.000Z'],
    ['quarter', '2026-03-31T16:00:00.000Z', '2025-12-31T16:00:00.000Z', '2026-03-17T04:00:00.000Z'],
  ] as const)('compares %s with as much of the one before', (period, from, before, until) => {
    const found = periodAt(period, new Date('2026-06-15T04:00:00Z'))
    expect([found.from, found.before.from, found.before.until].map(at => at.toISOString())).toEqual([from, before, until])
  })

  it('begins weeks on Monday, on Sundays too, and never reaches into the present period', () => {
    expect(periodAt('week', new Date('2026-06-21T15:59:00Z')).from.toISOString()).toBe('2026-06-14T16:00:00.000Z')
    const march = periodAt('month', new Date('2026-03-31T12:00:00Z'))
    expect(march.before.until).toEqual(march.from)
  })
})

describe('files', () => {
  it('are what their bytes say, and broken ones are nothing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), bytes => void [imageInfo(bytes), unpackedSize(bytes)]))
    expect(imageInfo(Uint8Array.from([0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 0, 20, 0, 30]))).toEqual({ type: 'image/jpeg', width: 30, height: 20 })
    expect(imageInfo(Uint8Array.from([0xFF, 0xD8, 0xFF]))).toBeUndefined()
    expect(unpackedSize(new TextEncoder().encode('PK no zip'))).toBeUndefined()
  })
})

describe('a region of Cordys', () => {
  it.each([['detail', 'detail'], [null, 'detail'], ['PCD', 'district'], ['PC', 'city'], ['P', 'province']])('of the depth %s is chosen from the table of regions down to: %s', (locationType, format) => {
    const config = formConfig.parse({ fields: [{ id: '1', name: '地区', type: 'LOCATION', locationType }] })
    expect(describeForm(kindOf('customers'), config, {} as never).fields).toMatchObject([{ type: 'location', writable: true, regions: true, format }])
  })
})
