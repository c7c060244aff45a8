import type { FormSpec } from '#contract/crm/forms.ts'
import type { CrmLogin } from '#contract/crm/login.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import type { ApiOutput } from '#contract/index.ts'
import type { Client } from '../support/client.ts'
import type { CrmServer } from '../support/gateways.ts'
import { randomUUID } from 'node:crypto'
import { like, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { cordysLogins, cordysServer } from '../support/gateways.ts'
import { until } from '../support/until.ts'

/** What is Cordys's own: sessions, traps of its transport, and saving without losing anything. */
describe('a Cordys CRM server', () => {
  let server: CrmServer
  let seller: Client
  let made = 0
  const cordys = () => server.cordys!
  const { username, password } = cordysLogins.zhaoliu!

  beforeAll(async () => {
    server = await cordysServer({}, { CORDYS_SSO: 'auto', LOG_LEVEL: 'debug' })
    seller = await server.person('zhaoliu')
  })
  afterEach(() => cordys().control.clearFaults())
  afterAll(() => server?.close())

  const standing = async (client: Client) => (await client.get<CrmLogin>('/api/crm/login')).body
  const customers = (client: Client, query = '') => client.get<ApiOutput<'GET /api/crm/:kind'>>(`/api/crm/customers?limit=5${query}`)
  const newCustomer = async (values: object = {}) => (await seller.post<CrmRecord>('/api/crm/customers', { values: { name: `思远 ${randomUUID()}`, ...values } })).body
  const newContact = async (customer: string) => (await seller.post<CrmRecord>('/api/crm/contacts', { values: { customer, name: '陈芳', phone: `138${String(20_000_000 + ++made)}` } })).body
  const fieldId = (name: string) => cordys().control.forms().customer.fields.find(field => field.name === name)!.id
  const stored = (id: string) => Object.fromEntries(cordys().control.customers().find(row => row.id === id)!.moduleFields.map(({ fieldId, fieldValue }) => [fieldId, fieldValue]))

  describe('connecting', () => {
    it('asks for it first, offers nothing before, and then shows what the person may do there', async () => {
      const fresh = await server.loggedIn('lisi')
      expect(await standing(fresh)).toEqual({ state: 'missing', user: null, sso: false })
      expect((await fresh.get<ApiOutput<'GET /api/crm/capabilities'>>('/api/crm/capabilities')).body).toMatchObject({ crm: 'cordys', loginRequired: true, kinds: [] })
      expect((await customers(fresh)).error).toMatchObject({ code: 'crm_login_required' })

      const { body } = await fresh.post<CrmLogin>('/api/crm/login', cordysLogins.lisi)
      expect(body).toMatchObject({ state: 'connected', user: { name: '李四' } })
      const can = (await fresh.get<ApiOutput<'GET /api/crm/capabilities'>>('/api/crm/capabilities')).body
      expect(can.kinds.map(({ kind, create, batchTransfer, batchDelete }) => ({ kind, create, batchTransfer, batchDelete }))).toEqual([
        { kind: 'customers', create: true, batchTransfer: true, batchDelete: false },
        { kind: 'contacts', create: true, batchTransfer: false, batchDelete: false },
        { kind: 'follow-ups', create: true, batchTransfer: false, batchDelete: false },
      ])
      expect(can.kinds[0]!.views).toEqual(['all', 'mine', 'department', 'shared'])
    })

    it('leaves who sees what to Cordys, and says so', async () => {
      const admin = await server.loggedIn('zhangsan')
      type Roles = ApiOutput<'GET /api/roles'>
      const { body: { roles, elsewhere } } = await admin.get<Roles>('/api/roles')
      expect(elsewhere).toBe(true)
      const { scope, abilities } = roles.find(({ key }) => key === 'sales')!
      const put = (body: object) => admin.put<Roles>('/api/roles/sales', { scope, abilities, ...body })
      expect((await put({ scope: 'all' })).error.code).toBe('rights_elsewhere')
      expect((await put({ abilities: abilities.includes('delete') ? [] : ['delete'] })).error.code).toBe('rights_elsewhere')
      expect((await put({ abilities: [...abilities, 'announce'] })).body.roles.find(({ key }) => key === 'sales')!.abilities).toContain('announce')
      await put({})
      const { body: { account: { id } } } = await (await server.loggedIn('lisi')).get<{ account: { id: string } }>('/api/session')
      expect((await admin.get<ApiOutput<'GET /api/accounts/:id/sight'>>(`/api/accounts/${id}/sight`)).body).toMatchObject({ rights: { elsewhere: true }, owners: null, records: [] })
      expect((await admin.get<ApiOutput<'GET /api/accounts/:id'>>(`/api/accounts/${id}`)).body).toMatchObject({ elsewhere: true, records: [] })
      const [second] = await server.database.db.insert(tables.account).values({ name: '李四' }).returning()
      expect((await admin.get<ApiOutput<'GET /api/accounts/:id/merge'>>(`/api/accounts/${id}/merge?from=${second!.id}`)).body).toMatchObject({ elsewhere: true, records: [] })
    })

    it('keeps the session sealed, and the password nowhere', async () => {
      const { rows } = (await server.database.db.execute(sql`select * from cordys_session`)) as unknown as { rows: object[] }
      expect(rows.length).toBeGreaterThan(0)
      const everything = JSON.stringify(rows) + server.log()
      for (const secret of [password, cordys().control.sessions().at(-1)!, 'csrf-token'])
        expect(everything).not.toContain(secret)
      expect(JSON.stringify((await seller.get('/api/crm/login')).body)).not.toMatch(/sealed|csrf/i)
    })

    it('words a refused password, and stops guessing', async () => {
      const guesser = await server.loggedIn('wangwu')
      const answers = []
      for (let index = 0; index < 7; index++)
        answers.push(await guesser.post('/api/crm/login', { username: '13800001003', password: `wrong ${index}` }))
      expect(answers.map(({ error }) => error.code)).toEqual([...Array.from({ length: 5 }).fill('crm_login_refused'), 'rate_limited', 'rate_limited'])
      expect(answers[6]!.error.retryAfter).toBeGreaterThan(60)
      expect((await guesser.post('/api/crm/login', { username: '长'.repeat(60), password: 'x' })).error.code).toBe('validation_failed')
    })

    it('tells when the session is over, goes on after connecting again, and ends it on wish', async () => {
      cordys().control.expireSessions()
      const failed = await Promise.all([customers(seller), customers(seller), customers(seller)])
      expect(failed.map(({ error }) => error.code)).toEqual(Array.from({ length: 3 }).fill('crm_login_required'))
      expect(await standing(seller)).toMatchObject({ state: 'ended', user: { name: '赵六' } })

      await Promise.all([seller.post('/api/crm/login', { username, password }), seller.post('/api/crm/login', { username, password })])
      expect((await customers(seller)).status).toBe(200)
      expect(cordys().control.sessions()).toHaveLength(1)

      expect((await seller.delete<CrmLogin>('/api/crm/login')).body.state).toBe('missing')
      expect(cordys().control.sessions()).toHaveLength(0)
      expect((await customers(seller)).error.code).toBe('crm_login_required')
      await seller.post('/api/crm/login', { username, password })
    })

    it('comes in by DingTalk\'s login where Cordys has the same app, and says why it cannot', async () => {
      const { app, platformUrl } = server.sandbox
      cordys().control.settings({ dingtalk: { agentId: app.clientId, appSecret: app.clientSecret, corpId: app.corpId, apiBase: platformUrl, oapiBase: platformUrl } })
      // Somebody's session shows it; from then on it is offered.
      await seller.post('/api/crm/login', { username, password })
      const newcomer = await server.loggedIn('wangwu')
      expect((await standing(newcomer)).sso).toBe(true)

      /** Through DingTalk's page, to the address it sends the browser back to. */
      async function backFromDingTalk(client: Client, userid: string, returnTo: string): Promise<string> {
        const start = await client.get(`/api/crm/login/sso/start?returnTo=${returnTo}`)
        const page = await fetch(`${start.headers.get('location')}&loginAs=${userid}`, { redirect: 'manual' })
        const back = new URL(page.headers.get('location')!)
        return back.pathname + back.search
      }
      const stolen = await seller.get(await backFromDingTalk(newcomer, 'wangwu', '/'))
      expect(stolen.headers.get('location')).toContain('problem=oauth_state_invalid')
      const done = await newcomer.get(await backFromDingTalk(newcomer, 'wangwu', '/records/customers'))
      expect(done.headers.get('location')).toBe(`${server.url}/records/customers`)
      expect(await standing(newcomer)).toMatchObject({ state: 'connected', user: { name: '王五' } })

      cordys().control.changeUser('wujiu', { resourceUserId: null })
      const unknown = await server.loggedIn('wujiu')
      const refused = await unknown.get(await backFromDingTalk(unknown, 'wujiu', '//evil.example.com'))
      expect(refused.headers.get('location')).toBe(`${server.url}/crm-login?problem=crm_login_refused&returnTo=%2F`)
    })
  })

  describe('saving', () => {
    it('sends the full set: what the form hides, cannot edit or does not know is still there', async () => {
      const { id } = (await customers(seller, '&sort=created')).body.items[0]!
      const before = stored(id)
      expect(Object.keys(before)).toEqual(expect.arrayContaining([fieldId('财务编码'), fieldId('客户编号'), fieldId('客户标签')]))
      const record = (await seller.get<CrmRecord>(`/api/crm/customers/${id}`)).body
      expect(record.values).not.toHaveProperty(fieldId('财务编码'))
      expect([record.display[fieldId('客户标签')], record.values[fieldId('客户标签')]]).toEqual(['重点跟进', '重点跟进'])

      const answer = await seller.patch<CrmRecord>(`/api/crm/customers/${id}`, { values: { ...record.values, [fieldId('员工人数')]: 77, [fieldId('备注')]: null }, version: record.version })
      expect(answer.error).toBeUndefined()
      const { [fieldId('备注')]: _gone, ...rest } = before
      expect(stored(id)).toEqual({ ...rest, [fieldId('员工人数')]: 77 })
      expect(answer.body.owner).toEqual(record.owner)
    })

    it('makes one record although the answer was lost, also of a follow-up', async () => {
      const customer = await newCustomer()
      const requestKey = randomUUID()
      const draft = { values: { customer: customer.id, content: '只记一次 😀', at: '2026-05-01', method: '1', contact: (await newContact(customer.id)).id }, requestKey }
      cordys().control.addFaults({ path: '/follow/record/add', kind: 'lost-answer', times: 1 })
      expect((await seller.post('/api/crm/follow-ups', draft)).error.code).toBe('crm_unreachable')
      const again = await seller.post<CrmRecord>('/api/crm/follow-ups', draft)
      expect(again.status).toBe(201)
      expect((await seller.post<CrmRecord>('/api/crm/follow-ups', draft)).body.id).toBe(again.body.id)
      const { body } = await seller.get<ApiOutput<'GET /api/crm/:kind'>>(`/api/crm/follow-ups?of=customers&ofId=${customer.id}`)
      expect(body.total).toBe(1)
    })

    it('looks at the customer itself before writing about it, and lets nobody change another\'s follow-up', async () => {
      const customer = await newCustomer()
      const contact = (await newContact(customer.id)).id
      const mine = await seller.post<CrmRecord>('/api/crm/follow-ups', { values: { customer: customer.id, content: '我的跟进', method: '2', contact } })
      const leader = await server.loggedIn('wangwu')
      const stranger = await server.person('sunqi')
      const values = { customer: customer.id, content: '越权', method: '2', contact }
      expect((await stranger.post('/api/crm/follow-ups', { values })).error.issues).toEqual([expect.objectContaining({ path: 'values.customer' })])
      expect(cordys().control.calls('/follow/record/add').at(-1)?.userId).toBe(mine.body.owner!.id)
      const seen = (await leader.get<CrmRecord>(`/api/crm/follow-ups/${mine.body.id}`)).body
      expect(seen.rights).toEqual([])
      expect((await leader.patch(`/api/crm/follow-ups/${seen.id}`, { values: { content: '改' }, version: seen.version })).error.code).toBe('forbidden')
    })

    it('refuses what a field may not refer to: Cordys stores any id, and answers with its name', async () => {
      const stranger = await server.person('sunqi')
      const foreign = (await stranger.post<CrmRecord>('/api/crm/customers', { values: { name: `别人的 ${randomUUID()}` } })).body
      const own = await newCustomer()
      const contact = await newContact(own.id)
      const writes = () => cordys().control.calls().filter(({ path }) => /\/(?:add|update)$/.test(path)).length
      const before = writes()
      const wrong = { [fieldId('上级客户')]: foreign.id, [fieldId('服务团队')]: ['10000'], [fieldId('服务部门')]: '10000', owner: '10000' }
      const made = await seller.post('/api/crm/customers', { values: { name: `引用 ${randomUUID()}`, ...wrong } })
      expect(made.error.issues?.map(({ path }) => path).sort()).toEqual(Object.keys(wrong).map(key => `values.${key}`).sort())
      const changed = await seller.patch(`/api/crm/customers/${own.id}`, { values: { [fieldId('上级客户')]: foreign.id }, version: own.version })
      expect(changed.error.issues).toEqual([expect.objectContaining({ path: `values.${fieldId('上级客户')}` })])
      const moved = await seller.patch(`/api/crm/contacts/${contact.id}`, { values: { customer: foreign.id }, version: contact.version })
      expect(moved.error.issues).toEqual([expect.objectContaining({ path: 'values.customer' })])
      expect(writes()).toBe(before)
      expect((await seller.patch<CrmRecord>(`/api/crm/customers/${own.id}`, { values: { [fieldId('上级客户')]: (await newCustomer()).id }, version: own.version })).error).toBeUndefined()
    })

    it('makes a form of a form that says less than the stock one', async () => {
      const { body } = await seller.get<FormSpec>('/api/crm/forms/follow-ups')
      const labels = body.fields.map(({ label }) => label)
      expect(labels).toContain('跟进内容')
      // Of leads alone, by a show rule.
      expect(labels).not.toContain('线索反馈')
      const field = (key: string) => body.fields.find(each => each.key === key)!
      expect(field('owner').default).toBe((await standing(seller)).user!.id)
      expect(field('at')).toMatchObject({ type: 'date', default: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })

      const odd = cordys().control.forms().customer.fields.find(({ name }) => name === '公司电话')!
      Object.assign(odd, { format: 255, placeholder: 12, description: {}, options: [{ label: null }], businessKey: '' })
      await server.person('zhouba').then(fresh => fresh.get<FormSpec>('/api/crm/forms/customers')).then(({ body }) =>
        expect(body.fields.find(({ label }) => label === '公司电话')).toMatchObject({ type: 'phone', format: 'free' }))
      Object.assign(odd, { format: '255', placeholder: null, description: null, options: undefined, businessKey: null })
    })

    it('passes Cordys\'s own words on where it refuses, and never a stack trace', async () => {
      cordys().control.settings({ capacity: 1 })
      const full = await seller.post('/api/crm/customers', { values: { name: `满了 ${randomUUID()}` } })
      cordys().control.settings({ capacity: null })
      expect(full.error).toMatchObject({ code: 'crm_refused', help: expect.stringContaining('库容不足') })
      cordys().control.addFaults({ path: '/account/add', kind: 'business', message: 'java.lang.NullPointerException: boom\n\tat cn.cordys.X', times: 1 })
      const broken = await seller.post('/api/crm/customers', { values: { name: `坏了 ${randomUUID()}` } })
      expect(broken.error.code).toBe('crm_refused')
      expect(JSON.stringify(broken.error)).not.toContain('java')
      const inUse = await newCustomer()
      const admin = await server.person('zhangsan')
      await seller.post('/api/crm/contacts', { values: { customer: inUse.id, name: '在用', phone: '13912340000' } })
      expect((await admin.delete(`/api/crm/customers/${inUse.id}`)).error.code).toBe('record_in_use')
    })
  })

  it('shows contacts and follow-ups to whom they concern, whatever Cordys itself would answer', async () => {
    const customer = await newCustomer()
    const contact = await newContact(customer.id)
    const note = (await seller.post<CrmRecord>('/api/crm/follow-ups', { values: { customer: customer.id, content: '内部', method: '1', contact: contact.id } })).body
    const stranger = await server.person('sunqi')
    const leader = await server.loggedIn('wangwu')
    for (const path of [`contacts/${contact.id}`, `follow-ups/${note.id}`, `customers/${customer.id}/owners`, `contacts?of=customers&ofId=${customer.id}`, `follow-ups?of=customers&ofId=${customer.id}`]) {
      expect((await stranger.get(`/api/crm/${path}`)).error?.code, path).toBe('not_found')
      expect((await leader.get(`/api/crm/${path}`)).status, path).toBe(200)
    }
    for (const path of [`contacts/${contact.id}`, `follow-ups/${note.id}`]) {
      expect((await stranger.patch(`/api/crm/${path}`, { values: { name: '换' }, version: contact.version })).error?.code).toBe('not_found')
      expect((await stranger.delete(`/api/crm/${path}`)).error?.code).toBe('not_found')
    }
    expect((await stranger.get(`/api/crm/forms/follow-ups/options/contact?within=${customer.id}`)).body).toEqual({ options: [] })

    // The customer moves to another department; the contact stays one of the leader's people, and so does the follow-up.
    const admin = await server.person('zhangsan')
    const { body: people } = await admin.get<ApiOutput<'GET /api/crm/owners'>>(`/api/crm/owners?q=${encodeURIComponent('孙七')}`)
    await admin.post('/api/crm/customers/batch/transfer', { ids: [customer.id], ownerId: people.owners[0]!.id })
    expect((await leader.get(`/api/crm/customers/${customer.id}`)).status).toBe(404)
    // At a customer out of reach nothing can be written, whatever one may do to those within it.
    expect((await leader.get<CrmRecord>(`/api/crm/contacts/${contact.id}`)).body.rights).not.toContain('follow')
    expect((await stranger.get<CrmRecord>(`/api/crm/contacts/${contact.id}`)).body.rights).toContain('follow')
    expect((await leader.get(`/api/crm/follow-ups/${note.id}`)).status).toBe(200)
    expect((await stranger.get(`/api/crm/contacts/${contact.id}`)).status).toBe(200)
  })

  it('lists the follow-ups of customers, not those of leads, and lets people write one at a contact', async () => {
    const customer = await newCustomer()
    const contact = await newContact(customer.id)
    expect(contact.rights).toContain('follow')
    const note = (await seller.post<CrmRecord>('/api/crm/follow-ups', { values: { customer: customer.id, content: '电话里谈妥', method: '1', contact: contact.id } })).body
    cordys().control.followLead('zhaoliu', '线索的跟进')
    const { body } = await seller.get<ApiOutput<'GET /api/crm/:kind'>>('/api/crm/follow-ups?view=mine&limit=5')
    expect(body.items.map(({ id }) => id)).toContain(note.id)
    expect(body.items.filter(({ about }) => about.length === 0)).toEqual([])
    expect(body.items.map(({ name }) => name)).not.toContain('线索的跟进')
  })

  it.each(['null', 'message', 'exception', 'not-found'] as const)('knows a record that is not there by an answer of the kind "%s"', async (missing) => {
    cordys().control.settings({ missing })
    for (const kind of ['customers', 'contacts', 'follow-ups'])
      expect((await seller.get(`/api/crm/${kind}/100000000000000000`)).error?.code, kind).toBe('not_found')
    cordys().control.settings({ missing: 'null' })
  })

  it('reads what Cordys\'s own pages wrote, without the escapes they leave', async () => {
    const customer = await newCustomer()
    const contact = await newContact(customer.id)
    const { body } = await seller.post<CrmRecord>('/api/crm/follow-ups', { values: { customer: customer.id, content: 'A&amp;B &lt;b&gt;', method: '1', contact: contact.id } })
    expect(body.values.content).toBe('A&B <b>')
    expect(body.name).toBe('A&B <b>')
    const own = await seller.patch<CrmRecord>(`/api/crm/follow-ups/${body.id}`, { values: { content: 'A & B &lt;' }, version: body.version })
    expect(own.body.values.content).toBe('A & B &lt;')
  })

  it.each([
    ['a proxy\'s page', { kind: 'html' }, 'crm_unreachable'],
    ['half an answer', { kind: 'truncate' }, 'crm_unreachable'],
    ['a cut connection', { kind: 'reset' }, 'crm_unreachable'],
    ['an endpoint it does not have', { kind: 'empty' }, 'crm_unsupported'],
  ] as const)('stands %s', async (_what, fault, code) => {
    cordys().control.addFaults({ path: '/account/page', ...fault })
    const { error } = await customers(seller)
    expect(error.code).toBe(code)
    expect((await standing(seller)).state).toBe('connected')
  })

  it('tells an answer in Cordys\'s stead to one call from a Cordys that is not there', async () => {
    const customer = await newCustomer()
    const draft = { values: { customer: customer.id, content: 'select * from', at: '2026-05-01', method: '1', contact: (await newContact(customer.id)).id }, requestKey: randomUUID() }
    for (const status of [403, 413]) {
      cordys().control.addFaults({ path: '/follow/record/add', kind: 'html', status, times: 1 })
      expect((await seller.post('/api/crm/follow-ups', draft)).error.code).toBe('crm_bad_answer')
    }
    // A firewall that lets nothing through: not this draft's fault.
    cordys().control.addFaults({ path: '*', kind: 'html', status: 403 })
    expect((await seller.post('/api/crm/follow-ups', draft)).error.code).toBe('crm_unreachable')
    cordys().control.clearFaults()
    expect((await seller.post('/api/crm/follow-ups', draft)).status).toBe(201)
  })

  it('reads once more where the CSRF check failed or a redirect came, and never follows it', async () => {
    for (const fault of [{ kind: 'html', status: 500 }, { kind: 'redirect', location: 'http://127.0.0.1:1/steal' }] as const) {
      cordys().control.addFaults({ path: '/account/page', times: 1, ...fault })
      expect((await customers(seller)).status).toBe(200)
    }
  })

  it('pretends to be a desktop, and shows collaborations as shared', async () => {
    expect(cordys().control.calls().every(({ userAgent }) => !/Mobile|Android|iPhone/.test(userAgent))).toBe(true)
    const { body } = await customers(seller, '&view=shared')
    expect(body.items.map(({ rights }) => rights)).toEqual([[]])
    expect((await seller.get<CrmRecord>(`/api/crm/customers/${body.items[0]!.id}`)).body.access).toBe('shared_read')
  })

  it('offers to tell of what passes through here, without empty settings, reminders or digests of nothing', async () => {
    const admin = await server.loggedIn('zhangsan')
    const ours = ['record.assigned', 'record.transferred', 'record.deleted', 'contact.added', 'announcement', 'sync.finished', 'sync.approval', 'access.requested', 'system.alert']
    expect((await admin.get<ApiOutput<'GET /api/messages/rules'>>('/api/messages/rules')).body.offered).toEqual(ours)
    expect((await admin.get<ApiOutput<'GET /api/messages/templates'>>('/api/messages/templates')).body.templates.map(({ kind }) => kind)).toEqual(ours)
    expect((await seller.get<ApiOutput<'GET /api/crm/messages/preferences'>>('/api/crm/messages/preferences')).body.kinds.map(({ kind }) => kind)).toEqual([...ours.slice(0, 4), 'announcement'])
    expect((await admin.get<ApiOutput<'GET /api/notification-delivery'>>('/api/notification-delivery')).body.todoCost).toBeNull()
    await server.messages.remind(new Date('2027-01-04T00:00:00+08:00'))
    await server.messages.remind(new Date('2027-01-04T12:00:00+08:00'))
    expect(await server.database.db.$count(tables.messageNotice, like(tables.messageNotice.notices, '%"plan.%'))).toBe(0)
    expect(await server.database.db.$count(tables.inboxMessage, like(tables.inboxMessage.kind, 'digest%'))).toBe(0)
  })

  it('tells whose records they are what colleagues did to them here', async () => {
    const admin = await server.person('zhangsan')
    const [taker, giver] = [await server.person('sunqi'), seller]
    const find = async (name: string) => (await admin.get<ApiOutput<'GET /api/crm/owners'>>(`/api/crm/owners?q=${encodeURIComponent(name)}`)).body.owners[0]!.id
    const [sunqi, zhaoliu] = [await find('孙七'), await find('赵六')]
    const customer = (await admin.post<CrmRecord>('/api/crm/customers', { values: { name: `远见 ${randomUUID()}`, owner: zhaoliu } })).body
    await admin.post('/api/crm/contacts', { values: { customer: customer.id, name: '林一', phone: '13712340001' } })
    await admin.post('/api/crm/customers/batch/transfer', { ids: [customer.id], ownerId: sunqi })
    const inbox = async (person: Client) => (await person.get<ApiOutput<'GET /api/crm/messages'>>('/api/crm/messages?limit=50')).body.items.filter(({ text, title }) => `${title}${text}`.includes(customer.name))
    const kinds = async (person: Client) => (await inbox(person)).map(({ kind }) => kind)
    await until(async () => (await kinds(giver)).length >= 3 && (await kinds(taker)).length > 0)
    expect((await kinds(giver)).sort()).toEqual(['contact.added', 'record.assigned', 'record.transferred'])
    expect(await inbox(taker)).toMatchObject([{ kind: 'record.transferred', path: expect.stringContaining(customer.id) }])
    expect(await kinds(admin)).toEqual([])
  })
})
