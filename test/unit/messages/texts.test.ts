import type { MessageFormat } from '#contract/messages/index.ts'
import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { messageFormats, messageKinds } from '#contract/messages/index.ts'
import { checkNotification } from '../../../server/dingtalk/index.ts'
import { render } from '../../../server/messages/publish/render.ts'
import { settingOut } from '../../../server/messages/publish/setting-out.ts'
import { fill, variablesIn } from '../../../server/messages/texts/fill.ts'
import { defaultTexts, sampleValues } from '../../../server/messages/texts/index.ts'
import { jsonBytes, shorten, units } from '../../../server/messages/texts/shorten.ts'
import { variablesOf } from '../../../server/messages/texts/variables.ts'
import fc from '../../support/properties.ts'

const links = { base: 'https://crm.example.com/crm', corpId: 'ding1234567890', agentId: '123456', pcOpens: 'workbench' } as const
const family = '👨‍👩‍👧‍👦'
/** Texts of all sorts: Chinese, emoji of many units, quotes and line breaks that JSON makes longer, lone surrogates. */
const anyText = fc.array(fc.oneof(fc.constantFrom('客户', '报价', ' word ', family, 'é', '"', '\n', '\\', '\u{1F600}', '\uD800', '。'), fc.string()), { maxLength: 400 }).map(parts => parts.join(''))

describe('shortening', () => {
  it('keeps what fits, cuts at a word, and never inside a character', () => {
    expect(shorten('短文字', 50, units)).toBe('短文字')
    expect(shorten('the quotation was sent', 15, units)).toBe('the quotation…')
    expect(shorten(family.repeat(5), 30, units)).toBe(`${family}${family}…`)
    expect(shorten('anextremelylongwordwithoutanyspace', 11, units)).toBe('anextremel…')
    expect(shorten('客户', 2, jsonBytes)).toBe('')
  })

  it('fits the limit whatever the text, and what is kept begins it', () => {
    fc.assert(fc.property(anyText, fc.integer({ min: 3, max: 600 }), (text, limit) => {
      const short = shorten(text, limit, jsonBytes)
      expect(jsonBytes(short)).toBeLessThanOrEqual(limit)
      expect(short.isWellFormed()).toBe(true)
      expect(text.toWellFormed().startsWith(short.replace(/…$/, ''))).toBe(true)
    }))
  })

  it('takes 100 kB in its stride', () => {
    expect(Buffer.byteLength(shorten('长'.repeat(34_000), 500, jsonBytes))).toBeLessThanOrEqual(500)
  })
})

describe('templates', () => {
  it('put values in their places, a dash where one is missing, and never read a value as a template', () => {
    expect(fill('{{actor}}：{{ record }}', { actor: '{{record}}', record: '启远' }, value => value)).toBe('{{record}}：启远')
    expect(fill('{{actor}}', {}, value => value)).toBe('—')
    expect(fill('{{constructor}}', {}, value => value)).toBe('—')
    for (const unknown of ['record_name', '客户', 'x1', ' a b ', '']) {
      expect(variablesIn(`{{${unknown}}}`)).toEqual([unknown.trim()])
      expect(fill(`{{${unknown}}}!`, { record: 'x' }, value => value)).toBe('—!')
    }
    expect(variablesIn('{{record}} {{actor')).toEqual(['record', 'actor'])
  })

  it('leave no markdown, HTML or address in a value', () => {
    const { title, text } = render({ title: '{{record}}', text: '**{{record}}**' }, { record: '[x](https://evil.example) <img src=x> **b** # `c`\nnext &lt; www.evil.example' })
    expect(text.markdown.slice(2, -2)).not.toMatch(/[*_`[\]<>#&\n]|:\/\/|www\./)
    expect(text.plain).not.toMatch(/:\/\/|www\./)
    expect(title).not.toMatch(/:\/\/|\n/)
  })

  it('use only variables their kind has, in both languages', () => {
    for (const kind of messageKinds) {
      for (const texts of Object.values(defaultTexts(kind)))
        expect(Object.keys(variablesOf[kind])).toEqual(expect.arrayContaining(variablesIn(texts.title + texts.text)))
    }
  })
})

describe('messages', () => {
  it('of every kind, form and language fit DingTalk with their sample values', () => {
    for (const kind of messageKinds) {
      for (const format of messageFormats) {
        for (const locale of ['zh-CN', 'en-US'] as const) {
          const { title, text } = render(defaultTexts(kind)[locale], sampleValues(kind)[locale])
          const message = settingOut(format, { title, text, author: '李四', at: new Date(), link: 'xmessages' }, locale, links)
          expect(() => checkNotification('test', { userids: ['u'], message }), `${kind} ${format} ${locale}`).not.toThrow()
          expect(JSON.stringify(message)).not.toContain('{{')
        }
      }
    }
  })

  it('fit 2,048 bytes whatever they say', () => {
    fc.assert(fc.property(anyText, anyText, fc.constantFrom<MessageFormat>(...messageFormats), (title, text, format) => {
      const said = render({ title: title || 'x', text: text + text }, {})
      const message = settingOut(format, { ...said, author: '李四', at: new Date(0), link: 'c'.padEnd(23, 'x') }, 'zh-CN', links)
      expect(() => checkNotification('test', { userids: ['u'], message })).not.toThrow()
    }), { numRuns: 300 })
  })

  it('fit at the border too: long Chinese texts, titles, names and addresses', () => {
    const han = (minLength: number, maxLength: number) => fc.integer({ min: minLength, max: maxLength }).map(length => '客户报价'.repeat(length).slice(0, length))
    const path = fc.integer({ min: 0, max: 300 }).map(length => 'p'.repeat(length))
    fc.assert(fc.property(han(1, 60), han(400, 1000), han(0, 30), path, fc.constantFrom<MessageFormat>(...messageFormats), (title, text, author, path, format) => {
      const message = settingOut(format, { ...render({ title, text }, {}), author, at: new Date(0), link: 'c'.padEnd(23, 'x') }, 'zh-CN', { ...links, base: `https://crm.example.com/${path}` })
      expect(() => checkNotification('test', { userids: ['u'], message })).not.toThrow()
    }), { numRuns: 500 })
  })
})
