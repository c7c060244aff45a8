import type { Capabilities } from '#contract/crm/capabilities.ts'
import type { FieldSpec, FieldValue, FormSpec } from '#contract/crm/forms.ts'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import type { ApiOutput } from '#contract/index.ts'
import type { Client } from '../support/client.ts'
import type { CrmServer } from '../support/gateways.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyCordysServer, embeddedServer } from '../support/gateways.ts'

/** Something of another type for each, or that only looks right. */
const wrongValues: Partial<Record<FieldSpec['type'], FieldValue>> = {
  'text': 5,
  'textarea': ['a'],
  'number': 'seven',
  'amount': '12.345.6',
  'date': '2026-02-30',
  'datetime': 'yesterday',
  'radio': ['1'],
  'select': { code: '1', detail: '' },
  'checkbox': 'no list',
  'multi-select': ['no such option'],
  'member': { code: '1', detail: '' },
  'department': { code: '1', detail: '' },
  'record': { code: '1', detail: '' },
  'phone': 'call me',
  'email': 'nobody',
  'link': 'javascript:alert(1)',
  'location': '上海',
}

/**
 * What the port promises, asked of every CRM behind it through the HTTP API: nothing here knows which one it is.
 * Forms are data, so values are made up from the form.
 */
describe.each([
  { name: 'the embedded CRM', start: embeddedServer },
  { name: 'a Cordys CRM server', start: anyCordysServer },
])('$name behind the port', ({ start }) => {
  let server: CrmServer
  /** Sells, and sees their own; sells in another department; leads the first one's department. */
  let seller: Client
  let stranger: Client
  let leader: Client
  let made = 0
  const forms = new Map<RecordKind, FormSpec>()

  beforeAll(async () => {
    server = await start()
    seller = await server.person('zhaoliu')
    stranger = await server.person('sunqi')
    leader = await server.person('wangwu')
    for (const kind of ['customers', 'contacts', 'follow-ups'] as const)
      forms.set(kind, (await seller.get<FormSpec>(`/api/crm/forms/${kind}`)).body)
  })
  afterAll(() => server?.close())

  const field = (kind: RecordKind, type: FieldSpec['type']) => forms.get(kind)!.fields.find(each => each.type === type && each.writable)

  /** A value for every field one can fill in; texts with what breaks careless code. */
  async function filled(kind: RecordKind): Promise<Record<string, FieldValue>> {
    const values: Record<string, FieldValue> = {}
    for (const spec of forms.get(kind)!.fields) {
      const value = spec.writable && spec.key !== 'owner' && spec.type !== 'record' ? await valueFor(kind, spec) : undefined
      if (value !== undefined)
        values[spec.key] = value
    }
    return values
  }

  async function valueFor(kind: RecordKind, { key, type, options, multiple, min }: FieldSpec): Promise<FieldValue | undefined> {
    const first = options?.filter(({ retired }) => !retired)[0]?.value
    switch (type) {
      case 'text':
        return `${key === 'name' ? '契约' : ''}<b>“引号”</b> & 😀 ${++made}`
      case 'textarea':
        return `第一行 <script>\n第二行 𠮷 ${++made}`
      case 'number':
        return Math.max(7, min ?? 0)
      case 'amount':
        return '1234567.80'
      case 'date':
        return '2012-02-29'
      case 'datetime':
        return '2026-03-01T02:30:00.000Z'
      case 'radio':
      case 'select':
      case 'industry':
        return first
      case 'checkbox':
      case 'multi-select':
        return first === undefined ? undefined : [first]
      case 'phone':
        return `139${String(10_000_000 + ++made)}`
      case 'email':
        return 'somebody@example.com'
      case 'link':
        return 'https://example.com/a?b=c'
      case 'location':
        return { code: '310115', detail: '张江路 100 号 - B 座' }
      case 'member':
      case 'department': {
        const { body } = await seller.get<ApiOutput<'GET /api/crm/forms/:kind/options/:field'>>(`/api/crm/forms/${kind}/options/${key}${type === 'member' ? '?q=赵六' : ''}`)
        const id = body.options[0]?.id
        return id === undefined ? undefined : multiple ? [id] : id
      }
      default:
        return undefined
    }
  }

  const create = async (client: Client, kind: RecordKind, values: object, more: object = {}) => client.post<CrmRecord>(`/api/crm/${kind}`, { values, ...more })
  const newCustomer = async (client = seller, values: object = {}) => {
    const answer = await create(client, 'customers', { name: `契约客户 ${++made}`, ...values })
    expect(answer.error).toBeUndefined()
    return answer.body
  }
  type Rows = ApiOutput<'GET /api/crm/:kind'>
  const list = async (client: Client, kind: RecordKind, query: Record<string, string | number> = {}) =>
    (await client.get<Rows>(`/api/crm/${kind}?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`)).body
  const issues = ({ error }: { error: { issues?: { path: string }[] } }) => error.issues?.map(({ path }) => path)

  it('says what it can do, and describes a form for each kind it has', async () => {
    const { body } = await seller.get<ApiOutput<'GET /api/crm/capabilities'>>('/api/crm/capabilities')
    expect(body.loginRequired).toBe(false)
    for (const kind of ['customers', 'contacts', 'follow-ups'] as const)
      expect(body.kinds.find(each => each.kind === kind)?.views).toContain('mine')
    expect(forms.get('customers')!.fields.find(({ key }) => key === 'name')).toMatchObject({ type: 'text', required: true, writable: true, listed: true })
    for (const { fields } of forms.values())
      expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length)
  })

  it('gives back every value it was given, and takes the rest from the form\'s defaults', async () => {
    const values = await filled('customers')
    const { status, body } = await create(seller, 'customers', values)
    expect(status).toBe(201)
    expect(body.values).toMatchObject(values)
    expect((await seller.get<CrmRecord>(`/api/crm/customers/${body.id}`)).body.values).toMatchObject(values)
    expect(body).toMatchObject({ kind: 'customers', name: values.name, owner: { name: '赵六' }, access: 'own' })
    expect(body.rights).toContain('edit')
    expect(body.refs.owner).toEqual([expect.objectContaining({ id: body.owner!.id, name: '赵六' })])
  })

  it('names what does not fit, field by field, and stores nothing', async () => {
    const before = (await list(seller, 'customers', { limit: 1 })).total
    const phone = field('customers', 'phone')!.key
    const select = (field('customers', 'select') ?? field('customers', 'radio'))!.key
    const answer = await create(seller, 'customers', { [select]: 'no such option', [phone]: 'call me', nonsense: 1 })
    expect(answer.status).toBe(400)
    expect(issues(answer)?.sort()).toEqual(['name', 'nonsense', phone, select].map(key => `values.${key}`).sort())
    expect(issues(await create(seller, 'customers', { name: '长'.repeat(300) }))).toEqual(['values.name'])
    expect(issues(await create(seller, 'customers', { name: { code: '1', detail: '' } }))).toEqual(['values.name'])
    expect((await list(seller, 'customers', { limit: 1 })).total).toBe(before)
  })

  it('refuses a value of another type in every field, and an unknown field, on creating as on changing', async () => {
    const { id, version } = await newCustomer()
    const wrong = Object.fromEntries(forms.get('customers')!.fields.filter(({ writable, type }) => writable && type in wrongValues).map(({ key, type }) => [key, wrongValues[type]!]))
    const expected = [...Object.keys(wrong), 'nonsense'].map(key => `values.${key}`).sort()
    expect(expected.length).toBeGreaterThan(8)
    expect(issues(await create(seller, 'customers', { ...wrong, nonsense: 1 }))?.sort()).toEqual(expected)
    const patched = await seller.patch(`/api/crm/customers/${id}`, { values: { ...wrong, nonsense: 1 }, version })
    expect(issues(patched)?.sort()).toEqual(expected)
    expect((await seller.get<CrmRecord>(`/api/crm/customers/${id}`)).body.version).toBe(version)
  })

  it('refuses to refer to what is not there or out of reach, at the field', async () => {
    const foreign = await newCustomer(stranger)
    const own = await newCustomer()
    const contact = { ...await filled('contacts'), name: '引用' }
    for (const customer of [foreign.id, 'no such id'])
      expect(issues(await create(seller, 'contacts', { ...contact, customer }))).toEqual(['values.customer'])
    expect(issues(await create(seller, 'customers', { name: `引用 ${++made}`, owner: '100000000000000000' }))).toEqual(['values.owner'])
    const kept = (await create(seller, 'contacts', { ...contact, customer: own.id })).body
    expect(issues(await seller.patch(`/api/crm/contacts/${kept.id}`, { values: { customer: foreign.id }, version: kept.version }))).toEqual(['values.customer'])
    expect((await seller.get<CrmRecord>(`/api/crm/contacts/${kept.id}`)).body.about.map(({ id }) => id)).toEqual([own.id])
  })

  it('changes what is named and keeps everything else; an outdated edit changes nothing', async () => {
    const values = await filled('customers')
    const first = (await create(seller, 'customers', values)).body
    const phone = field('customers', 'phone')!.key
    const patched = await seller.patch<CrmRecord>(`/api/crm/customers/${first.id}`, { values: { [phone]: null }, version: first.version })
    expect(patched.error).toBeUndefined()
    expect(patched.body.values).toEqual({ ...first.values, [phone]: null })
    expect(patched.body.version).not.toBe(first.version)
    const stale = await leader.patch(`/api/crm/customers/${first.id}`, { values: { name: '不该保存' }, version: first.version })
    expect(stale.error.code).toBe('stale_edit')
    expect(stale.error.versions?.yours).toEqual({ name: '不该保存' })
    expect(stale.error.versions?.theirs).toMatchObject({ id: first.id, version: patched.body.version, values: patched.body.values })
    const emptied = await seller.patch(`/api/crm/customers/${first.id}`, { values: { name: ' ' }, version: patched.body.version })
    expect(issues(emptied)).toEqual(['values.name'])
    expect((await seller.get<CrmRecord>(`/api/crm/customers/${first.id}`)).body.values).toEqual(patched.body.values)
  })

  it('refuses a second one where a field is unique, at the field', async () => {
    const { name, id, version } = await newCustomer()
    expect(issues(await create(seller, 'customers', { name }))).toEqual(['values.name'])
    expect(issues(await create(stranger, 'customers', { name }))).toEqual(['values.name'])
    expect((await seller.patch(`/api/crm/customers/${id}`, { values: { name }, version })).status).toBe(200)
  })

  it('makes one record of a draft that is sent twice, also at once', async () => {
    const draft = { name: `只建一次 ${++made}` }
    const requestKey = randomUUID()
    const answers = await Promise.all([create(seller, 'customers', draft, { requestKey }), create(seller, 'customers', draft, { requestKey })])
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect((await list(seller, 'customers', { q: draft.name })).total).toBe(1)
  })

  it('lists in pages that end, without repeating a row, by name, keyword and view', async () => {
    const word = `列表${randomUUID().slice(0, 6)}`
    for (let index = 0; index < 7; index++)
      await newCustomer(seller, { name: `${word} ${index}` })
    const seen: string[] = []
    let cursor: string | null = ''
    for (let pages = 0; cursor !== null; pages++) {
      expect(pages).toBeLessThan(4)
      const page: Rows = await list(seller, 'customers', { q: word, sort: '-name', limit: 3, ...(cursor && { cursor }) })
      seen.push(...page.items.map(({ name }) => name))
      cursor = page.nextCursor
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map(index => `${word} ${index}`))
    expect((await list(seller, 'customers', { q: word, view: 'mine' })).total).toBe(7)
    expect((await list(stranger, 'customers', { q: word })).items).toEqual([])
    // A page that is exactly full is the last one.
    expect((await list(seller, 'customers', { q: word, limit: 7 })).nextCursor).toBeNull()
    expect((await list(leader, 'customers', { q: word, view: 'mine' })).items).toEqual([])
    expect((await list(leader, 'customers', { q: word })).total).toBe(7)

    const first = await list(seller, 'customers', { q: word, sort: '-name', limit: 3 })
    for (const wrong of ['cursor=nonsense', `sort=name&cursor=${first.nextCursor}`, 'view=nonsense', 'sort=nonsense', 'limit=100000', 'limit=0'])
      expect((await seller.get(`/api/crm/customers?${wrong}`)).error?.code, wrong).toBe('validation_failed')
    expect((await seller.get(`/api/crm/contacts?sort=name&cursor=${first.nextCursor}`)).error?.code).toBe('validation_failed')
  })

  it('filters by what the form offers to ask, and refuses the rest', async () => {
    const spec = forms.get('customers')!.fields.find(each => each.options && each.filters.includes('any_of'))!
    const [wanted, other] = spec.options!.map(({ value }) => value)
    const word = `筛选${randomUUID().slice(0, 6)}`
    const hit = await newCustomer(seller, { name: `${word} 一`, [spec.key]: wanted })
    await newCustomer(seller, { name: `${word} 二`, [spec.key]: other })
    const found = await list(seller, 'customers', { q: word, filters: JSON.stringify([{ field: spec.key, op: 'any_of', value: [wanted] }]) })
    expect(found.items.map(({ id }) => id)).toEqual([hit.id])
    // And of a field that holds several.
    const several = forms.get('customers')!.fields.find(each => ['checkbox', 'multi-select'].includes(each.type) && each.filters.includes('any_of'))
    if (several) {
      const value = several.options![0]!.value
      const both = await newCustomer(seller, { name: `${word} 三`, [several.key]: several.options!.map(option => option.value) })
      const rows = await list(seller, 'customers', { q: word, filters: JSON.stringify([{ field: several.key, op: 'any_of', value: [value] }]) })
      expect(rows.items.map(({ id }) => id)).toEqual([both.id])
    }
    const refused = await seller.get(`/api/crm/customers?filters=${encodeURIComponent(JSON.stringify([{ field: 'name; drop table', op: 'is', value: '1' }]))}`)
    expect(refused.error.code).toBe('validation_failed')
  })

  it('does not show, change or name what is out of somebody\'s reach', async () => {
    const mine = await newCustomer()
    for (const answer of [
      await stranger.get(`/api/crm/customers/${mine.id}`),
      await stranger.patch(`/api/crm/customers/${mine.id}`, { values: { name: '换了' }, version: mine.version }),
      await stranger.delete(`/api/crm/customers/${mine.id}`),
      await seller.get('/api/crm/customers/100000000000000000'),
    ])
      expect(answer.error?.code).toBe('not_found')
    const { body } = await stranger.get<ApiOutput<'GET /api/crm/search'>>(`/api/crm/search?q=${encodeURIComponent(mine.name)}`)
    expect(body.groups).toEqual([])
    expect((await create(stranger, 'follow-ups', { ...await filled('follow-ups'), customer: mine.id })).status).toBeGreaterThanOrEqual(400)
    expect((await list(seller, 'follow-ups', { of: 'customers', ofId: mine.id })).total).toBe(0)
    expect((await leader.get<CrmRecord>(`/api/crm/customers/${mine.id}`)).body).toMatchObject({ access: 'scope', owner: { name: '赵六' } })
  })

  it('keeps contacts and follow-ups with their customer, in the words they were written in', async () => {
    const customer = await newCustomer()
    const contact = (await create(seller, 'contacts', { ...await filled('contacts'), customer: customer.id })).body
    expect(contact.about).toEqual([{ kind: 'customers', id: customer.id, name: customer.name, readable: true }])
    const choices = await seller.get<ApiOutput<'GET /api/crm/forms/:kind/options/:field'>>(`/api/crm/forms/follow-ups/options/contact?within=${customer.id}`)
    expect(choices.body.options.map(({ id }) => id)).toEqual([contact.id])

    const values = { ...await filled('follow-ups'), customer: customer.id, contact: contact.id }
    const written = await create(seller, 'follow-ups', values)
    expect(written.error).toBeUndefined()
    expect(written.body.values).toMatchObject(values)
    expect(written.body.refs.contact).toEqual([expect.objectContaining({ id: contact.id, name: contact.name })])
    const rows = await list(seller, 'follow-ups', { of: 'customers', ofId: customer.id })
    expect(rows.items.map(({ id }) => id)).toEqual([written.body.id])
    const parent = (await seller.get<CrmRecord>(`/api/crm/customers/${customer.id}`)).body
    expect(parent.counts).toMatchObject({ contacts: 1, followUps: 1 })
    expect(parent.lastFollowUpAt).not.toBeNull()

    const text = '改过的内容 <i>& 😀'
    const changed = await seller.patch<CrmRecord>(`/api/crm/follow-ups/${written.body.id}`, { values: { content: text }, version: written.body.version })
    expect(changed.body.values).toEqual({ ...written.body.values, content: text })
    expect((await seller.delete(`/api/crm/follow-ups/${written.body.id}`)).status).toBe(204)
    // Gone, or only to be looked at where it can be restored.
    const deleted = await seller.get<CrmRecord>(`/api/crm/follow-ups/${written.body.id}`)
    const { body: can } = await seller.get<Capabilities>('/api/crm/capabilities')
    expect(can.restore ? deleted.body.rights : deleted.status).toEqual(can.restore ? ['restore'] : 404)
    expect((await list(seller, 'follow-ups', { of: 'customers', ofId: customer.id })).total).toBe(0)
  })

  it('finds records by keyword, people to give them to, and passes them on with a history', async () => {
    const customer = await newCustomer()
    const { body: found } = await seller.get<ApiOutput<'GET /api/crm/search'>>(`/api/crm/search?q=${encodeURIComponent(customer.name)}`)
    expect(found.groups.find(({ kind }) => kind === 'customers')?.items.map(({ id }) => id)).toEqual([customer.id])
    const { body: people } = await leader.get<ApiOutput<'GET /api/crm/owners'>>('/api/crm/owners?q=王五')
    expect(people.owners.map(({ name }) => name)).toEqual(['王五'])

    const given = await leader.post<ApiOutput<'POST /api/crm/:kind/batch/transfer'>>('/api/crm/customers/batch/transfer', {
      ids: [customer.id, '100000000000000000'],
      ownerId: people.owners[0]!.id,
    })
    expect(given.body.done).toEqual([customer.id])
    expect(given.body.failed.map(({ id }) => id)).toEqual(['100000000000000000'])
    expect((await seller.get(`/api/crm/customers/${customer.id}`)).status).toBe(404)
    const can = (await leader.get<ApiOutput<'GET /api/crm/capabilities'>>('/api/crm/capabilities')).body.kinds.find(({ kind }) => kind === 'customers')
    const history = await leader.get<ApiOutput<'GET /api/crm/:kind/:id/owners'>>(`/api/crm/customers/${customer.id}/owners`)
    if (can?.ownerHistory)
      expect(history.body.owners.map(({ owner, until }) => [owner.name, until === null])).toEqual([['王五', true], ['赵六', false]])
    else expect(history.error.code).toBe('crm_unsupported')
  })
})
