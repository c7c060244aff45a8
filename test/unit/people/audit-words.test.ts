import { describe, expect, it } from 'vitest'
import { auditActions } from '#contract/people/audit-actions.ts'
import english from '../../../src/locales/en-US/people.ts'
import { lookUp } from '../../../src/locales/translate.ts'
import chinese from '../../../src/locales/zh-CN/people.ts'

describe.each([['zh-CN', chinese], ['en-US', english]] as const)('the audit log in %s', (_locale, texts) => {
  it('has words for everything that can be in it, and for the areas of the filter', () => {
    const wordless = auditActions.filter(action => !lookUp(texts, `audit.actions.${action}`))
    expect(wordless).toEqual([])
    const areas = [...new Set(auditActions.map(action => action.split('.')[0]!))]
    expect(areas.filter(area => !lookUp(texts, `audit.areas.${area}`))).toEqual([])
  })
})
