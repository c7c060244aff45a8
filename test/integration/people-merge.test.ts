import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { startApp } from '../support/app.ts'

type Detail = ApiOutput<'GET /api/accounts/:id'>
type Rights = ApiOutput<'GET /api/accounts/:id/rights'>

let app: TestApp
let admin: Client
/** Account ids by userid. */
let ids: Map<string, string>

beforeAll(async () => {
  app = await startApp()
  admin = await app.loggedIn('zhangsan')
  await app.sync(admin)
  const bound = await app.database.db.select({ userid: tables.binding.userid, id: tables.binding.accountId }).from(tables.binding)
  ids = new Map(bound.map(({ userid, id }) => [userid, id]))
})
afterAll(() => app.close())

const idOf = (userid: string) => ids.get(userid)!
async function makeAccount(values: Partial<typeof tables.account.$inferInsert> = {}) {
  const [made] = await app.database.db.insert(tables.account).values({ name: '旧账号', ...values }).returning({ id: tables.account.id })
  return made!.id
}

describe('what a merge brings', () => {
  it('is not taken away unseen: rights are saved only over what was seen', async () => {
    const path = `/api/accounts/${idOf('wangwu')}/rights`
    const seen = (await admin.get<Rights>(path)).body
    const before = { administrator: seen.administrator, roles: seen.roles }
    const other = await makeAccount({ name: '王五（管理员）', role: 'admin' })
    expect((await admin.post(`/api/accounts/${idOf('wangwu')}/merge`, { from: other })).status).toBe(200)
    const late = await admin.put(path, { administrator: false, roles: ['manager'], before })
    expect([late.status, late.error.code]).toEqual([409, 'rights_changed'])
    expect((await admin.get<Rights>(path)).body).toMatchObject({ administrator: true, roles: seen.roles })
    expect((await admin.put(path, { ...before, before: { administrator: true, roles: seen.roles } })).status).toBe(200)
  })
})

describe('of what both accounts have, a merge', () => {
  it('keeps what allows more: writing over reading, leading over being in a department', async () => {
    const { db } = app.database
    const { accountDepartment, collaborator, customer, department } = tables
    const [keep, drop, owner] = [await makeAccount({ name: '留下的' }), await makeAccount({ name: '并入的' }), idOf('lisi')]
    const made = await db.insert(customer).values(['甲', '乙'].map(name => ({ name, status: 'potential', level: 'A', source: 'visit', ownerId: owner, createdById: owner }))).returning({ id: customer.id })
    const access = [['read', 'write'], ['write', 'read']] as const
    await db.insert(collaborator).values(made.flatMap(({ id: recordId }, n) => [keep, drop].map((accountId, side) => ({ kind: 'customers' as const, recordId, accountId, access: access[n]![side]!, addedById: owner }))))
    const departments = await db.select({ id: department.id }).from(department).limit(2)
    await db.insert(accountDepartment).values(departments.flatMap(({ id: departmentId }, n) => [keep, drop].map((accountId, side) => ({ departmentId, accountId, leader: side === n }))))
    expect((await admin.post(`/api/accounts/${keep}/merge`, { from: drop })).status).toBe(200)
    const shares = await db.select({ access: collaborator.access }).from(collaborator).where(eq(collaborator.accountId, keep))
    expect(shares).toEqual([{ access: 'write' }, { access: 'write' }])
    const leads = await db.select({ leader: accountDepartment.leader }).from(accountDepartment).where(eq(accountDepartment.accountId, keep))
    expect(leads).toEqual([{ leader: true }, { leader: true }])
  })
})

describe('a merge that replaces the binding', () => {
  const { binding } = tables
  const gone = (userid: string) => app.database.db.update(binding).set({ state: 'gone' }).where(eq(binding.userid, userid))

  it('ends the sessions of the member who was replaced', async () => {
    const keep = idOf('lisi')
    const before = await app.loggedIn('lisi')
    await gone('lisi')
    expect((await admin.post<Detail>(`/api/accounts/${keep}/merge`, { from: idOf('zhaoliu') })).body).toMatchObject({ binding: { userid: 'zhaoliu' } })
    expect((await before.get('/api/session')).status).toBe(401)
    await app.loggedIn('zhaoliu')
  })

  it('is refused to whoever would lose their own login by it, also in the preview', async () => {
    await gone('zhangsan')
    const path = `/api/accounts/${idOf('zhangsan')}/merge`
    const answers = [await admin.get(`${path}?from=${idOf('sunqi')}`), await admin.post(path, { from: idOf('sunqi') })]
    expect(answers.map(({ status, error }) => [status, error.code])).toEqual([[409, 'own_account'], [409, 'own_account']])
    expect((await admin.get('/api/session')).status).toBe(200)
    await app.database.db.update(binding).set({ state: 'present' }).where(eq(binding.userid, 'zhangsan'))
  })
})
