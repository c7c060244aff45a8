import type { CrmCompany } from '../support/crm.ts'
import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { plansDue } from '../../server/crm/index.ts'
import { tables } from '../../server/db/index.ts'
import { overviewLinks } from '../../src/pages/workbench/overview-links.ts'
import { crmCompany, noon } from '../support/crm.ts'
import { engines } from '../support/engines.ts'

const notFound = { code: 'not_found' }
/** The head of a lossy WebP of 4 × 3 pixels. */
const smallWebp = Buffer.from('524946461a000000574542505650382010000000300100' + '9d012a04000300', 'hex')
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

describe.each(engines)('steps of records on $engine', ({ open }) => {
  let company: CrmCompany
  let crm: CrmCompany['crm']
  let people: CrmCompany['people']

  beforeAll(async () => {
    company = await crmCompany(open)
    ;({ crm, people } = company)
  })
  beforeEach(() => {
    company.clock.now = noon
    company.events.length = 0
  })
  afterAll(() => company.close())

  it('moves an opportunity through its stages, and counts what is won exactly', async () => {
    const customer = await company.create(people.seller, 'customers')
    const deal = await company.create(people.seller, 'opportunities', { customer: customer.id, amount: '0.10' })
    const other = await company.create(people.seller, 'opportunities', { customer: customer.id, amount: '0.20' })
    const move = (id: string, stage: string, version: number, rest: object = {}) => crm.setOpportunityStage(people.seller, { params: { id }, body: { stage, version, ...rest } })
    expect(await move(deal.id, 'proposal', 1)).toMatchObject({ state: { value: 'proposal', label: '立项汇报' }, values: { probability: 70 }, version: 2 })
    await expect(move(deal.id, 'won', 1)).rejects.toMatchObject({ code: 'stale_edit' })
    await expect(move(deal.id, 'nowhere', 2)).rejects.toMatchObject({ code: 'validation_failed' })
    expect(await move(deal.id, 'won', 2, { remark: '价格合适' })).toMatchObject({ state: { tone: 'success' }, values: { closeNote: '价格合适' } })
    await move(other.id, 'won', 1)
    expect(company.events.map(({ type, values }) => [type, values.former, values.stage])).toEqual([
      ['opportunity.stage_changed', { 'zh-CN': '新建', 'en-US': 'New' }, { 'zh-CN': '立项汇报', 'en-US': 'Proposal' }],
      ['opportunity.won', { 'zh-CN': '立项汇报', 'en-US': 'Proposal' }, { 'zh-CN': '成功', 'en-US': 'Won' }],
      ['opportunity.won', { 'zh-CN': '新建', 'en-US': 'New' }, { 'zh-CN': '成功', 'en-US': 'Won' }],
    ])
    const overview = await crm.overview(people.seller, { query: { period: 'month', scope: 'mine' } })
    expect(overview).toMatchObject({ wonCount: { value: '2', before: '0' }, wonAmount: { value: '0.30', before: '0' }, canSeeDepartment: false })
    expect((await crm.overview(people.other, { query: { period: 'month', scope: 'department' } })).wonCount.value).toBe('0')
    expect((await crm.overview(people.leader, { query: { period: 'today', scope: 'department' } })).wonAmount.value).toBe('0.30')
    // Whatever is shared with a leader is no number of theirs, and in none of the lists behind the numbers.
    const foreign = await company.create(people.admin, 'customers')
    await crm.setCollaborators(people.admin, { params: { kind: 'customers', id: foreign.id }, body: { collaborators: [{ id: people.leader.id, access: 'read' }] } })
    for (const [actor, scope] of [[people.leader, 'department'], [people.seller, 'mine'], [people.admin, 'department']] as const) {
      const shown = await crm.overview(actor, { query: { period: 'month', scope } })
      const links = overviewLinks(shown)
      for (const key of ['wonCount', 'newOpportunities', 'newLeads', 'newCustomers', 'followUps'] as const)
        expect([actor.name, key, (await company.list(actor, links[key].name, links[key].query)).total]).toEqual([actor.name, key, Number(shown[key].value)])
    }
    company.clock.now = new Date('2026-07-15T04:00:00Z')
    expect((await crm.overview(people.leader, { query: { period: 'month', scope: 'department' } })).wonAmount).toEqual({ value: '0', before: '0.30' })
    await move(other.id, 'lost', 2, { reason: 'price' })
    expect((await company.get(people.seller, 'opportunities', other.id)).values.lostReason).toBe('price')
    expect((await move(other.id, 'new', 3)).values.lostReason).toBeNull()
    const funnel = (await crm.overview(people.seller, { query: { period: 'month', scope: 'mine' } })).funnel
    expect(funnel[0]).toMatchObject({ value: 'new', label: '新建', count: 1, amount: '0.20' })
  })

  it('turns a lead into a customer, a contact and an opportunity, once', async () => {
    const lead = await company.create(people.seller, 'leads', { name: '转换科技', contactName: '李总', phone: '13900001111' })
    await company.create(people.seller, 'follow-ups', { lead: lead.id, content: '初次拜访' })
    const plan = await company.create(people.seller, 'plans', { lead: lead.id })
    const convert = (actor = people.leader, body: object = {}) =>
      crm.convertLead(actor, { params: { id: lead.id }, body: { contact: true, opportunity: { name: '首单', amount: '88000', expectedCloseOn: '2026-12-01' }, ...body } })
    await expect(convert(people.seller, { opportunity: { name: '', amount: '一万' } })).rejects.toMatchObject({
      details: { issues: [{ path: 'opportunity.name' }, { path: 'opportunity.amount' }, { path: 'opportunity.expectedCloseOn' }] },
    })
    await crm.setCollaborators(people.seller, { params: { kind: 'leads', id: lead.id }, body: { collaborators: [{ id: people.other.id, access: 'read' }] } })
    company.events.length = 0
    const done = await convert()
    expect(done).toMatchObject({ customer: { name: '转换科技', readable: true }, contact: { name: '李总' }, opportunity: { name: '首单' } })
    expect(await convert()).toEqual(done)
    expect(await company.get(people.seller, 'customers', done.customer.id)).toMatchObject({ access: 'own', counts: { contacts: 1, opportunities: 1, followUps: 1, plans: 1 }, next: { planId: plan.id } })
    const after = await company.get(people.seller, 'leads', lead.id)
    expect(after).toMatchObject({ state: { value: 'converted' }, converted: [{ kind: 'customers' }, { kind: 'contacts' }, { kind: 'opportunities' }] })
    expect(after.rights).not.toContain('edit')
    await expect(company.patch(people.seller, 'leads', lead.id, after.version, { product: 'x' })).rejects.toMatchObject({ code: 'record_locked' })
    expect(company.events.map(({ type, parties }) => [type, parties.collaborators])).toEqual([['lead.converted', [people.other.id]]])
    const second = await company.create(people.mate, 'leads', { name: '转换科技' }, { ignoreDuplicates: true })
    await expect(crm.convertLead(people.mate, { params: { id: second.id }, body: { contact: false } })).rejects.toMatchObject({ code: 'duplicate_found' })
    expect((await company.get(people.mate, 'leads', second.id)).state!.value).toBe('new')
  })

  it('lets the plans of a converted lead be edited, fulfilled, and outlive it', async () => {
    const lead = await company.create(people.seller, 'leads', { name: '接续科技', contactName: '周总' })
    await company.create(people.seller, 'follow-ups', { lead: lead.id, content: '首次联系' })
    const plan = await company.create(people.seller, 'plans', { lead: lead.id })
    const { customer } = await crm.convertLead(people.leader, { params: { id: lead.id }, body: { contact: true } })
    const moved = await company.patch(people.seller, 'plans', plan.id, plan.version, { content: '带合同去', dueAt: '2026-06-21T02:00:00Z' })
    expect(moved).toMatchObject({ values: { content: '带合同去', lead: null, customer: customer.id } })
    expect((await company.get(people.seller, 'leads', lead.id)).rights).not.toContain('follow')
    // A form opened, or a draft kept, before the conversion still names the lead.
    const done = await company.create(people.seller, 'follow-ups', { lead: lead.id, content: '合同已签' }, { fromPlanId: plan.id, next: { values: { content: '交付', dueAt: '2026-06-25T02:00:00Z' } } })
    expect(done.values).toMatchObject({ lead: null, customer: customer.id })
    expect((await company.get(people.seller, 'plans', plan.id)).state!.value).toBe('completed')
    await company.remove(people.admin, 'leads', lead.id)
    expect(await company.get(people.seller, 'customers', customer.id)).toMatchObject({ counts: { followUps: 2, plans: 2 }, next: { content: '交付' } })
    await company.restore(people.admin, 'leads', lead.id)
    expect((await company.get(people.seller, 'leads', lead.id)).counts).toMatchObject({ followUps: 0, plans: 0 })

    // As conversions were written once: at both, where nobody could edit them.
    await company.db.update(tables.followUpPlan).set({ leadId: lead.id }).where(eq(tables.followUpPlan.id, plan.id))
    await company.db.update(tables.followUp).set({ leadId: lead.id }).where(eq(tables.followUp.id, done.id))
    await company.db.update(tables.lead).set({ lastFollowUpAt: noon, lastFollowUpById: people.seller.id }).where(eq(tables.lead.id, lead.id))
    const migration = readFileSync(new URL('../../server/db/migrations/0020_converted_activities.sql', import.meta.url), 'utf8')
    for (const statement of migration.split('--> statement-breakpoint')) await company.db.execute(statement)
    expect(await company.get(people.seller, 'leads', lead.id)).toMatchObject({ counts: { followUps: 0, plans: 0 }, lastFollowUpAt: null })
    expect(await company.get(people.seller, 'customers', customer.id)).toMatchObject({ counts: { followUps: 2, plans: 2 } })
  })

  it('disables contacts and reopens plans', async () => {
    const customer = await company.create(people.seller, 'customers')
    const contact = await company.create(people.seller, 'contacts', { customer: customer.id })
    expect(contact.rights).toContain('follow')
    expect(await company.create(people.seller, 'follow-ups', { customer: customer.id, contact: contact.id })).toMatchObject({ values: { contact: contact.id } })
    // One's own contact at a customer out of reach: whom it would be about could not be written to.
    const foreign = await company.create(people.admin, 'customers')
    const own = await company.create(people.admin, 'contacts', { customer: foreign.id, owner: people.other.id })
    expect((await company.get(people.other, 'contacts', own.id)).rights).not.toContain('follow')
    await company.create(people.admin, 'follow-ups', { customer: foreign.id, contact: own.id })
    expect((await company.get(people.other, 'contacts', own.id)).counts.followUps).toBe(0)
    expect(await company.list(people.other, 'follow-ups', { of: 'contacts', ofId: own.id })).toMatchObject({ items: [], total: 0 })
    // At a customer one may only read, one's own contact is enough to write.
    await crm.setCollaborators(people.admin, { params: { kind: 'customers', id: foreign.id }, body: { collaborators: [{ id: people.other.id, access: 'read' }] } })
    expect(await company.get(people.other, 'contacts', own.id)).toMatchObject({ rights: expect.arrayContaining(['follow']), counts: { followUps: 1 } })
    const said = await company.create(people.other, 'follow-ups', { customer: foreign.id, contact: own.id })
    expect(await company.names(people.other, 'follow-ups', { of: 'contacts', ofId: own.id })).toContain(said.name)
    await expect(company.create(people.other, 'follow-ups', { customer: foreign.id })).rejects.toMatchObject({ details: { issues: [{ path: 'values.customer', message: 'record_readonly' }] } })
    await crm.setCollaborators(people.admin, { params: { kind: 'customers', id: foreign.id }, body: { collaborators: [] } })
    expect(await crm.setContactEnabled(people.leader, { params: { id: contact.id }, body: { enabled: false, reason: '已离职' } })).toMatchObject({ state: { value: 'disabled' }, values: { disabledReason: '已离职' } })
    expect((await crm.options(people.seller, { params: { kind: 'opportunities', field: 'contact' }, query: { within: customer.id, limit: 20 } })).options).toEqual([])
    const plan = await company.create(people.seller, 'plans', { customer: customer.id })
    await crm.setPlanStatus(people.seller, { params: { id: plan.id }, body: { status: 'cancelled' } })
    expect((await company.get(people.seller, 'customers', customer.id)).next).toBeNull()
    await expect(company.create(people.seller, 'follow-ups', { customer: customer.id }, { fromPlanId: plan.id })).rejects.toMatchObject({ code: 'plan_closed' })
    expect((await company.get(people.seller, 'customers', customer.id)).counts.followUps).toBe(1)
    await crm.setPlanStatus(people.seller, { params: { id: plan.id }, body: { status: 'open' } })
    expect((await company.get(people.seller, 'customers', customer.id)).next?.planId).toBe(plan.id)
    await crm.setCollaborators(people.seller, { params: { kind: 'customers', id: customer.id }, body: { collaborators: [{ id: people.other.id, access: 'read' }] } })
    const due = await plansDue(company.db, { from: new Date('2026-06-20T00:00:00Z'), until: new Date('2026-06-21T00:00:00Z') })
    expect(due.find(({ id }) => id === plan.id)).toMatchObject({ ownerId: people.seller.id, collaborators: [people.other.id], about: customer.name, dueAt: new Date('2026-06-20T02:00:00Z') })
    await crm.setCollaborators(people.seller, { params: { kind: 'customers', id: customer.id }, body: { collaborators: [] } })
  })

  it('shares a record to read or to write, and shows who had it before', async () => {
    const customer = await company.create(people.seller, 'customers', { name: '共享客户' })
    const contact = await company.create(people.seller, 'contacts', { customer: customer.id })
    const share = (actor = people.seller, ...collaborators: Array<{ id: string, access: 'read' | 'write' }>) => crm.setCollaborators(actor, { params: { kind: 'customers', id: customer.id }, body: { collaborators } })
    await expect(share(people.other, { id: people.other.id, access: 'write' })).rejects.toMatchObject(notFound)
    await share(people.seller, { id: people.other.id, access: 'read' })
    expect(company.events.filter(({ type }) => type === 'record.shared')).toMatchObject([{ parties: { collaborators: [people.other.id] } }])
    expect(company.events.filter(({ type }) => type === 'collaborator.added')).toMatchObject([{ parties: { owner: people.seller.id }, values: { people: expect.stringMatching(/./) } }])
    expect(await company.names(people.other, 'customers', { view: 'shared' })).toEqual(['共享客户'])
    expect(await company.names(people.other, 'customers')).toEqual(['共享客户'])
    expect(await company.names(people.other, 'contacts')).toContain(contact.name)
    const read = await company.get(people.other, 'customers', customer.id)
    expect(read).toMatchObject({ access: 'shared_read', rights: [] })
    await expect(company.patch(people.other, 'customers', customer.id, 1, { level: 'A' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(company.create(people.other, 'follow-ups', { customer: customer.id })).rejects.toMatchObject({ details: { issues: [{ path: 'values.customer', message: 'record_readonly' }] } })
    await share(people.seller, { id: people.other.id, access: 'write' })
    expect((await company.patch(people.other, 'customers', customer.id, 1, { level: 'A' })).values.level).toBe('A')
    const added = await company.create(people.other, 'contacts', { customer: customer.id })
    expect(company.events.filter(({ type, record }) => type === 'contact.added' && record.id === added.id)).toMatchObject([{ parties: { owner: people.seller.id }, values: { about: '共享客户' } }])
    await expect(company.patch(people.other, 'customers', customer.id, 2, { owner: people.other.id })).rejects.toMatchObject({ code: 'validation_failed' })
    await expect(company.remove(people.other, 'customers', customer.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(share(people.seller, { id: people.left.id, access: 'read' })).rejects.toMatchObject({ code: 'owner_unknown' })
    company.events.length = 0
    const doomed = await company.create(people.seller, 'contacts', { customer: customer.id })
    await company.remove(people.seller, 'contacts', doomed.id)
    expect(company.events.filter(({ type }) => type === 'record.deleted')).toMatchObject([{ parties: { collaborators: [people.other.id] } }])
    await share(people.seller)
    await expect(company.get(people.other, 'customers', customer.id)).rejects.toMatchObject(notFound)

    company.clock.now = new Date(noon.getTime() + 60_000)
    await company.patch(people.leader, 'customers', customer.id, 2, { owner: people.mate.id })
    const { owners } = await crm.ownerHistory(people.mate, { params: { kind: 'customers', id: customer.id } })
    expect(owners).toMatchObject([
      { owner: { name: '同事' }, until: null },
      { owner: { name: '销售' }, from: noon.toISOString(), until: company.clock.now.toISOString(), by: { name: '主管' } },
    ])
  })

  it('lets who sees a follow-up have a word on it, and mentions only people who see it too', async () => {
    const customer = await company.create(people.seller, 'customers')
    const record = await company.create(people.seller, 'follow-ups', { customer: customer.id, content: '@主管 请过目', mentioned: [people.leader.id] })
    expect(company.events).toMatchObject([{ type: 'comment.mentioned', parties: { mentioned: [people.leader.id] }, values: { comment: '@主管 请过目', record: customer.name } }])
    company.events.length = 0
    const params = { kind: 'follow-ups' as const, id: record.id }
    await expect(crm.addComment(people.seller, { params, body: { text: '看看', mentions: [people.other.id] } })).rejects.toMatchObject({ code: 'mention_unseen', details: { ask: ['外人'] } })
    const requestKey = randomUUID()
    const body = { text: '客户很满意 <b>@主管</b>', mentions: [people.leader.id], requestKey }
    const made = await crm.addComment(people.seller, { params, body })
    expect((await crm.addComment(people.seller, { params, body })).id).toBe(made.id)
    expect(company.events.map(({ type, parties }) => [type, parties.mentioned])).toEqual([['comment.added', undefined], ['comment.mentioned', [people.leader.id]]])
    company.clock.now = new Date(noon.getTime() + 1000)
    await crm.addComment(people.leader, { params, body: { text: '继续跟进', mentions: [] } })
    await expect(crm.editComment(people.leader, { params: { id: made.id }, body: { text: '改', mentions: [] } })).rejects.toMatchObject(notFound)
    expect(await crm.editComment(people.seller, { params: { id: made.id }, body: { text: '非常满意', mentions: [] } })).toMatchObject({ text: '非常满意', edited: true, own: true })
    const first = await crm.comments(people.leader, { params, query: { limit: 1 } })
    expect(first).toMatchObject({ total: 2, items: [{ text: '非常满意', own: false }] })
    expect((await crm.comments(people.leader, { params, query: { limit: 1, cursor: first.nextCursor! } })).items).toMatchObject([{ text: '继续跟进' }])
    await crm.removeComment(people.seller, { params: { id: made.id } })
    expect((await company.get(people.seller, 'follow-ups', record.id)).counts.comments).toBe(1)
    await expect(crm.comments(people.other, { params, query: { limit: 20 } })).rejects.toMatchObject(notFound)
  })

  it('tells of duplicates in the whole company without giving them away, writes it down, and not without end', async () => {
    await company.create(people.other, 'customers', { name: '上海隐秘精密机械有限公司', phone: '021-6666 8888' })
    const look = (actor: typeof people.seller, query: object) => crm.duplicates(actor, { query: { kind: 'customers', ...query } }, { ip: '1.2.3.4' })
    expect((await look(people.seller, { name: '隐秘精密机械' })).duplicates).toEqual([
      { kind: 'customers', by: 'name', name: '上海****有限公司', phone: '021****88', owner: expect.objectContaining({ name: '外人' }), id: null },
    ])
    expect((await look(people.seller, { kind: 'leads', phone: '02166668888' })).duplicates).toMatchObject([{ by: 'phone', id: null }])
    expect((await look(people.other, { name: '上海隐秘精密机械有限公司' })).duplicates).toMatchObject([{ name: '上海隐秘精密机械有限公司', id: expect.any(String) }])
    expect((await look(people.seller, { name: '有' })).duplicates).toEqual([])
    for (const name of ['隐秘精密机械 6666', '021-6666', '6666 8888'])
      expect((await look(people.seller, { name })).duplicates, name).toEqual([])
    expect((await look(people.seller, { name: '机械 隐秘精密' })).duplicates).toMatchObject([{ by: 'name', id: null }])
    const log = await company.db.select().from(tables.auditLog).where(eq(tables.auditLog.action, 'crm.duplicate_check'))
    expect(log).toHaveLength(8)
    expect(log[0]).toMatchObject({ actor: '销售', ip: '1.2.3.4' })
    const many = await Promise.allSettled(Array.from({ length: 40 }, () => look(people.left, { phone: '1' })))
    expect(many.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(5)
  })

  it('tells by a create no more of duplicates than by the check, and writes that down too', async () => {
    const phone = '021-5050 6060'
    await company.create(people.other, 'customers', { name: '旁路大客户', phone })
    const looks = () => company.db.$count(tables.auditLog, eq(tables.auditLog.action, 'crm.duplicate_check'))
    const before = await looks()
    // A name that is taken makes nothing, so it does not tell of the phone.
    await expect(company.create(people.leader, 'customers', { name: '旁路大客户', phone })).rejects.toMatchObject({ code: 'validation_failed' })
    expect(await looks()).toBe(before)
    const probe = (values: object) => company.create(people.leader, 'contacts', values).catch((error: { code: string }) => error.code)
    const own = await company.create(people.leader, 'customers', { name: '旁路自家' })
    const told = await Promise.all(Array.from({ length: 30 }, () => probe({ customer: own.id, phone })))
    expect(new Set(told)).toEqual(new Set(['duplicate_found']))
    expect(await looks()).toBe(before + 30)
    // Then neither a phone that is there nor one that is not is told of.
    expect(await probe({ customer: own.id, phone })).toBe('rate_limited')
    expect(await probe({ customer: own.id, phone: '021-5050 6061' })).toBe('rate_limited')
    await expect(crm.duplicates(people.leader, { query: { kind: 'leads', phone } }, { ip: '1.2.3.4' })).rejects.toMatchObject({ code: 'rate_limited' })
    await company.create(people.leader, 'contacts', { customer: own.id, phone }, { ignoreDuplicates: true })
  })

  it('keeps pictures to those who see the record that names them', async () => {
    await expect(crm.addPicture(people.seller, { type: 'image/png', bytes: Buffer.from('<svg onload=alert(1)>') })).rejects.toMatchObject({ code: 'unsupported_media_type' })
    const upload = () => crm.addPicture(people.seller, { type: 'image/png', bytes: pixel })
    const picture = await upload()
    expect(picture).toMatchObject({ width: 1, height: 1, bytes: pixel.length })
    const read = (actor: typeof people.seller, id: string, size: 'full' | 'thumb' = 'full') => crm.picture(actor, { params: { id }, query: { size } })
    expect((await read(people.seller, picture.id, 'thumb')).type).toBe('image/png')
    await expect(crm.addThumb(people.mate, picture.id, smallWebp)).rejects.toMatchObject(notFound)
    await expect(crm.addThumb(people.seller, picture.id, Buffer.from('<svg>'))).rejects.toMatchObject({ code: 'unsupported_media_type' })
    await crm.addThumb(people.seller, picture.id, smallWebp)
    await expect(crm.addThumb(people.seller, picture.id, smallWebp)).rejects.toMatchObject(notFound)
    await expect(read(people.leader, picture.id)).rejects.toMatchObject(notFound)
    const customer = await company.create(people.seller, 'customers')
    await expect(company.create(people.mate, 'follow-ups', { customer: customer.id, pictures: [picture.id] })).rejects.toMatchObject({ code: 'validation_failed' })
    const record = await company.create(people.seller, 'follow-ups', { customer: customer.id, pictures: [picture.id], place: { code: '', detail: '文一西路', latitude: 30.28, longitude: 120.1, datum: 'wgs84' } })
    expect(record.values).toMatchObject({ pictures: [picture.id], place: { detail: '文一西路', latitude: 30.28, datum: 'wgs84' } })
    const seen = await read(people.leader, picture.id)
    expect(Buffer.from(seen.body as Uint8Array)).toEqual(pixel)
    const small = await read(people.leader, picture.id, 'thumb')
    expect([small.type, Buffer.from(small.body as Uint8Array)]).toEqual(['image/webp', smallWebp])
    await expect(read(people.other, picture.id)).rejects.toMatchObject(notFound)
    const another = await company.create(people.seller, 'customers')
    await expect(company.create(people.seller, 'follow-ups', { customer: another.id, pictures: [picture.id] })).rejects.toMatchObject({ details: { issues: [{ path: 'values.pictures', message: 'picture_unknown' }] } })
  })

  it('searches all kinds at once within one\'s reach', async () => {
    const customer = await company.create(people.mate, 'customers', { name: '寻找目标公司' })
    await company.create(people.mate, 'contacts', { customer: customer.id, name: '寻找先生' })
    await company.create(people.mate, 'leads', { name: '寻找中的线索' })
    const groups = async (actor: typeof people.seller) => (await crm.search(actor, { query: { q: '寻找', limit: 5 } })).groups.map(({ kind, items }) => [kind, items.length])
    expect(await groups(people.leader)).toEqual([['leads', 1], ['customers', 1], ['contacts', 1]])
    expect(await groups(people.seller)).toEqual([])
    expect((await crm.today(people.mate, {})).recent.map(({ name }) => name)).toEqual(expect.arrayContaining(['寻找中的线索', '寻找先生', '寻找目标公司']))
  })
})
