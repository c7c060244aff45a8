import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { Buffer } from 'node:buffer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { crmRoutes } from '#contract/crm/index.ts'
import { mainKinds, recordKinds } from '#contract/crm/kinds.ts'
import { startApp } from '../support/app.ts'

const secret = '华北绝密'

/** Somebody of another department tries every address of the CRM with the ids of records that are none of theirs. */
describe('the data scope, attacked from another department', () => {
  let app: TestApp
  let owner: Client
  let thief: Client
  const ids = {} as Record<RecordKind, string>
  const made: CrmRecord[] = []
  let comment: string
  let picture: string
  let job: string

  beforeAll(async () => {
    app = await startApp()
    const admin = await app.loggedIn('zhangsan')
    await app.sync(admin)
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
    const upload = await fetch(`${app.url}/api/crm/pictures`, { method: 'POST', body: png, headers: { 'content-type': 'image/png', 'cookie': [...owner.cookies].map(pair => pair.join('=')).join('; ') } })
    expect(upload.status, await upload.clone().text()).toBe(201)
    picture = ((await upload.json()) as { id: string }).id
    await make('follow-ups', { content: `${secret}跟进`, customer: ids.customers, pictures: [picture] })
    await make('plans', { content: `${secret}计划`, customer: ids.customers, dueAt: '2020-01-01T00:00:00Z' })
    comment = (await owner.post<{ id: string }>(`/api/crm/follow-ups/${ids['follow-ups']}/comments`, { text: `${secret}评论` })).body.id
    const imported = await fetch(`${app.url}/api/crm/imports/customers?fileName=${encodeURIComponent(secret)}`, { method: 'POST', body: 'x', headers: { 'content-type': 'application/octet-stream', 'cookie': [...owner.cookies].map(pair => pair.join('=')).join('; ') } })
    job = ((await imported.json()) as { id: string }).id
  })
  afterAll(() => app.close())

  it('finds nothing at any address with an id, whatever is sent', async () => {
    const tried: string[] = []
    for (const key of Object.keys(crmRoutes)) {
      const [method = '', template = ''] = key.split(' ')
      if (!template.includes(':id'))
        continue
      const kinds: readonly string[] = template.includes(':kind') ? (/owners|collaborators/.test(template) ? mainKinds : /comments/.test(template) ? ['follow-ups', 'plans'] : recordKinds) : ['']
      for (const kind of kinds) {
        const id = template.includes('/comments/:id') ? comment : template.includes('/pictures/') ? picture : template.includes('/jobs/') ? job : (ids[kind as RecordKind] ?? ids[/crm\/(leads|contacts|opportunities|plans)\//.exec(template)![1] as RecordKind])
        const path = template.replace(':kind', kind).replace(':id', id)
        const body = { values: { name: '改' }, version: 1, stage: 'new', status: 'open', enabled: false, collaborators: [], text: '改', mentions: [], contact: true, duplicates: 'skip' }
        const answer = method === 'GET' ? await thief.get(path) : template.endsWith('/thumb') ? await thief.put(path, 'x', { 'content-type': 'image/jpeg' }) : await ({ POST: thief.post, PUT: thief.put, PATCH: thief.patch, DELETE: thief.delete } as Record<string, (path: string, body?: unknown) => Promise<{ status: number, body: unknown }>>)[method]!(path, method === 'DELETE' ? undefined : body)
        expect([answer.status, (answer.body as { error?: { code: string } }).error?.code], `${method} ${path}`).toEqual([404, 'not_found'])
        tried.push(`${method} ${path}`)
      }
    }
    expect(tried.length).toBeGreaterThan(40)
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
      for (const query of ['', '?view=mine', '?view=department', '?view=shared', '?view=deleted', `?q=${encodeURIComponent(secret)}`, `?filters=${encodeURIComponent(JSON.stringify([{ field: 'owner', op: 'is', value: made[0]!.owner!.id }]))}`]) {
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
    await look('/api/crm/exports/customers')
    await look(`/api/crm/duplicates?kind=customers&name=${encodeURIComponent(`${secret}客户`)}&phone=13987654321`)
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
