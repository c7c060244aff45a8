import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { startApp } from '../support/app.ts'

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
