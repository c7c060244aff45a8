import type { RecordKind } from '#contract/crm/kinds.ts'
import type { RecordFilter } from '#contract/crm/records.ts'
import type { CrmCompany } from '../support/crm.ts'
import { randomUUID } from 'node:crypto'
import { eq, inArray, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recordKinds } from '#contract/crm/kinds.ts'
import { kinds } from '../../server/crm/embedded/kinds/index.ts'
import { ownedTables } from '../../server/crm/embedded/owned.ts'
import { filterBy } from '../../server/crm/embedded/records/filters.ts'
import { byKeyword } from '../../server/crm/embedded/records/keyword.ts'
import { run } from '../../server/crm/embedded/records/page.ts'
import { recordsInSight } from '../../server/crm/embedded/sight.ts'
import { tables } from '../../server/db/index.ts'
import { crmCompany, noon } from '../support/crm.ts'
import { engines } from '../support/engines.ts'

const notFound = { code: 'not_found' }

describe.each(engines)('records of the embedded CRM on $engine', ({ open }) => {
  let it_: CrmCompany
  let people: CrmCompany['people']

  beforeAll(async () => {
    it_ = await crmCompany(open)
    people = it_.people
  })
  beforeEach(() => {
    it_.clock.now = noon
    it_.events.length = 0
  })
  afterAll(() => it_.close())

  it('makes, shows and changes each kind, with names of what it refers to', async () => {
    const customer = await it_.create(people.seller, 'customers', { name: '杭州启远科技有限公司', phone: '0571-8800 0000', location: { code: '330100', detail: '文一西路 1 号' } })
    const contact = await it_.create(people.seller, 'contacts', { name: '王经理', customer: customer.id })
    const deal = await it_.create(people.seller, 'opportunities', { customer: customer.id, contact: contact.id, amount: '1234567.8' })
    expect(deal).toMatchObject({
      kind: 'opportunities',
      values: { amount: '1234567.80', stage: 'new', probability: 10, customer: customer.id, expectedCloseOn: '2026-09-30' },
      refs: { customer: [{ id: customer.id, name: '杭州启远科技有限公司', readable: true }], contact: [{ name: '王经理' }], owner: [{ name: '销售' }] },
      state: { value: 'new', label: '新建' },
      about: [{ kind: 'customers', id: customer.id, name: '杭州启远科技有限公司', readable: true }],
      access: 'own',
      version: 1,
    })
    expect(deal.values.no).toMatch(/^SJ\d{6}$/)
    const changed = await it_.patch(people.leader, 'customers', customer.id, 1, { level: 'A', phone: null })
    expect(changed).toMatchObject({ version: 2, access: 'scope', values: { level: 'A', phone: null, location: { code: '330100', detail: '文一西路 1 号' } } })
    expect(changed.counts).toMatchObject({ contacts: 1, opportunities: 1, followUps: 0 })
    await expect(it_.patch(people.seller, 'customers', customer.id, 1, { level: 'B' })).rejects.toMatchObject({ code: 'stale_edit' })
    expect((await it_.get(people.seller, 'customers', customer.id)).values.level).toBe('A')
  })

  it('says of every value that does not fit what is wrong, and stores nothing', async () => {
    const refused = async (kind: 'customers' | 'opportunities' | 'contacts' | 'follow-ups', values: object) => {
      const error = await it_.create(people.seller, kind, values).catch((error: unknown) => error)
      return Object.fromEntries((error as { details: { issues: Array<{ path: string, message: string }> } }).details.issues.map(({ path, message }) => [path.replace('values.', ''), message]))
    }
    const before = (await it_.list(people.admin, 'customers')).total
    expect(
      await refused('customers', { name: '长'.repeat(201), level: 'Z', phone: 'call me', website: 'javascript:alert(1)', owner: randomUUID(), colour: 'red', remark: 'nul\0', location: '杭州' }),
    ).toEqual({ name: 'too_long:200', level: 'not_an_option', phone: 'phone_format', website: 'link_format', colour: 'unknown_field', remark: 'control_characters', location: 'invalid_type' })
    expect(await refused('customers', { owner: randomUUID() })).toEqual({ owner: 'owner_unknown' })
    expect(await refused('customers', { owner: people.left.id })).toEqual({ owner: 'owner_unknown' })
    expect(await refused('opportunities', { customer: '', amount: -1, expectedCloseOn: '1899-12-31', probability: 12.5 })).toEqual({
      customer: 'required',
      amount: 'too_small:0',
      expectedCloseOn: 'date_too_early:1900',
      probability: 'too_many_decimals:0',
    })
    expect(await refused('opportunities', { customer: 'x', amount: '9'.repeat(30), expectedCloseOn: '2026-02-30' })).toEqual({
      customer: 'not_found',
      amount: 'too_big:9999999999.99',
      expectedCloseOn: 'date_format',
    })
    expect(await refused('follow-ups', { content: '没有对象' })).toEqual({ customer: 'required' })
    expect((await it_.list(people.admin, 'customers')).total).toBe(before)
  })

  it('lets a customer\'s name be there once, also for two at the same moment, until it is deleted', async () => {
    const make = () => it_.create(people.seller, 'customers', { name: '唯一 有限公司' })
    const [first, second] = await Promise.allSettled([make(), make()])
    const made = first.status === 'fulfilled' ? first : second
    const other = first.status === 'fulfilled' ? second : first
    expect(other).toMatchObject({ status: 'rejected', reason: { code: 'validation_failed', details: { issues: [{ path: 'values.name', message: 'taken' }] } } })
    const { id } = (made as PromiseFulfilledResult<{ id: string }>).value
    await expect(it_.create(people.mate, 'customers', { name: '唯一有限公司' })).rejects.toMatchObject({ code: 'validation_failed' })
    await it_.remove(people.seller, 'customers', id)
    const again = await it_.create(people.mate, 'customers', { name: '唯一有限公司' })
    await expect(it_.restore(people.seller, 'customers', id)).rejects.toMatchObject({ code: 'duplicate_found' })
    await it_.remove(people.mate, 'customers', again.id)
    expect((await it_.restore(people.seller, 'customers', id)).deletedAt).toBeNull()
  })

  it('shows a duplicate before another lead with the same phone is made', async () => {
    await it_.create(people.other, 'leads', { phone: '+86 138-0000-0001' })
    await expect(it_.create(people.seller, 'leads', { phone: '13800000001' })).rejects.toMatchObject({ code: 'duplicate_found' })
    await it_.create(people.seller, 'leads', { phone: '13800000001' }, { ignoreDuplicates: true })
  })

  it('compares a phone with leads, customers and contacts, whatever is made', async () => {
    const { other, seller } = people
    const phone = '0571-2233 4455'
    const customer = await it_.create(other, 'customers')
    const contact = await it_.create(other, 'contacts', { customer: customer.id, phone })
    const [one, colleague] = [await it_.create(seller, 'customers'), await it_.create(other, 'contacts', { customer: customer.id, phone }, { ignoreDuplicates: true })]
    for (const [kind, values] of [['leads', {}], ['customers', {}], ['contacts', { customer: one.id }]] as const) {
      await expect(it_.create(seller, kind, { ...values, phone: '057122334455' }), kind).rejects.toMatchObject({ code: 'duplicate_found' })
      const { duplicates } = await it_.crm.duplicates(seller, { query: { kind, phone: '057122334455' } }, { ip: '1.1.1.1' })
      expect(duplicates, kind).toMatchObject([{ kind: 'contacts', by: 'phone', phone: '057****55', owner: { id: other.id }, id: null }])
    }
    // Several people may share an office's phone: whoever has seen so makes them.
    expect(colleague.values.phone).toBe(contact.values.phone)
  })

  it('leaves no contact of a former customer behind, and no deal with a contact of another one', async () => {
    const { seller } = people
    const [from, to] = [await it_.create(seller, 'customers'), await it_.create(seller, 'customers')]
    const [contact, other] = [await it_.create(seller, 'contacts', { customer: from.id }), await it_.create(seller, 'contacts', { customer: to.id })]
    const deal = await it_.create(seller, 'opportunities', { customer: from.id, contact: contact.id })
    const plan = await it_.create(seller, 'plans', { customer: from.id, opportunity: deal.id, contact: contact.id })
    const issuesOf = (change: Promise<unknown>) => change.then(() => [], (error: { details: { issues: Array<{ path: string, message: string }> } }) => error.details.issues)
    const elsewhere = (key: string) => ({ path: `values.${key}`, message: 'record_elsewhere' })
    expect(await issuesOf(it_.patch(seller, 'opportunities', deal.id, deal.version, { customer: to.id }))).toEqual([elsewhere('contact')])
    expect(await issuesOf(it_.patch(seller, 'plans', plan.id, plan.version, { customer: to.id }))).toEqual([elsewhere('opportunity'), elsewhere('contact')])
    // What has nothing to do with it is changed as ever.
    const renamed = await it_.patch(seller, 'opportunities', deal.id, deal.version, { name: '改名商机' })
    expect(await issuesOf(it_.patch(seller, 'contacts', contact.id, contact.version, { customer: to.id }))).toEqual([{ path: 'values.customer', message: 'contact_in_use' }])
    const moved = await it_.patch(seller, 'opportunities', deal.id, renamed.version, { customer: to.id, contact: other.id })
    expect(moved.refs.contact).toMatchObject([{ id: other.id }])
    expect((await it_.patch(seller, 'contacts', contact.id, contact.version, { customer: to.id })).about).toMatchObject([{ id: to.id }])
  })

  it('makes one record of a draft that is sent twice', async () => {
    const requestKey = randomUUID()
    const draft = { name: '断网重发有限公司' }
    const [a, b] = await Promise.all([it_.create(people.seller, 'customers', draft, { requestKey }), it_.create(people.seller, 'customers', draft, { requestKey })])
    expect(a.id).toBe(b.id)
    expect((await it_.create(people.seller, 'customers', draft, { requestKey })).id).toBe(a.id)
    expect(await it_.names(people.seller, 'customers', { q: '断网重发' })).toEqual(['断网重发有限公司'])
  })

  it('pages through every order without losing or repeating a row', async () => {
    for (let i = 0; i < 7; i++) {
      it_.clock.now = new Date(noon.getTime() + Math.floor(i / 2) * 1000)
      const made = await it_.create(people.mate, 'leads', { name: `翻页${i % 3}` }, { ignoreDuplicates: true })
      if (i % 2)
        await it_.create(people.mate, 'plans', { lead: made.id, dueAt: `2026-07-0${i}T00:00:00Z` })
    }
    for (const sort of ['updated', '-updated', 'name', '-name', '-created', 'next', '-next', 'followed']) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await it_.list(people.leader, 'leads', { sort, q: '翻页', limit: 2, cursor })
        expect(page.total).toBe(7)
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect(new Set(seen).size, sort).toBe(7)
      expect(seen).toHaveLength(7)
      const whole = (await it_.list(people.leader, 'leads', { sort, q: '翻页' })).items.map(({ id }) => id)
      expect(seen, sort).toEqual(whole)
    }
    const planned = await it_.list(people.mate, 'leads', { sort: 'next', q: '翻页' })
    expect(planned.items.map(({ next }) => next?.at.slice(0, 10) ?? null)).toEqual(['2026-07-01', '2026-07-03', '2026-07-05', null, null, null, null])
    const first = await it_.list(people.mate, 'leads', { sort: 'name', limit: 1 })
    await expect(it_.list(people.mate, 'leads', { sort: '-updated', cursor: first.nextCursor })).rejects.toMatchObject({ code: 'validation_failed' })
    await expect(it_.list(people.mate, 'leads', { sort: 'phone' })).rejects.toMatchObject({ code: 'validation_failed' })
  })

  it('finds by pieces of names and phones, and by fields', async () => {
    const customer = await it_.create(people.seller, 'customers', { name: '🐱 深圳<b>ＡＢＣ</b>云帆_100%', phone: '0755 2600 1234', level: 'A', status: 'won' })
    for (const q of ['云帆', '帆', 'abc', 'ABC', '2600', '深圳 1234', '🐱', '_100%', '<b>']) expect(await it_.names(people.seller, 'customers', { q }), q).toEqual([customer.name])
    for (const q of ['云云帆', 'abd', '帆云', '100_', 'xy']) expect(await it_.names(people.seller, 'customers', { q }), q).toEqual([])
    for (const q of ['a', 'Ａ', '1', '_', 'a b']) await expect(it_.names(people.seller, 'customers', { q }), q).rejects.toMatchObject({ code: 'keyword_too_short' })
    expect(await it_.names(people.seller, 'customers', { q: '帆 a' })).toEqual([customer.name])
    await expect(it_.names(people.seller, 'customers', { filters: JSON.stringify([{ field: 'website', op: 'contains', value: 'a' }]) })).rejects.toMatchObject({ code: 'keyword_too_short' })
    const filter = async (...filters: object[]) => (await it_.names(people.seller, 'customers', { filters: JSON.stringify(filters) })).includes(customer.name)
    expect(await filter({ field: 'status', op: 'any_of', value: ['won', 'lost'] }, { field: 'level', op: 'is', value: 'A' })).toBe(true)
    expect(await filter({ field: 'status', op: 'is_not', value: 'won' })).toBe(false)
    expect(await filter({ field: 'phone', op: 'contains', value: '2600' })).toBe(true)
    expect(await filter({ field: 'website', op: 'empty' })).toBe(true)
    expect(await filter({ field: 'owner', op: 'is', value: people.seller.id })).toBe(true)
    const deal = await it_.create(people.seller, 'opportunities', { customer: customer.id, amount: '500000.01' })
    const deals = (...filters: object[]) => it_.names(people.seller, 'opportunities', { filters: JSON.stringify(filters) })
    expect(await deals({ field: 'amount', op: 'at_least', value: '500000.01' }, { field: 'expectedCloseOn', op: 'between', value: ['2026-09-01', '2026-09-30'] })).toContain(deal.name)
    expect(await deals({ field: 'amount', op: 'at_least', value: '500000.02' })).not.toContain(deal.name)
    for (const filters of [[{ field: 'nothing', op: 'is', value: '1' }], [{ field: 'amount', op: 'contains', value: '1' }], [{ field: 'amount', op: 'at_least', value: 'much' }], [{ field: 'stage', op: 'any_of', value: [] }]])
      await expect(deals(...filters)).rejects.toMatchObject({ code: 'validation_failed' })
  })

  it('knows of every row that fits a filter or a keyword by the indexes of facets and tokens, and finds long texts by what they end with', async () => {
    const { mate, admin } = people
    const counted = async (kind: RecordKind, { fits, lead }: ReturnType<typeof byKeyword>) => {
      const { rows } = await run<{ fit: number, lost: number }>(it_.db, sql`select count(*)::int as fit, (count(*) filter (where (${lead ?? sql`true`}) is not true))::int as lost from ${kinds[kind].table} where ${fits}`)
      return rows[0]!
    }
    const far = `${'长'.repeat(700)}终于签约`
    const owned = [
      await it_.create(mate, 'customers', { name: '索引甲', level: 'A', status: 'won', source: 'phone', remark: far, website: 'https://example.com/报价', location: { code: '330100', detail: '' } }),
      await it_.create(mate, 'customers', { name: '索引乙', level: 'B', industry: 'health', remark: '终于 100% 签约', phone: '0571-8800 1234', location: { code: '', detail: '文一西路 1 号' } }),
      await it_.create(mate, 'customers', { name: 'ＡＢＣ公司' }),
      // One character of it becomes four in the search.
      await it_.create(mate, 'customers', { name: `${'㍿'.repeat(190)}终于签约` }),
    ]
    await it_.create(mate, 'leads', { email: 'abc@example.com', demand: far })
    await it_.create(mate, 'contacts', { customer: owned[0]!.id, name: '终', title: '采购 经理', wechat: 'abc_1' })
    await it_.create(mate, 'opportunities', { customer: owned[0]!.id, name: '终于到期', product: '云平台', probability: 30, amount: '500' })
    const written = await it_.create(mate, 'follow-ups', { customer: owned[0]!.id, content: far, method: 'visit' })
    await it_.create(mate, 'plans', { customer: owned[1]!.id, content: '终于签约', method: 'visit' })
    const tried = { text: ['终于签约', '签', '报价', 'ABC', 'abc_1', '1 号', '100%', '没有的', '杭州', '浙江 1 号'], amount: ['500', '10000'], number: [30], day: ['2026-09-30'], moment: ['2026-06-15T04:00:00Z'] }
    let found = 0
    for (const kind of recordKinds) {
      const form = await it_.crm.form(admin, { params: { kind } })
      for (const { key, type, filters = [], options = [] } of [...form.fields, ...form.asked]) {
        const values = options.length > 0 ? options.map(({ value }) => value) : type === 'amount' ? tried.amount : type === 'number' ? tried.number : type === 'date' ? tried.day : type === 'datetime' ? tried.moment : type === 'member' ? [mate.id] : type === 'record' ? [owned[0]!.id] : type === 'email' ? ['abc@example.com'] : type === 'link' ? ['https://example.com/报价'] : type === 'phone' ? ['0571-8800 1234', '12'] : tried.text
        for (const op of filters) {
          const asked = op === 'empty' || op === 'not_empty' ? [undefined] : op === 'any_of' ? [values, values.slice(0, 1)] : op === 'between' ? [[values[0], values.at(-1)]] : values
          for (const value of asked) {
            // What an index of its own says needs nothing else.
            const { fits, lead, ordered } = filterBy(kinds[kind], [{ field: key, op, value } as RecordFilter], '-updated')
            const { fit, lost } = await counted(kind, { fits: fits ?? ordered, lead })
            expect([kind, key, op, value, lost]).toEqual([kind, key, op, value, 0])
            found += fit
          }
        }
      }
    }
    expect(found).toBeGreaterThan(100)
    const words = { 'leads': [], 'customers': ['终于签约', '签', '式会', 'abc', '公司 abc'], 'contacts': ['终'], 'opportunities': ['终于'], 'follow-ups': ['终于签约', '约', '长终于'], 'plans': ['终于'] }
    for (const kind of recordKinds) {
      for (const q of words[kind]) expect([kind, q, await counted(kind, byKeyword(kinds[kind], q))]).toEqual([kind, q, { fit: expect.toSatisfy((fit: number) => fit > 0), lost: 0 }])
    }
    expect((await it_.list(admin, 'follow-ups', { q: '终于签约' })).items.map(({ id }) => id)).toEqual([written.id])
    expect((await it_.list(admin, 'customers', { filters: JSON.stringify([{ field: 'remark', op: 'contains', value: '终于签约' }]) })).items.map(({ name }) => name)).toEqual(['索引甲'])
  })

  it('writes a follow-up, completes its plan and makes the next one in one step', async () => {
    const customer = await it_.create(people.seller, 'customers')
    const plan = await it_.create(people.seller, 'plans', { customer: customer.id, dueAt: '2026-06-14T02:00:00Z' })
    expect(plan.state).toMatchObject({ value: 'overdue', tone: 'danger' })
    expect((await it_.crm.today(people.seller, {})).overdueCount).toBeGreaterThan(0)
    const record = await it_.create(
      people.seller,
      'follow-ups',
      { customer: customer.id, at: '2026-06-15T03:00:00Z', method: 'visit' },
      { fromPlanId: plan.id, next: { values: { content: '寄样品', dueAt: '2026-06-18T02:00:00Z' } } },
    )
    expect(record.about).toMatchObject([{ id: customer.id }])
    expect(await it_.get(people.seller, 'plans', plan.id)).toMatchObject({ state: { value: 'completed' } })
    const row = (await it_.list(people.seller, 'customers', { q: customer.name })).items[0]!
    expect(row).toMatchObject({ next: { content: '寄样品', at: '2026-06-18T02:00:00.000Z' }, lastFollowUpAt: '2026-06-15T03:00:00.000Z' })
    await expect(it_.create(people.seller, 'follow-ups', { customer: customer.id }, { next: { values: { content: '' } } })).rejects.toMatchObject({
      details: { issues: [{ path: 'next.values.content' }, { path: 'next.values.dueAt' }] },
    })
    expect(await it_.names(people.seller, 'follow-ups', { of: 'customers', ofId: customer.id })).toEqual([record.name])
    await it_.remove(people.seller, 'follow-ups', record.id)
    expect((await it_.get(people.seller, 'customers', customer.id)).lastFollowUpAt).toBeNull()
  })

  it('keeps a customer with opportunities, and takes contacts and plans along with one without', async () => {
    const customer = await it_.create(people.seller, 'customers')
    const contact = await it_.create(people.seller, 'contacts', { customer: customer.id })
    const plan = await it_.create(people.seller, 'plans', { customer: customer.id })
    const deal = await it_.create(people.seller, 'opportunities', { customer: customer.id })
    await expect(it_.remove(people.seller, 'customers', customer.id)).rejects.toMatchObject({ code: 'record_in_use' })
    const batch = await it_.crm.removeMany(people.seller, { params: { kind: 'customers' }, body: { ids: [customer.id, randomUUID()] } })
    expect(batch).toMatchObject({ done: [], failed: [{ id: customer.id, name: customer.name, reason: expect.stringContaining('引用') }, { name: '' }] })
    await it_.remove(people.seller, 'opportunities', deal.id)
    await it_.remove(people.seller, 'customers', customer.id)
    // Who had it in reach still can look at it, to bring it back; nobody else, and nothing else can be done with it.
    for (const [kind, { id }] of [['customers', customer], ['contacts', contact], ['plans', plan]] as const) {
      expect(await it_.get(people.seller, kind, id)).toMatchObject({ deletedAt: expect.any(String), rights: ['restore'] })
      await expect(it_.get(people.other, kind, id)).rejects.toMatchObject(notFound)
      await expect(it_.patch(people.seller, kind, id, 1, { name: '改' })).rejects.toMatchObject(notFound)
    }
    expect(await it_.names(people.seller, 'customers', { view: 'deleted' })).toContain(customer.name)
    await it_.restore(people.seller, 'customers', customer.id)
    expect((await it_.get(people.seller, 'contacts', contact.id)).id).toBe(contact.id)
    expect((await it_.get(people.seller, 'customers', customer.id)).next?.planId).toBe(plan.id)
  })

  it('makes a record for a colleague out of sight, answers with it once, and shows nothing of what became of it', async () => {
    const draft = { requestKey: randomUUID() }
    const made = await it_.create(people.seller, 'leads', { name: '替外人建的线索', owner: people.other.id }, draft)
    expect(made).toMatchObject({ owner: { id: people.other.id }, rights: [] })
    await expect(it_.get(people.seller, 'leads', made.id)).rejects.toMatchObject(notFound)
    // Sent twice by a bad network: the same answer, and no second lead.
    expect((await it_.create(people.seller, 'leads', { name: '替外人建的线索', owner: people.other.id }, draft)).id).toBe(made.id)
    expect(await it_.names(people.other, 'leads', { q: '替外人建的线索' })).toEqual([made.name])
    await it_.patch(people.other, 'leads', made.id, made.version, { demand: '不给别人看' })
    await expect(it_.create(people.seller, 'leads', { name: '替外人建的线索', owner: people.other.id }, draft)).rejects.toMatchObject(notFound)
  })

  it('counts what somebody sees as they would find it, one by one: their own, what is shared with them, and what belongs to that', async () => {
    const customer = await it_.create(people.seller, 'customers')
    await it_.create(people.seller, 'contacts', { customer: customer.id })
    await it_.create(people.seller, 'opportunities', { customer: customer.id })
    await it_.create(people.seller, 'plans', { customer: customer.id })
    await it_.create(people.seller, 'customers')
    const counted = async () => Object.fromEntries((await recordsInSight(it_.db, people.other.id, { kind: 'own', accountId: people.other.id })).map(({ kind, count }) => [kind, count]))
    const before = await counted()
    await it_.crm.setCollaborators(people.seller, { params: { kind: 'customers', id: customer.id }, body: { collaborators: [{ id: people.other.id, access: 'read' }] } })
    const after = await counted()
    expect(after).toEqual({ ...before, customers: before.customers! + 1, contacts: before.contacts! + 1, opportunities: before.opportunities! + 1, plans: before.plans! + 1 })
    for (const { kind, table, only } of ownedTables) {
      const rows = await it_.db.select({ id: table.id }).from(table).where(only)
      const found = await Promise.all(rows.map(({ id }) => it_.get(people.other, kind, id as string).then(() => 1, () => 0)))
      expect([kind, after[kind]]).toEqual([kind, found.filter(Boolean).length])
    }
  })

  it('finds an address by the region it lies in, in whatever words', async () => {
    const made = await Promise.all([['330106', '文三路 1 号'], ['330100', ''], ['360103', '西湖区政府'], ['', '杭州湾大桥'], ['310101', '杭州路 2 号']].map(([code, detail]) =>
      it_.create(people.mate, 'customers', { name: `地区${code}`, location: { code: code!, detail: detail! } })))
    const at = async (value: string) => (await it_.list(people.mate, 'customers', { q: '地区', filters: JSON.stringify([{ field: 'location', op: 'contains', value }]) })).items.map(({ id }) => made.findIndex(one => one.id === id)).sort()
    expect(await at('杭州')).toEqual([0, 1, 3, 4])
    expect(await at('浙江省杭州市')).toEqual([0, 1])
    expect(await at('浙江 文三路')).toEqual([0])
    expect(await at('西湖区')).toEqual([0, 2])
    expect(await at('上海 杭州')).toEqual([4])
    expect(await at('拉萨')).toEqual([])
  })

  it('takes a change of what somebody wrote who mentioned a colleague that has left since', async () => {
    const { db } = it_
    const customer = await it_.create(people.seller, 'customers')
    await it_.crm.setCollaborators(people.seller, { params: { kind: 'customers', id: customer.id }, body: { collaborators: [{ id: people.mate.id, access: 'read' }] } })
    const said = await it_.create(people.seller, 'follow-ups', { customer: customer.id, content: '@主管 @同事', mentioned: [people.leader.id, people.mate.id] })
    const inService = (status: 'active' | 'disabled') => db.update(tables.account).set({ status }).where(eq(tables.account.id, people.mate.id))
    await inService('disabled')
    const changed = await it_.patch(people.seller, 'follow-ups', said.id, said.version, { content: '@主管 @同事 补充', mentioned: [people.mate.id, people.leader.id] })
    expect(changed.values.mentioned).toEqual([people.mate.id, people.leader.id])
    await expect(it_.create(people.seller, 'follow-ups', { customer: customer.id, content: '@同事', mentioned: [people.mate.id] })).rejects.toMatchObject({ details: { issues: [{ path: 'values.mentioned' }] } })
    await inService('active')
  })

  it('shares on although somebody it is shared with has left, and takes their place away when asked', async () => {
    const { db } = it_
    const customer = await it_.create(people.seller, 'customers')
    const leavers = await db.insert(tables.account).values([{ name: '走一', role: 'member' as const }, { name: '走二', role: 'member' as const }]).returning()
    const share = (...ids: string[]) => it_.crm.setCollaborators(people.seller, { params: { kind: 'customers', id: customer.id }, body: { collaborators: ids.map(id => ({ id, access: 'read' as const })) } })
    const [one, two] = leavers.map(({ id }) => id) as [string, string]
    await share(one, two)
    await db.update(tables.account).set({ status: 'disabled' }).where(inArray(tables.account.id, [one, two]))
    const ids = ({ collaborators }: Awaited<ReturnType<typeof share>>) => collaborators.map(({ person }) => person.id).sort()
    expect(ids(await share(one, two, people.mate.id))).toEqual([one, two, people.mate.id].sort())
    expect(ids(await share(two, people.mate.id))).toEqual([two, people.mate.id].sort())
    await expect(share(one, two)).rejects.toMatchObject({ code: 'owner_unknown' })
  })

  it('gives records to a colleague with what belongs to them, and tells so', async () => {
    const customer = await it_.create(people.seller, 'customers')
    const deal = await it_.create(people.seller, 'opportunities', { customer: customer.id })
    const foreign = await it_.create(people.other, 'customers')
    await it_.crm.setCollaborators(people.seller, { params: { kind: 'customers', id: customer.id }, body: { collaborators: [{ id: people.mate.id, access: 'read' }] } })
    it_.events.length = 0
    const given = await it_.crm.transfer(people.seller, { params: { kind: 'customers' }, body: { ids: [customer.id, foreign.id], ownerId: people.other.id, withRelated: true } })
    expect(given).toMatchObject({ done: [customer.id], failed: [{ id: foreign.id, name: '' }] })
    await expect(it_.get(people.seller, 'customers', customer.id)).rejects.toMatchObject(notFound)
    expect(await it_.get(people.other, 'opportunities', deal.id)).toMatchObject({ access: 'own' })
    expect(it_.events).toMatchObject([{ type: 'record.transferred', actor: { name: '销售' }, record: { id: customer.id }, parties: { owner: people.other.id, formerOwner: people.seller.id, collaborators: [people.mate.id] } }])
    await expect(it_.crm.transfer(people.seller, { params: { kind: 'customers' }, body: { ids: [customer.id], ownerId: people.left.id, withRelated: false } })).rejects.toMatchObject({ code: 'owner_unknown' })
  })

  it('passes on what is left to do when a new owner is named in the form', async () => {
    const { seller, mate, leader } = people
    const customer = await it_.create(seller, 'customers')
    const [contact, deal, ended] = [await it_.create(seller, 'contacts', { customer: customer.id }), await it_.create(seller, 'opportunities', { customer: customer.id }), await it_.create(seller, 'opportunities', { customer: customer.id })]
    await it_.crm.setOpportunityStage(seller, { params: { id: ended.id }, body: { stage: 'won', version: ended.version } })
    const [plan, done] = [await it_.create(seller, 'plans', { customer: customer.id, opportunity: deal.id }), await it_.create(seller, 'plans', { customer: customer.id })]
    await it_.crm.setPlanStatus(seller, { params: { id: done.id }, body: { status: 'cancelled' } })
    const theirs = await it_.create(leader, 'plans', { customer: customer.id })
    const lead = await it_.create(seller, 'leads')
    const leadPlan = await it_.create(seller, 'plans', { lead: lead.id })
    const ownerOf = async (kind: RecordKind, { id }: { id: string }) => (await it_.get(people.admin, kind, id)).owner?.name

    await it_.patch(leader, 'leads', lead.id, lead.version, { owner: mate.id })
    expect(await ownerOf('plans', leadPlan)).toBe('同事')
    it_.events.length = 0
    await it_.patch(leader, 'customers', customer.id, (await it_.get(leader, 'customers', customer.id)).version, { owner: mate.id })
    expect(it_.events.map(({ type }) => type)).toEqual(['record.transferred'])
    for (const [kind, record] of [['contacts', contact], ['opportunities', deal], ['plans', plan]] as const) expect(await ownerOf(kind, record), kind).toBe('同事')
    for (const [kind, record] of [['opportunities', ended], ['plans', done]] as const) expect(await ownerOf(kind, record), kind).toBe('销售')
    expect(await ownerOf('plans', theirs)).toBe('主管')
    // A deal given on later takes its plan along as well.
    await it_.patch(leader, 'opportunities', deal.id, (await it_.get(leader, 'opportunities', deal.id)).version, { owner: seller.id })
    expect(await ownerOf('plans', plan)).toBe('销售')
  })
})
