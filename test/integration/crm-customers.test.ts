import type { RouteParsed } from '#contract/route.ts'
import type { Actor, CrmGateway } from '../../server/crm/legacy/gateway.ts'
import type { Database } from '../../server/db/index.ts'
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { legacyCrmRoutes as crmRoutes } from '#contract/crm/legacy.ts'
import { createLegacyCrm } from '../../server/crm/index.ts'
import { tables } from '../../server/db/index.ts'
import { createDirectory } from '../../server/directory/index.ts'
import { engines } from '../support/engines.ts'

type Draft = RouteParsed<(typeof crmRoutes)['POST /api/crm/legacy/customers']>['body']
type Query = RouteParsed<(typeof crmRoutes)['GET /api/crm/legacy/customers']>['query']

/** Input as a handler gets it: through the contract. */
const query = (input: Partial<Query> = {}) => crmRoutes['GET /api/crm/legacy/customers'].query.parse(input)
const draft = (input: Partial<Draft>) => crmRoutes['POST /api/crm/legacy/customers'].body.parse({ name: '杭州启远科技有限公司', ...input })

/** Noon of 15 June in Shanghai. */
const now = new Date('2026-06-15T04:00:00Z')

describe.each(engines)('embedded customers on $engine', ({ open }) => {
  let database: Database
  let crm: CrmGateway
  let clock = now
  let people: Record<'admin' | 'leader' | 'seller' | 'other' | 'left', Actor>

  beforeAll(async () => {
    database = await open()
    const { db } = database
    crm = createLegacyCrm({ db, directory: createDirectory({ db }), now: () => clock })
    const [sales] = await db.insert(tables.department).values({ name: '销售中心', dingtalkId: 2 }).returning()
    const [team] = await db.insert(tables.department).values({ name: '一组', dingtalkId: 3, parentId: sales!.id }).returning()
    const make = async (name: string, role: 'admin' | 'member', departmentId?: string, leader = false, status: 'active' | 'disabled' = 'active') => {
      const [made] = await db.insert(tables.account).values({ name, role, status }).returning()
      if (departmentId)
        await db.insert(tables.accountDepartment).values({ accountId: made!.id, departmentId, leader })
      return { id: made!.id, name, role }
    }
    people = {
      admin: await make('管理员', 'admin'),
      leader: await make('主管', 'member', sales!.id, true),
      seller: await make('销售', 'member', team!.id),
      other: await make('财务', 'member'),
      left: await make('离职', 'member', team!.id, false, 'disabled'),
    }
  })
  beforeEach(async () => {
    clock = now
    await database.db.delete(tables.customer)
  })
  afterAll(() => database.close())

  const names = async (actor: Actor, input: Partial<Query> = {}) => (await crm.customers.list(actor, query(input))).items.map(({ name }) => name)

  it('shows a customer to its owner, to leaders above and to administrators, to nobody else', async () => {
    const made = await crm.customers.create(people.seller, draft({}))
    for (const actor of [people.admin, people.leader, people.seller]) {
      expect(await crm.customers.get(actor, made.id)).toEqual(made)
      expect(await names(actor)).toEqual([made.name])
      expect((await crm.overview(actor)).customers.value).toBe(1)
    }
    await expect(crm.customers.get(people.other, made.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(crm.customers.patch(people.other, made.id, { version: 1, name: '偷看' })).rejects.toMatchObject({ code: 'not_found' })
    expect(await crm.customers.list(people.other, query())).toEqual({ items: [], nextCursor: null, total: 0 })
    expect(await crm.overview(people.other)).toMatchObject({ customers: { value: 0 }, due: { value: 0 }, recent: [] })
  })

  it('lets people assign only within their reach, and only active owners', async () => {
    const owners = async (actor: Actor, q?: string) => (await crm.owners(actor, { q })).map(({ name }) => name).sort()
    expect(await owners(people.seller)).toEqual(['销售'])
    expect(await owners(people.leader)).toEqual(['主管', '销售'].sort())
    expect(await owners(people.admin, '财')).toEqual(['财务'])
    expect((await crm.capabilities(people.seller)).customers.assignOwner).toBe(false)

    const refused = { code: 'owner_unknown' }
    await expect(crm.customers.create(people.seller, draft({ ownerId: people.other.id }))).rejects.toMatchObject(refused)
    await expect(crm.customers.create(people.leader, draft({ ownerId: people.left.id }))).rejects.toMatchObject(refused)
    await expect(crm.customers.create(people.admin, draft({ ownerId: randomUUID() }))).rejects.toMatchObject(refused)
    const given = await crm.customers.create(people.leader, draft({ ownerId: people.seller.id }))
    expect(given).toMatchObject({ owner: { id: people.seller.id, name: '销售' }, createdBy: '主管' })
  })

  it('keeps the owner of a customer who has left, until another is named', async () => {
    const made = await crm.customers.create(people.admin, draft({ ownerId: people.seller.id }))
    await database.db.update(tables.customer).set({ ownerId: people.left.id })
    const edited = await crm.customers.patch(people.leader, made.id, { version: 1, ownerId: people.left.id, phone: '021' })
    expect(edited).toMatchObject({ owner: { name: '离职' }, phone: '021', version: 2 })
  })

  it('refuses an edit made from an outdated version and changes nothing', async () => {
    const made = await crm.customers.create(people.seller, draft({ phone: '1' }))
    clock = new Date(now.getTime() + 1000)
    const edited = await crm.customers.patch(people.seller, made.id, { version: made.version, phone: '2' })
    expect(edited).toMatchObject({ version: 2, phone: '2', updatedAt: clock.toISOString(), createdAt: now.toISOString() })
    for (const version of [1, 3, 2 ** 40])
      await expect(crm.customers.patch(people.leader, made.id, { version, phone: '3' })).rejects.toMatchObject({ code: 'stale_edit' })
    expect(await crm.customers.get(people.seller, made.id)).toEqual(edited)
  })

  it('lets exactly one of many simultaneous edits through', async () => {
    const made = await crm.customers.create(people.seller, draft({}))
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, (_, index) => crm.customers.patch(people.seller, made.id, { version: 1, phone: String(index) })),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('finds by name and phone, ignoring case, and takes % _ and \\ as they are', async () => {
    for (const [name, phone] of [
      ['Acme 100%', '13800000001'],
      ['acme_100', '13800000002'],
      ['百分之百\\公司', ''],
    ] as const)
      await crm.customers.create(people.seller, draft({ name, phone }))
    const found = async (q: string) => (await names(people.seller, { q })).sort()
    expect(await found('ACME')).toEqual(['Acme 100%', 'acme_100'])
    expect(await found('%')).toEqual(['Acme 100%'])
    expect(await found('_')).toEqual(['acme_100'])
    expect(await found('\\')).toEqual(['百分之百\\公司'])
    expect(await found('0000002')).toEqual(['acme_100'])
    expect(await found('\' or 1=1 --')).toEqual([])
  })

  it('filters by view and status', async () => {
    await crm.customers.create(people.leader, draft({ name: '我的', status: 'following' }))
    await crm.customers.create(people.seller, draft({ name: '同事的', status: 'won' }))
    expect(await names(people.leader, { view: 'mine' })).toEqual(['我的'])
    expect(await names(people.leader, { status: 'won' })).toEqual(['同事的'])
    expect(await names(people.seller, { view: 'all' })).toEqual(['同事的'])
  })

  it.each(['recent', 'name', 'next'] as const)('pages through everything once, sorted by %s', async (sort) => {
    for (let index = 0; index < 23; index++) {
      clock = new Date(now.getTime() + Math.floor(index / 4) * 1000)
      await crm.customers.create(
        people.seller,
        draft({ name: `客户${index % 7}`, nextStepAt: index % 3 === 0 ? null : new Date(now.getTime() + (index % 5) * 3_600_000).toISOString() }),
      )
    }
    const whole = await crm.customers.list(people.seller, query({ sort, limit: 100 }))
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const page = await crm.customers.list(people.seller, query({ sort, limit: 5, ...(cursor && { cursor }) }))
      expect(page.total).toBe(23)
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(ids).toEqual(whole.items.map(({ id }) => id))
    expect(new Set(ids).size).toBe(23)
    const keys = whole.items.map(row => (sort === 'recent' ? row.updatedAt : sort === 'next' ? (row.nextStepAt ?? '~') : row.name))
    expect(keys).toEqual(sort === 'recent' ? keys.toSorted().reverse() : keys.toSorted())
  })

  it('refuses forged cursors and those of another order', async () => {
    await crm.customers.create(people.seller, draft({}))
    await crm.customers.create(people.seller, draft({}))
    const { nextCursor } = await crm.customers.list(people.seller, query({ limit: 1, sort: 'name' }))
    const forged = [
      { sort: 'name', at: 'a\0b', id: randomUUID() },
      { sort: 'recent', at: '2026-99-99', id: 'x' },
      { sort: 'recent', at: '2026-02-31T25:00:00.000000Z', id: randomUUID() },
    ]
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const [sort, cursor] of [
      ['recent', nextCursor!],
      ['recent', 'nonsense'],
      ['recent', encode(null)],
      ['name', encode(forged[0])],
      ['recent', encode(forged[1])],
      ['recent', encode(forged[2])],
    ] as const)
      await expect(crm.customers.list(people.seller, query({ sort, cursor }))).rejects.toMatchObject({ code: 'validation_failed' })
  })

  it('stores emoji, SQL and HTML as they are', async () => {
    const name = '🐱 \'; drop table customer; -- <script>alert(1)</script> "引号"'
    const remark = 'line 1\n\tline 2 <b>\\0</b>'
    const made = await crm.customers.create(people.seller, draft({ name, remark }))
    expect(await crm.customers.get(people.seller, made.id)).toMatchObject({ name, remark })
    expect(await names(people.seller, { q: 'drop table' })).toEqual([name])
  })

  it('refuses what does not fit before it reaches the database', async () => {
    const body = crmRoutes['POST /api/crm/legacy/customers'].body
    for (const name of ['长'.repeat(300), 'nul\0', '', '  ']) expect(body.safeParse({ name }).success).toBe(false)
    expect(body.safeParse({ name: '🐱'.repeat(200) }).success).toBe(true)
    for (const nextStepAt of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z']) {
      await expect(crm.customers.create(people.seller, draft({ nextStepAt }))).rejects.toMatchObject({
        code: 'validation_failed',
        details: { issues: [{ path: 'nextStepAt' }] },
      })
    }
  })

  it('remembers since when a customer is won, and forgets it when it no longer is', async () => {
    const wonThisMonth = async () => (await crm.overview(people.seller)).wonThisMonth
    const made = await crm.customers.create(people.seller, draft({ status: 'won' }))
    expect(await wonThisMonth()).toEqual({ value: 1, before: 0 })
    clock = new Date('2026-07-20T00:00:00Z')
    await crm.customers.patch(people.seller, made.id, { version: 1, status: 'won', phone: '1' })
    expect(await wonThisMonth()).toEqual({ value: 0, before: 1 })
    await crm.customers.patch(people.seller, made.id, { version: 2, status: 'lost' })
    expect(await wonThisMonth()).toEqual({ value: 0, before: 0 })
  })

  it('counts months and days as Shanghai does', async () => {
    const at = async (createdAt: string, nextStepAt: string | null = null) => {
      clock = new Date(createdAt)
      await crm.customers.create(people.seller, draft({ name: createdAt, nextStepAt }))
    }
    // Midnight in Shanghai is 16:00 UTC of the day before.
    await at('2026-05-31T15:59:59Z')
    await at('2026-05-31T16:00:00Z', '2026-06-15T15:59:00Z')
    await at('2026-05-10T00:00:00Z', '2026-06-01T00:00:00Z')
    await at('2026-04-30T15:59:59Z', '2026-06-15T16:00:00Z')
    clock = now
    const overview = await crm.overview(people.seller)
    expect(overview).toMatchObject({
      customers: { value: 4, before: 3 },
      // Of May, only what was created up to noon of the 15th compares with June up to noon of the 15th.
      newThisMonth: { value: 1, before: 1 },
      due: { value: 2, before: null },
    })
    expect(overview.dueNext.map(({ nextStepAt }) => nextStepAt)).toEqual(['2026-06-01T00:00:00.000Z', '2026-06-15T15:59:00.000Z'])
    expect(overview.recent[0]!.name).toBe('2026-05-31T16:00:00Z')
  })

  it('fills an empty CRM once, so that everybody in sales has customers and others have none', async () => {
    const [first, second] = await Promise.allSettled([crm.fillSampleData!(people.admin), crm.fillSampleData!(people.admin)])
    const refusals = [first, second].filter(({ status }) => status === 'rejected')
    expect(refusals).toMatchObject([{ reason: { code: 'sample_data_not_empty' } }])
    for (const actor of [people.leader, people.seller]) expect((await crm.customers.list(actor, query({ view: 'mine' }))).total).toBeGreaterThan(2)
    for (const actor of [people.other, people.left])
      expect((await crm.customers.list(people.admin, query({ limit: 100 }))).items.some(({ owner }) => owner.id === actor.id)).toBe(false)
    const { customers, due, dueNext } = await crm.overview(people.admin)
    expect(customers.value).toBeGreaterThanOrEqual(24)
    expect(due.value).toBeGreaterThan(0)
    expect(dueNext.length).toBeGreaterThan(0)
    const [oldest] = await database.db.select().from(tables.customer).where(eq(tables.customer.status, 'won')).limit(1)
    expect(oldest!.wonAt!.getTime()).toBeLessThanOrEqual(now.getTime())
  })
})
