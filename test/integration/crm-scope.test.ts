import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { Buffer } from 'node:buffer'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mainKinds, recordKinds } from '#contract/crm/kinds.ts'
import { abilities } from '#contract/people/rights.ts'
import { startApp } from '../support/app.ts'
import { until } from '../support/until.ts'

const secret = '华北绝密'

interface Operation { method: string, template: string, access: string }

/** What changes something without naming a record in its address; each is tried with a body in this file, or touches the caller's own alone. */
const writesWithoutId = new Set([
  'POST /api/crm/:kind',
  'POST /api/crm/:kind/batch/transfer',
  'POST /api/crm/:kind/batch/delete',
  'POST /api/crm/messages/read',
  'POST /api/crm/messages/open',
  // The caller's own.
  'POST /api/crm/pictures',
  'POST /api/crm/imports/:kind',
  'POST /api/crm/login',
  'DELETE /api/crm/login',
  'PUT /api/crm/messages/language',
  'PUT /api/crm/messages/preferences',
  // Administrators'.
  'POST /api/crm/sample-data',
])

/** Somebody of another department, with every ability a role can give, tries every address there is with the ids of records that are none of theirs. */
describe('the data scope, attacked from another department', () => {
  let app: TestApp
  let admin: Client
  let owner: Client
  let thief: Client
  const ids = {} as Record<RecordKind, string>
  const made: CrmRecord[] = []
  let comment: string
  let picture: string
  let job: string
  let operations: Operation[]

  beforeAll(async () => {
    app = await startApp()
    admin = await app.loggedIn('zhangsan')
    await app.sync(admin)
    const { body: { roles } } = await admin.get<ApiOutput<'GET /api/roles'>>('/api/roles')
    for (const { key, scope } of roles) {
      if (key !== 'admin')
        expect((await admin.put(`/api/roles/${key}`, { scope, abilities: [...abilities] })).status).toBe(200)
    }
    owner = await app.loggedIn('lisi')
    thief = await app.loggedIn('sunqi')
    const make = async (kind: RecordKind, values: object) => {
      const { body, status } = await owner.post<CrmRecord>(`/api/crm/${kind}`, { values })
      expect(status, JSON.stringify(body)).toBe(201)
      ids[kind] = body.id
      made.push(body)
    }
    await make('leads', { name: `${secret}线索`, contactName: `${secret}人`, phone: '13912345678' })
    await make('customers', { name: `${secret}客户`, phone: '13987654321' })
    await make('contacts', { name: `${secret}联系人`, customer: ids.customers })
    await make('opportunities', { name: `${secret}商机`, customer: ids.customers, amount: '777777', expectedCloseOn: '2030-01-01' })
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
    const upload = await fetch(`${app.url}/api/crm/pictures`, { method: 'POST', body: png, headers: { 'content-type': 'image/png', 'cookie': owner.cookie() } })
    expect(upload.status, await upload.clone().text()).toBe(201)
    picture = ((await upload.json()) as { id: string }).id
    await make('follow-ups', { content: `${secret}跟进`, customer: ids.customers, pictures: [picture] })
    await make('plans', { content: `${secret}计划`, customer: ids.customers, dueAt: '2020-01-01T00:00:00Z' })
    comment = (await owner.post<{ id: string }>(`/api/crm/follow-ups/${ids['follow-ups']}/comments`, { text: `${secret}评论` })).body.id
    const imported = await fetch(`${app.url}/api/crm/imports/customers?fileName=${encodeURIComponent(secret)}`, { method: 'POST', body: 'x', headers: { 'content-type': 'application/octet-stream', 'cookie': owner.cookie() } })
    job = ((await imported.json()) as { id: string }).id
    const { body: document } = await thief.get<{ paths: Record<string, Record<string, { 'x-access': string }>> }>('/api/openapi.json')
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => ({ method: method.toUpperCase(), template: path.replace(/\{(\w+)\}/g, ':$1'), access: one['x-access'] })))
  })
  afterAll(() => app.close())

  it('finds nothing at any address with an id, whatever is sent', async () => {
    const tried: string[] = []
    for (const { method, template } of operations) {
      if (!template.startsWith('/api/crm/') || !template.includes(':id'))
        continue
      const kinds: readonly string[] = template.includes(':kind') ? (/owners|collaborators/.test(template) ? mainKinds : /comments/.test(template) ? ['follow-ups', 'plans'] : recordKinds) : ['']
      for (const kind of kinds) {
        const id = template.includes('/comments/:id') ? comment : template.includes('/pictures/') ? picture : template.includes('/jobs/') ? job : (ids[kind as RecordKind] ?? ids[(/crm\/(leads|contacts|opportunities|plans)\//.exec(template)?.[1] ?? 'leads') as RecordKind])
        const path = template.replace(':kind', kind).replace(':id', id)
        const body = { values: { name: '改' }, version: 1, stage: 'new', status: 'open', enabled: false, collaborators: [], text: '改', mentions: [], contact: true, duplicates: 'skip' }
        const answer = method === 'GET' ? await thief.get(path) : template.endsWith('/thumb') ? await thief.put(path, 'x', { 'content-type': 'image/jpeg' }) : await ({ POST: thief.post, PUT: thief.put, PATCH: thief.patch, DELETE: thief.delete } as Record<string, (path: string, body?: unknown) => Promise<{ status: number, body: unknown }>>)[method]!(path, method === 'DELETE' ? undefined : body)
        expect([answer.status, (answer.body as { error?: { code: string } }).error?.code], `${method} ${path}`).toEqual([404, 'not_found'])
        tried.push(`${method} ${path}`)
      }
    }
    expect(tried.length).toBeGreaterThan(40)
  })

  it('leaves no address untried, and learns nothing at any of them', async () => {
    expect(operations.filter(({ method, template }) => template.startsWith('/api/crm/') && !template.includes(':id') && method !== 'GET').map(({ method, template }) => `${method} ${template}`).sort()).toEqual([...writesWithoutId].sort())
    const places: Record<string, readonly string[]> = { kind: recordKinds, field: ['owner', 'customer', 'lead', 'contact', 'opportunity', 'mentions'] }
    const expand = (template: string): string[] => {
      const name = /:(\w+)/.exec(template)?.[1]
      return name ? (places[name] ?? Object.values(ids)).flatMap(value => expand(template.replace(`:${name}`, value))) : [template]
    }
    const query = new URLSearchParams({ q: secret, name: `${secret}客户`, phone: '13987654321' }).toString()
    let tried = 0
    for (const { template } of operations.filter(({ method, access }) => method === 'GET' && access !== 'public')) {
      // Streams do not end; exports are read in a test of their own.
      if (/\/(?:live|events|follow)$|\/exports\/|oauth|sso/.test(template))
        continue
      for (const path of expand(template)) {
        const { status, body } = await thief.get<object>(template.includes('/duplicates') ? `${path}?kind=customers&${query}` : template === '/api/crm/search' ? `${path}?q=${encodeURIComponent(secret)}` : path)
        tried++
        expect(status, path).toBeLessThan(500)
        expect(JSON.stringify(body), path).not.toMatch(new RegExp([secret, '777777', '13912345678', '13987654321', ...Object.values(ids).filter(id => !path.includes(id))].join('|')))
      }
    }
    expect(tried).toBeGreaterThan(100)
  })

  it('gets files without a row of another\'s, and from the duplicate check a masked name without a way to it', async () => {
    for (const kind of ['leads', 'customers', 'contacts']) {
      const answer = await fetch(`${app.url}/api/crm/exports/${kind}`, { headers: { cookie: thief.cookie() } })
      expect(answer.status).toBe(200)
      const [sheet] = (await readXlsx(new Uint8Array(await answer.arrayBuffer()))).sheets
      expect(sheet!.rows.flat().join(' ')).not.toContain(secret)
    }
    const duplicates = async (client: Client, query: string) => (await client.get<ApiOutput<'GET /api/crm/duplicates'>>(`/api/crm/duplicates?kind=customers&${query}`)).body.duplicates
    for (const query of [`name=${encodeURIComponent(`${secret}客户`)}`, 'phone=13987654321']) {
      const masked = await duplicates(thief, query)
      expect(masked.length, query).toBeGreaterThan(0)
      for (const one of masked) {
        expect(one).toMatchObject({ id: null, name: expect.stringContaining('*'), owner: { name: '李四' } })
        expect(one.phone ?? '*').toContain('*')
        expect(JSON.stringify(one)).not.toMatch(new RegExp([secret, '13987654321', ...Object.values(ids)].join('|')))
      }
      expect((await duplicates(owner, query))[0]).toMatchObject({ id: ids.customers, name: `${secret}客户` })
    }
  })

  it('cannot be told of it by others, nor open or read the messages of others', async () => {
    const { body: me } = await thief.get<ApiOutput<'GET /api/session'>>('/api/session')
    const mentions = me.kind === 'account' ? [me.account.id] : []
    const mention = await owner.post(`/api/crm/follow-ups/${ids['follow-ups']}/comments`, { text: '看看', mentions })
    expect(mention.error.code).toBe('mention_unseen')
    expect((await admin.post('/api/crm/leads', { values: { name: `${secret}分配`, owner: made[0]!.owner!.id } })).status).toBe(201)
    type Inbox = ApiOutput<'GET /api/crm/messages'>
    // Others (a digest, a reminder) may come at any moment.
    const assigned = async () => (await owner.get<Inbox>('/api/crm/messages')).body.items.find(({ text }) => text.includes(`${secret}分配`))
    const before = await until(assigned)
    await thief.post('/api/crm/messages/read', { ids: [before.id] })
    expect(await assigned()).toEqual(before)
    expect(before.read).toBe(false)
    const foreign = JSON.stringify((await thief.get<Inbox>('/api/crm/messages')).body)
    for (const known of [secret, before.id, ...Object.values(ids)]) expect(foreign).not.toContain(known)
    expect((await thief.post('/api/crm/messages/open', { link: ids.customers })).status).toBe(404)
  })

  it('finds nothing in lists, searches, counts, choices and numbers', async () => {
    const all: string[] = []
    const look = async (path: string) => {
      const { status, body } = await thief.get<object>(path)
      expect([200, 400, 403, 404], path).toContain(status)
      all.push(JSON.stringify(body))
      return body
    }
    for (const kind of recordKinds) {
      for (const query of ['', '?view=mine', '?view=department', '?view=shared', '?view=deleted', `?q=${encodeURIComponent(secret)}`, ...['owner', 'customer'].map(field => `?filters=${encodeURIComponent(JSON.stringify([{ field, op: 'is', value: field === 'owner' ? made[0]!.owner!.id : ids.customers }]))}`)]) {
        const body = (await look(`/api/crm/${kind}${query}`)) as { items?: unknown[], total?: number }
        expect(body.items ?? [], `${kind}${query}`).toEqual([])
        expect(body.total ?? 0).toBe(0)
      }
      expect((await thief.get(`/api/crm/${kind}?of=customers&ofId=${ids.customers}`)).status).toBe(kind === 'customers' ? 400 : 404)
    }
    for (const field of ['lead', 'customer', 'opportunity', 'contact']) {
      await look(`/api/crm/forms/plans/options/${field}?q=${encodeURIComponent(secret)}`)
      await look(`/api/crm/forms/plans/options/${field}?within=${ids.customers}`)
    }
    await look(`/api/crm/search?q=${encodeURIComponent(secret)}`)
    await look('/api/crm/today')
    const overview = (await look('/api/crm/overview?scope=department&period=quarter')) as { newLeads: { value: string }, funnel: Array<{ count: number }> }
    expect(overview.newLeads.value).toBe('0')
    expect(overview.funnel.every(({ count }) => count === 0)).toBe(true)
    expect(all.join('')).not.toContain(secret)
    for (const id of Object.values(ids)) expect(all.join('')).not.toContain(id)
  })

  it('cannot be reached by naming it in something of one\'s own', async () => {
    const lead = (await thief.post<CrmRecord>('/api/crm/leads', { values: { name: '自己的线索' } })).body
    const attempts: Array<[path: string, body: object]> = [
      ['/api/crm/contacts', { values: { name: 'x', customer: ids.customers } }],
      ['/api/crm/opportunities', { values: { name: 'x', customer: ids.customers, amount: '1', expectedCloseOn: '2030-01-01' } }],
      ['/api/crm/follow-ups', { values: { content: 'x', customer: ids.customers } }],
      ['/api/crm/follow-ups', { values: { content: 'x', opportunity: ids.opportunities } }],
      ['/api/crm/follow-ups', { values: { content: 'x', lead: lead.id, pictures: [picture] } }],
      ['/api/crm/follow-ups', { values: { content: 'x', lead: lead.id }, fromPlanId: ids.plans }],
      ['/api/crm/plans', { values: { content: 'x', contact: ids.contacts, dueAt: '2030-01-01T00:00:00Z' } }],
      [`/api/crm/leads/${lead.id}/convert`, { customerId: ids.customers }],
    ]
    for (const [path, body] of attempts) expect([400, 404], path).toContain((await thief.post(path, body)).status)
    for (const kind of mainKinds) {
      const gone = await thief.post<{ done: string[], failed: Array<{ name: string }> }>(`/api/crm/${kind}/batch/delete`, { ids: [ids[kind]] })
      expect(gone.body).toMatchObject({ done: [], failed: [{ name: '' }] })
      const taken = await thief.post<{ done: string[] }>(`/api/crm/${kind}/batch/transfer`, { ids: [ids[kind]], ownerId: lead.owner!.id })
      expect(taken.body.done).toEqual([])
    }
    for (const record of made) expect((await owner.get<CrmRecord>(`/api/crm/${record.kind}/${record.id}`)).body).toMatchObject({ version: 1, values: record.values })
  })
})
