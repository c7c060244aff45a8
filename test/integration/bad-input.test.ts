import type { CrmRecord } from '#contract/crm/records.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from '../support/app.ts'

describe('bad input', () => {
  let app: TestApp
  let member: Client
  beforeAll(async () => {
    app = await startApp()
    await app.sync(await app.loggedIn('zhangsan'))
    member = await app.loggedIn('lisi')
  })
  afterAll(() => app.close())

  const count = async () => (await member.get<{ total: number }>('/api/crm/customers?view=mine')).body.total

  it.each([
    ['malformed JSON', '{"name": ', 400, 'bad_request'],
    ['JSON that is no object', '[1]', 400, 'validation_failed'],
    ['values that are none', { values: 5 }, 400, 'validation_failed'],
    ['a wrong type', { values: { name: 5 } }, 400, 'validation_failed'],
    ['a missing name', { values: {} }, 400, 'validation_failed'],
    ['a name of spaces', { values: { name: '   ' } }, 400, 'validation_failed'],
    ['a name of 300 characters', { values: { name: '长'.repeat(300) } }, 400, 'validation_failed'],
    ['a NUL character', { values: { name: 'a\0b' } }, 400, 'validation_failed'],
    ['an unknown option', { values: { name: '甲', status: 'sleeping' } }, 400, 'validation_failed'],
    ['a field that is none', { values: { name: '甲', colour: 'red' } }, 400, 'validation_failed'],
    ['an owner that is no id', { values: { name: '甲', owner: 'lisi' } }, 400, 'validation_failed'],
    ['more than 1 MB', { values: { name: '甲', remark: 'x'.repeat(1_100_000) } }, 413, 'payload_too_large'],
  ])('answers %s with a typed error and stores nothing', async (_what, body, status, code) => {
    const before = await count()
    const answer = await member.post('/api/crm/customers', body)
    expect([answer.status, answer.error.code]).toEqual([status, code])
    expect(JSON.stringify(answer.error)).not.toMatch(/\bat .*:\d+/)
    expect(await count()).toBe(before)
  })

  it.each(['😀👩‍👩‍👧‍👦', '<img src=x onerror=alert(1)>', '\'; drop table customer; --', '{{1+1}} %s', '١٢٣ עברית', '𠮷野家'])(
    'stores %s as it is',
    async (text) => {
      const values = { name: text, location: { code: '', detail: text }, remark: `${text}\n${text}` }
      const { status, body } = await member.post<CrmRecord>('/api/crm/customers', { values })
      expect(status).toBe(201)
      expect((await member.get<CrmRecord>(`/api/crm/customers/${body.id}`)).body).toMatchObject({ values })
      const found = await member.get<{ items: CrmRecord[] }>(`/api/crm/customers?q=${encodeURIComponent(text)}`)
      expect(found.body.items.map(item => item.id)).toContain(body.id)
    },
  )

  it('knows no route, method or record that does not exist', async () => {
    expect((await member.get('/api/nothing')).error.code).toBe('not_found')
    expect((await member.put('/api/crm/customers', {})).error.code).toBe('method_not_allowed')
    expect((await member.get('/api/crm/customers/4b0f6a0e-0000-4000-8000-000000000000')).status).toBe(404)
    expect((await member.get('/api/crm/customers/not-an-id')).error.code).toBe('not_found')
    expect((await member.get('/api/crm/nothing')).error.code).toBe('validation_failed')
    expect((await member.get('/api/crm/customers/%E0%A4%A')).status).toBe(400)
    expect((await member.get('/api/crm/customers?limit=100000')).error.code).toBe('validation_failed')
    expect((await member.get('/api/crm/customers?cursor=forged')).error.code).toBe('validation_failed')
  })

  it('refuses cursors that name no moment, and bodies that are not what their encoding says', async () => {
    const cursor = (position: object) => Buffer.from(JSON.stringify(position)).toString('base64url')
    const id = '4b0f6a0e-0000-4000-8000-000000000000'
    for (const at of ['0000-01-01T00:00:00.000000Z', '2024-02-30T00:00:00.000000Z', '2024-13-01T00:00:00.000000Z']) {
      for (const sort of ['updated', '-next'])
        expect((await member.get(`/api/crm/customers?sort=${sort}&cursor=${cursor({ s: sort, v: at, i: id })}`)).error.code).toBe('validation_failed')
    }
    const admin = await app.loggedIn('zhangsan')
    expect((await admin.get(`/api/directory/accounts?cursor=${cursor({ name: 'a\0b', id })}`)).error.code).toBe('validation_failed')
    for (const encoding of ['gzip', 'br', 'deflate', 'lzma'])
      expect((await member.post('/api/crm/customers', 'garbage', { 'content-encoding': encoding })).status).toBeLessThan(500)
  })

  it('refuses what another site\'s page sends', async () => {
    const headers: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const header of headers) {
      expect((await member.post('/api/crm/customers', { values: { name: '外来' } }, header)).error.code).toBe('cross_site')
      expect((await member.delete('/api/session', header)).error.code).toBe('cross_site')
    }
    expect((await member.post('/api/crm/customers', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' })).error.code).toBe(
      'unsupported_media_type',
    )
    expect((await member.post('/api/crm/customers', { values: { name: '自家' } }, { 'origin': app.url, 'sec-fetch-site': 'same-origin' })).status).toBe(201)
  })

  it('words errors in the reader\'s language', async () => {
    const english = await member.post('/api/crm/customers', { values: { name: '' } }, { 'accept-language': 'en-US,en;q=0.9' })
    expect(english.error.issues).toEqual([{ path: 'values.name', message: 'Required' }])
    const chinese = await member.post('/api/crm/customers', { values: { name: '长'.repeat(201) } })
    expect(chinese.error.issues).toEqual([{ path: 'values.name', message: '最多 200 个字' }])
  })
})
