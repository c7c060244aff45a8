import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { checkResult } from '#contract/connection.ts'
import { deliverySettings } from '#contract/delivery/settings.ts'
import { announcementWays } from '#contract/messages/announcements.ts'
import { messageRules } from '#contract/messages/rules.ts'
import { bindingHistory } from '#contract/people/accounts.ts'
import { auditActions } from '#contract/people/audit-actions.ts'
import { roleRights } from '#contract/people/rights.ts'
import { dingtalkCredentials, switches } from '#contract/settings.ts'
import { eventSettings, syncSettings } from '#contract/sync/settings.ts'
import { targetOf } from '../../../server/audit/targets.ts'
import commonEnglish from '../../../src/locales/en-US/common.ts'
import english from '../../../src/locales/en-US/people.ts'
import { lookUp } from '../../../src/locales/translate.ts'
import commonChinese from '../../../src/locales/zh-CN/common.ts'
import chinese from '../../../src/locales/zh-CN/people.ts'
import { sidesOf } from '../../../src/pages/admin/people/audit/sides.ts'
import { targetWords } from '../../../src/pages/admin/people/audit/target-words.ts'

const shown = vi.hoisted(() => ({ texts: undefined as unknown }))
vi.mock('../../../src/locales/index.ts', () => ({
  textFor: (key: string) => lookUp({ people: shown.texts }, key),
  listWords: (things: string[]) => things.join(lookUp({ common: shown.texts === english ? commonEnglish : commonChinese }, 'common.comma')),
}))

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

/** Every choice a value of this kind can be, as `field.choice`. */
function choicesIn(schema: z.ZodType, field = ''): string[] {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, inner]) => choicesIn(inner as z.ZodType, field === 'fields' ? field : name))
  if (schema instanceof z.ZodArray)
    return choicesIn(schema.element as z.ZodType, field)
  if (schema instanceof z.ZodRecord)
    return choicesIn(schema.valueType as z.ZodType, field)
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return choicesIn(schema.unwrap() as z.ZodType, field)
  if (schema instanceof z.ZodPipe)
    return choicesIn(schema.out as z.ZodType, field)
  return schema instanceof z.ZodEnum ? schema.options.map(choice => `${field}.${choice}`) : []
}

describe.each([['zh-CN', chinese], ['en-US', english]] as const)('the audit log in %s', (locale, texts) => {
  it('has words for everything that can be in it, and for the areas of the filter', () => {
    const wordless = auditActions.filter(action => !lookUp(texts, `audit.actions.${action}`))
    expect(wordless).toEqual([])
    const areas = [...new Set(auditActions.map(action => action.split('.')[0]!))]
    expect(areas.filter(area => !lookUp(texts, `audit.areas.${area}`))).toEqual([])
  })

  it('has words for every field whose change it can show, and for what the values are called', () => {
    const shapes = [dingtalkCredentials, switches, syncSettings, messageRules, deliverySettings, roleRights]
    const names = shapes.flatMap(namesIn)
    expect(names.length).toBeGreaterThan(60)
    expect([...new Set(names)].filter(name => !lookUp(texts, `audit.fields.${name}`))).toEqual([])
    const settings = [...shapes, eventSettings.pick({ channel: true }), z.object({ way: z.enum(announcementWays), result: checkResult, source: bindingHistory.shape.source, status: z.enum(['active', 'disabled']) })]
    const choices = settings.flatMap(shape => choicesIn(shape))
    expect(choices).toEqual(expect.arrayContaining(['fields.fill', 'defaultRole.sales', 'source.login', 'parts.leader']))
    expect(choices.filter(choice => !lookUp(texts, `audit.valuesOf.${choice}`))).toEqual([])
  })

  it('says what each action was done to', () => {
    const kinds = auditActions.map(action => targetOf(action, {}).type)
    expect([...new Set(kinds)].filter(kind => !lookUp(texts, `audit.targets.${kind}`))).toEqual([])
    shown.texts = texts
    const told = auditActions.map(action => targetWords({ id: null, name: null, ...targetOf(action, { check: 'agentId', id: '4b0f6a0e-0000-4000-8000-000000000000' }) }))
    expect(told.every(words => /\S/.test(words) && !words.includes('4b0f6a0e'))).toBe(true)
  })

  it('shows only what differs, in words, down to the single value', () => {
    shown.texts = texts
    const zh = locale === 'zh-CN'
    const at = (moment: string) => `<${moment.slice(0, 10)}>`
    const sides = sidesOf({ action: 'settings.update', detail: {
      before: { schedule: { cron: null, timeZone: 'Asia/Shanghai' }, loginInBrowser: true, scope: 'own' },
      after: { schedule: { cron: '10 2 * * *', timeZone: 'Asia/Shanghai' }, loginInBrowser: false, scope: 'tree' },
      secretChanged: true,
      params: { check: 'scope' },
      expiresAt: '2026-11-26T01:02:03.000Z',
    } }, at)
    expect(sides).toEqual([
      { field: zh ? '定时 › Cron 表达式' : 'Schedule › Cron expression', before: null, after: '10 2 * * *' },
      { field: zh ? '浏览器登录' : 'Login in the browser', before: zh ? '是' : 'yes', after: zh ? '否' : 'no' },
      { field: zh ? '数据范围' : 'Data scope', before: zh ? '本人' : 'own', after: zh ? '本部门及下级' : 'department and below' },
      { field: zh ? '更换了密钥' : 'Secret replaced', before: null, after: zh ? '是' : 'yes' },
      { field: zh ? '诊断项' : 'Check', before: null, after: 'scope' },
      { field: zh ? '有效期至' : 'Valid until', before: null, after: '<2026-11-26>' },
    ])
    // The same word in two fields.
    expect(sidesOf({ action: 'binding.bound', detail: { source: 'login', confirmed: ['login', 'corp'] } }, at).map(({ after }) => after)).toEqual(zh ? ['登录时认出', '剩下的登录方式未验证、更换企业'] : ['recognised at login', 'the login left was unproven, another company'])
    expect(sidesOf({ action: 'sync.events.update', detail: { before: 'off', after: 'http' } }, at)).toEqual([{ field: zh ? '事件方式' : 'Event channel', before: zh ? '关闭' : 'off', after: zh ? 'HTTP 推送' : 'HTTP push' }])
    expect(sidesOf({ action: 'sync.settings.update', detail: { before: { fields: { mobile: 'crm' } }, after: { fields: { mobile: 'fill' } } } }, at)).toMatchObject([{ before: 'CRM', after: zh ? '仅补空' : 'fill gaps only' }])
  })
})
