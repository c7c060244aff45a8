import type { FormDescription } from '../../../src/components/record-form/types.ts'
import { describe, expect, it } from 'vitest'
import { customerFields } from '../../../server/contract/crm/legacy.ts'
import { checkField } from '../../../src/components/record-form/check.ts'
import { useRecordForm } from '../../../src/components/record-form/use-record-form.ts'
import { countCharacters } from '../../../src/components/record-form/values.ts'

const description: FormDescription = {
  groups: [
    {
      title: 'Basics',
      fields: [
        { key: 'name', type: 'text', label: 'Name', required: true, max: 5 },
        { key: 'remark', type: 'textarea', label: 'Remark', max: 10 },
        { key: 'nextStepAt', type: 'datetime', label: 'Next' },
        { key: 'owner', type: 'account', label: 'Owner' },
      ],
    },
  ],
}
const ann = { id: 'a', name: 'Ann', avatar: null }
const initial = { name: 'Acme', remark: '', nextStepAt: null, owner: ann }

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
    state.set('owner', { ...ann, name: 'Ann B.' })
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

  it('starts over from what was saved', () => {
    const state = form()
    state.set('name', 'Bcme')
    state.reset({ ...initial, name: 'Bcme' })
    expect(state.dirty.value).toBe(false)
  })
})

describe('the checks of a form', () => {
  const cases = [
    '',
    '  ',
    'Acme',
    'x'.repeat(200),
    'x'.repeat(201),
    '😀'.repeat(200),
    '😀'.repeat(201),
    `${'x'.repeat(200)}   `,
    'a\u0007b',
    'a\nb',
    '<b>&amp;</b>',
  ]
  it.each(cases)('agree with the contract about the name %j', (value) => {
    const field = { key: 'name', type: 'text', label: 'Name', required: true, max: 200 } as const
    expect(checkField(field, value) === null).toBe(customerFields.shape.name.safeParse(value).success)
  })

  it.each(['', 'line\nline\ttab', 'bell\u0007', 'x'.repeat(3000), 'x'.repeat(3001), `${'x'.repeat(3000)}\n`])(
    'agree with the contract about the remark %#',
    (value) => {
      const field = { key: 'remark', type: 'textarea', label: 'Remark', max: 3000 } as const
      expect(checkField(field, value) === null).toBe(customerFields.shape.remark.safeParse(value).success)
    },
  )

  it('count an emoji as one', () => {
    expect(countCharacters(' 客户😀 ')).toBe(3)
  })
})
