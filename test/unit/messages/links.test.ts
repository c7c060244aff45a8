import { describe, expect, it } from 'vitest'
import { linksTo } from '../../../server/messages/links/links.ts'
import { pathOf, readLink, writeLink } from '../../../server/messages/links/target.ts'
import { foreignLinks, isAllowedLink } from '../../../server/notifications/outbox/allowed-links.ts'
import fc from '../../support/properties.ts'

const base = 'https://crm.example.com/crm'

describe('short links', () => {
  it('name a record of any CRM and read back as the same', () => {
    const kinds = fc.constantFrom('leads', 'customers', 'contacts', 'opportunities', 'follow-ups', 'plans')
    fc.assert(fc.property(kinds, fc.oneof(fc.uuid(), fc.stringMatching(/^[\w-]{1,64}$/)), (record, id) => {
      const target = { kind: 'record', record, id } as const
      expect(readLink(writeLink(target))).toEqual(target)
    }))
    expect(writeLink({ kind: 'record', record: 'customers', id: '0f8fad5b-d9cb-469f-a165-70867728950e' })).toHaveLength(23)
  })

  it('are refused when nobody wrote them', () => {
    for (const link of ['', 'c', 'x', 'xadmin', 'q123', 'c../../admin', 'CTo/../x', 'C'.padEnd(70, 'a'), 'cD4-tW9nLRp-hZXCGdyiVDh']) expect(readLink(link), link).toBeUndefined()
    expect(() => writeLink({ kind: 'record', record: 'customers', id: '../admin' })).toThrow()
  })

  it('lead to pages of ours only', () => {
    fc.assert(fc.property(fc.string(), (link) => {
      const target = readLink(link)
      expect(target === undefined || /^\/(?!\/)/.test(pathOf(target))).toBe(true)
    }))
  })
})

describe('addresses in messages', () => {
  it('open the same page on phone and PC, under a public address with a path', () => {
    const given = { base, corpId: 'ding1', agentId: '42' }
    const { phone, pc, app } = linksTo('xplans', { ...given, pcOpens: 'workbench' })
    expect(phone).toBe('https://crm.example.com/crm/n/xplans')
    expect(new URL(pc).searchParams.get('redirect_url')).toBe(phone)
    expect(new URL(pc).searchParams.get('app_id')).toBe('0_42')
    expect(new URL(app).searchParams.get('url')).toBe(phone)
    expect(new URL(linksTo('xplans', { ...given, pcOpens: 'panel' }).pc).searchParams.get('pc_slide')).toBe('true')
    expect(new URL(linksTo('xplans', { ...given, agentId: null, pcOpens: 'workbench' }).pc).searchParams.get('pc_slide')).toBe('true')
    const long = linksTo('xplans', { ...given, base: `https://crm.example.com/${'很长的路径'.repeat(20)}`, pcOpens: 'workbench' })
    expect(long.app).toBe(long.phone)
    for (const link of [phone, pc, app]) expect(isAllowedLink(link, base), link).toBe(true)
  })

  it('may lead to us and to DingTalk, and nowhere else, not even through DingTalk', () => {
    const wrap = (url: string) => `https://applink.dingtalk.com/page/link?url=${encodeURIComponent(url)}`
    for (const good of [`${base}/customers/1`, base, wrap(`${base}/x`), 'dingtalk://dingtalkclient/page/link?url=', `${wrap(base)}&path=%2Fn%2F1`]) expect(isAllowedLink(good, base), good).toBe(true)
    const bad = [
      'https://evil.example',
      'https://crm.example.com/other',
      'https://crm.example.com/crmx',
      'https://crm.example.com.evil.example/crm',
      'https://user@crm.example.com/crm',
      'http://crm.example.com/crm',
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil.example',
      'https://applink.dingtalk.com.evil.example/',
      'http://applink.dingtalk.com/page/link',
      wrap('https://evil.example'),
      wrap(wrap('https://evil.example')),
      `${wrap(base)}&path=//evil.example`,
      'dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fevil.example',
      `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(base)}&url=https://evil.example`,
    ]
    for (const link of bad) expect(isAllowedLink(link, base), link).toBe(false)
  })

  it('are found in what people write', () => {
    const text = `看这里：https://evil.example/a，或 www.evil.example。我们的：${base}/customers/1`
    expect(foreignLinks(text, base)).toEqual(['https://evil.example/a', 'www.evil.example'])
  })

  it('are found in whatever form a client could make a link of', () => {
    const bad = [
      '[x](//evil.com)',
      '[x](evil.com/a)',
      '![](//evil.com/x.png)',
      '[x](mailto:a@evil.com)',
      '[x](javascript:alert(1))',
      'javascript:alert(1)',
      'mailto:a@evil.com',
      '[x]( <https://evil.example> "title")',
      '[x](/customers/1)',
      '[x]({{record}})',
      '[x]: evil.com',
      '<img src=//evil.com>',
      '看evil.com',
      'see evil.io, please',
      'evil.example/login',
      '//evil.example',
      'https:evil.com',
      'HTTPS://EVIL.COM',
      `[x](https://applink.dingtalk.com/page/link?url=https%3A%2F%2Fevil.example)`,
    ]
    for (const text of bad) expect(foreignLinks(text, base), text).not.toEqual([])
    const good = [
      `[x](${base}/customers/evil.com/1)`,
      `crm.example.com/crm/plans，请看`,
      `![](${base}/message.png)`,
      'Node.js 24, v1.2.3, report.xlsx, and/or, a // b, 10:30, 3.5/5.0, e.g. this [1] (or that)',
      '请发邮件到 it@example.com',
    ]
    for (const text of good) expect(foreignLinks(text, base), text).toEqual([])
  })
})
