import type { FieldValue, FormDescription, FormField } from '../../../src/components/record-form/types.ts'
import { describe, expect, it } from 'vitest'
import { amount, money, shortAmount } from '../../../src/components/figure/amounts.ts'
import { checkField } from '../../../src/components/record-form/check.ts'
import { useRecordForm } from '../../../src/components/record-form/use-record-form.ts'
import { countCharacters } from '../../../src/components/record-form/values.ts'

const description: FormDescription = {
  groups: [
    {
      title: 'Basics',
      fields: [
        { key: 'name', type: 'text', label: 'Name', required: true, maxLength: 5 },
        { key: 'remark', type: 'textarea', label: 'Remark', maxLength: 10 },
        { key: 'nextStepAt', type: 'datetime', label: 'Next' },
        { key: 'owner', type: 'member', label: 'Owner' },
        { key: 'customer', type: 'record', label: 'Customer', target: { kind: 'customers' } },
        { key: 'contact', type: 'record', label: 'Contact', target: { kind: 'contacts', within: 'customer' } },
        { key: 'way', type: 'radio', label: 'Way', options: [{ value: 'visit', label: 'Visit' }, { value: 'call', label: 'Call' }] },
        { key: 'place', type: 'location', label: 'Place', required: true, shownWhen: [{ field: 'way', values: ['visit'] }] },
      ],
    },
  ],
}
const initial = { name: 'Acme', remark: '', nextStepAt: null, owner: 'a', customer: 'c', contact: 'k', way: null, place: null }

function form() {
  return useRecordForm(() => description, initial)
}

describe('a record form', () => {
  it('can be described as plain data', () => {
    expect(JSON.parse(JSON.stringify(description))).toEqual(description)
  })

  it('knows what changed, and takes space around a text for no change', () => {
    const state = form()
    expect(state.dirty.value).toBe(false)
    state.set('name', ' Acme ')
    state.set('owner', 'a', [{ id: 'a', name: 'Ann B.' }])
    expect(state.dirty.value).toBe(false)
    state.set('name', 'Bcme')
    expect(state.changed.value).toEqual({ name: 'Bcme' })
    state.set('name', 'Acme')
    expect(state.dirty.value).toBe(false)
  })

  it('refuses empty required fields and too long texts, counted as people count', () => {
    const state = form()
    state.set('name', '   ')
    state.set('remark', 'x'.repeat(11))
    expect(state.check()).toBe(false)
    expect(state.issues.value).toEqual({ name: 'required', remark: 'too_long' })
    state.set('name', '😀😀😀😀😀')
    state.set('remark', '👍'.repeat(10))
    expect(state.check()).toBe(true)
  })

  it('looks at a field again as soon as its value changes', () => {
    const state = form()
    state.set('name', '')
    state.check()
    expect(state.issues.value.name).toBe('required')
    state.set('name', 'Bcme')
    expect(state.issues.value).toEqual({})
  })

  it('puts what the server refused at its fields and hands back the rest', () => {
    const state = form()
    const rest = state.takeIssues(
      [
        { path: 'name', message: 'Too short' },
        { path: 'ownerId', message: 'owner_unknown' },
        { path: 'version', message: 'Expected a number' },
      ],
      { ownerId: 'owner' },
    )
    expect(state.issues.value).toEqual({ name: 'Too short', owner: 'owner_unknown' })
    expect(rest.map(issue => issue.path)).toEqual(['version'])
  })

  it('forgets what was chosen within another record', () => {
    const state = form()
    state.set('customer', 'd', [{ id: 'd', name: 'Delta' }])
    expect(state.values.value.contact).toBeNull()
    expect(state.changed.value).toEqual({ customer: 'd', contact: null })
  })

  it('neither asks for nor sends what a condition hides', () => {
    const state = form()
    expect(state.check()).toBe(true)
    state.set('way', 'visit')
    expect(state.check()).toBe(false)
    state.set('place', { code: '', detail: ' Street 1 ' })
    expect(state.check()).toBe(true)
    expect(state.outgoing(state.values.value)).toMatchObject({ way: 'visit', place: { code: '', detail: ' Street 1 ' } })
    state.set('way', 'call')
    expect(state.outgoing(state.values.value)).not.toHaveProperty('place')
  })

  it('starts over from what was saved', () => {
    const state = form()
    state.set('name', 'Bcme')
    state.reset({ ...initial, name: 'Bcme' })
    expect(state.dirty.value).toBe(false)
  })
})

describe('the checks of a field', () => {
  const check = (field: Partial<FormField>, value: FieldValue) => checkField({ key: 'f', type: 'text', label: 'F', ...field }, value)

  it.each([
    ['', 'required'],
    ['  ', 'required'],
    ['Acme', null],
    ['x'.repeat(200), null],
    ['x'.repeat(201), 'too_long'],
    ['😀'.repeat(200), null],
    ['😀'.repeat(201), 'too_long'],
    [`${'x'.repeat(200)}   `, null],
    ['a\u0007b', 'control_characters'],
    ['a\nb', 'control_characters'],
    ['<b>&amp;</b>', null],
  ])('text %j → %s', (value, expected) => {
    expect(check({ required: true, maxLength: 200 }, value)).toBe(expected)
  })

  it.each<[Partial<FormField>, FieldValue, string | null]>([
    [{ type: 'textarea', maxLength: 3000 }, 'line\nline\ttab', null],
    [{ type: 'textarea', maxLength: 3000 }, 'x'.repeat(3001), 'too_long'],
    [{ type: 'amount', decimals: 2 }, '-12.50', null],
    [{ type: 'amount', decimals: 2 }, '1.005', 'too_many_decimals'],
    [{ type: 'amount', min: 0 }, '-1', 'too_small'],
    [{ type: 'amount' }, '1'.repeat(30), 'too_big'],
    [{ type: 'amount' }, '12a', 'number'],
    [{ type: 'number', max: 100 }, 101, 'too_big'],
    [{ type: 'date' }, '2026-03-01', null],
    [{ type: 'date' }, '0026-03-01', 'date_format'],
    [{ type: 'datetime' }, 'tomorrow', 'date_format'],
    [{ type: 'email' }, 'a@b', 'email_format'],
    [{ type: 'email' }, 'a@b.cn', null],
    [{ type: 'link' }, 'javascript:alert(1)', 'link_format'],
    [{ type: 'link' }, 'www.example.com/a', null],
    [{ type: 'phone', format: 'mobile' }, '138 0000 1234', 'phone_format'],
    [{ type: 'phone' }, '(+86) 0571-8888 转 801', null],
    [{ type: 'phone' }, '电话', 'phone_format'],
    [{ type: 'picture', maxItems: 1 }, ['a', 'b'], 'too_many'],
    [{ type: 'select', options: [{ value: 'a', label: 'A' }] }, 'gone', null],
    [{ type: 'unsupported', required: true }, null, null],
    [{ type: 'text', required: true, writable: false }, '', null],
  ])('%o with %j → %s', (field, value, expected) => {
    expect(check(field, value)).toBe(expected)
  })

  it('count an emoji as one', () => {
    expect(countCharacters(' 客户😀 ')).toBe(3)
  })
})

describe('amounts in words', () => {
  it.each([['1234567.80', '¥1,234,567.80'], ['-12.50', '-¥12.50'], ['0', '¥0'], ['abc', 'abc']])('puts the currency before %s', (text, said) => {
    expect(money(text)).toBe(said)
  })

  it.each([
    ['1234567.80', '1,234,567.80', '123 万', '1.2M'],
    ['0', '0', '0', '0'],
    ['9999', '9,999', '9,999', '10K'],
    ['-50000', '-50,000', '-5 万', '-50K'],
    ['123456789012345678.10', '123,456,789,012,345,678.10', '123,457 万亿', '123,457T'],
    ['1000.00', '1,000', '1,000', '1K'],
  ])('%s', (text, full, zh, en) => {
    expect(amount(text)).toBe(full)
    expect(shortAmount(text, 'zh-CN')).toBe(zh)
    expect(shortAmount(text, 'en-US')).toBe(en)
  })
})
