import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { deliverySettings } from '#contract/delivery/settings.ts'
import { messageRules } from '#contract/messages/rules.ts'
import { auditActions } from '#contract/people/audit-actions.ts'
import { roleRights } from '#contract/people/rights.ts'
import { dingtalkCredentials, switches } from '#contract/settings.ts'
import { syncSettings } from '#contract/sync/settings.ts'
import { targetOf } from '../../../server/audit/targets.ts'
import english from '../../../src/locales/en-US/people.ts'
import { lookUp } from '../../../src/locales/translate.ts'
import chinese from '../../../src/locales/zh-CN/people.ts'
import { sidesOf } from '../../../src/pages/admin/people/audit/sides.ts'
import { targetWords } from '../../../src/pages/admin/people/audit/target-words.ts'

const shown = vi.hoisted(() => ({ texts: undefined as unknown }))
vi.mock('../../../src/locales/index.ts', () => ({ textFor: (key: string) => lookUp({ people: shown.texts }, key) }))

/** Every name a value of this kind can have in it, however deep. */
function namesIn(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, inner]) => [name, ...namesIn(inner as z.ZodType)])
  if (schema instanceof z.ZodArray)
    return namesIn(schema.element as z.ZodType)
  if (schema instanceof z.ZodRecord)
    return namesIn(schema.valueType as z.ZodType)
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return namesIn(schema.unwrap() as z.ZodType)
  return []
}

describe.each([['zh-CN', chinese], ['en-US', english]] as const)('the audit log in %s', (locale, texts) => {
  it('has words for everything that can be in it, and for the areas of the filter', () => {
    const wordless = auditActions.filter(action => !lookUp(texts, `audit.actions.${action}`))
    expect(wordless).toEqual([])
    const areas = [...new Set(auditActions.map(action => action.split('.')[0]!))]
    expect(areas.filter(area => !lookUp(texts, `audit.areas.${area}`))).toEqual([])
  })

  it('has words for every field whose change it can show, and for what the values are called', () => {
    const names = [dingtalkCredentials, switches, syncSettings, messageRules, deliverySettings, roleRights].flatMap(namesIn)
    expect(names.length).toBeGreaterThan(60)
    expect([...new Set(names)].filter(name => !lookUp(texts, `audit.fields.${name}`))).toEqual([])
    const values = ['own', 'department', 'tree', 'all', 'import', 'export', 'delete', 'transfer', 'announce', 'off', 'stream', 'http', 'dingtalk', 'crm', 'fill', 'keep', 'leader', 'active', 'disabled', 'workbench', 'panel', 'browser']
    expect(values.filter(value => !lookUp(texts, `audit.values.${value}`))).toEqual([])
  })

  it('says what each action was done to', () => {
    const kinds = auditActions.map(action => targetOf(action, {}).type)
    expect([...new Set(kinds)].filter(kind => !lookUp(texts, `audit.targets.${kind}`))).toEqual([])
    shown.texts = texts
    const told = auditActions.map(action => targetWords({ id: null, name: null, ...targetOf(action, { check: 'agentId', id: '4b0f6a0e-0000-4000-8000-000000000000' }) }))
    expect(told.every(words => /\S/.test(words) && !words.includes('4b0f6a0e'))).toBe(true)
    expect(targetWords({ id: null, name: null, ...targetOf('doctor.confirm', { check: 'egressIp' }) })).toBe(locale === 'zh-CN' ? '服务器出口 IP' : 'Egress IP')
  })

  it('shows only what differs, in words, down to the single value', () => {
    shown.texts = texts
    const zh = locale === 'zh-CN'
    const sides = sidesOf({
      before: { schedule: { cron: null, timeZone: 'Asia/Shanghai' }, loginInBrowser: true, scope: 'own' },
      after: { schedule: { cron: '10 2 * * *', timeZone: 'Asia/Shanghai' }, loginInBrowser: false, scope: 'tree' },
      secretChanged: true,
      params: { check: 'scope' },
      expiresAt: '2026-11-26T01:02:03.000Z',
    }, at => `<${at.slice(0, 10)}>`)
    expect(sides).toEqual([
      { field: zh ? '定时 › Cron 表达式' : 'Schedule › Cron expression', before: null, after: '10 2 * * *' },
      { field: zh ? '浏览器登录' : 'Login in the browser', before: zh ? '是' : 'yes', after: zh ? '否' : 'no' },
      { field: zh ? '数据范围' : 'Data scope', before: zh ? '本人' : 'own', after: zh ? '本部门及下级' : 'department and below' },
      { field: zh ? '更换了密钥' : 'Secret replaced', before: null, after: zh ? '是' : 'yes' },
      { field: zh ? '诊断项' : 'Check', before: null, after: 'scope' },
      { field: zh ? '有效期至' : 'Valid until', before: null, after: '<2026-11-26>' },
    ])
  })
})
