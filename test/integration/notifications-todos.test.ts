import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { randomUUID } from 'node:crypto'
import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plansForTodos } from '../../server/crm/embedded/workbench/plans-for-todos.ts'
import { tables } from '../../server/db/index.ts'
import { startApp } from '../support/app.ts'
import { eventKeys } from '../support/fresh.ts'
import { until } from '../support/until.ts'

const tasks = '/v1.0/todo/users/:unionId/tasks'

describe('follow-up plans as to-dos in DingTalk', () => {
  let app: TestApp
  let admin: Client
  let customer: string

  beforeAll(async () => {
    app = await startApp({
      env: { DINGTALK_EVENT_CHANNEL: 'http', DINGTALK_EVENT_AES_KEY: eventKeys.aesKey, DINGTALK_EVENT_TOKEN: eventKeys.token },
      deliveryTimings: { pollMs: 100 },
      freshTimings: { pollMs: 500 },
    })
    admin = await app.loggedIn('zhangsan')
    const { body } = await admin.get<ApiOutput<'GET /api/notification-delivery'>>('/api/notification-delivery')
    await admin.put('/api/notification-delivery', { ...body.settings, todos: true })
    const made = await admin.post<{ id: string }>('/api/crm/customers', { values: { name: '星火科技' } })
    customer = made.body.id
    await app.sandbox.platform.control.events.subscribe({ channel: 'http', url: `${app.url}/dingtalk/events`, ...eventKeys })
  })
  afterAll(() => app.close())

  const todos = () => app.sandbox.platform.control.todos()
  const counted = (api: string) => app.sandbox.platform.control.counts()[api]?.count ?? 0

  async function plan(content: string): Promise<{ id: string, version: number }> {
    const { body, status } = await admin.post<{ id: string, version: number }>('/api/crm/plans', { values: { customer, content, dueAt: '2030-01-02T03:04:00.000Z' } })
    expect(status, JSON.stringify(body)).toBe(201)
    return body
  }
  const todoOf = (id: string) => until(() => todos().find(({ sourceId }) => sourceId === `crm-plan-${id}`))
  const findRow = async (id: string) => (await app.database.db.select().from(tables.planTodo).where(eq(tables.planTodo.planId, id)))[0]
  const todoRow = async (id: string) => (await findRow(id))!

  it('appear there, and are done there when they are done here', async () => {
    const { id } = await plan('回访客户')
    const todo = await todoOf(id)
    expect(todo).toMatchObject({ subject: '回访客户', dueTime: Date.parse('2030-01-02T03:04:00.000Z'), executorIds: [app.sandbox.platform.member('zhangsan')!.unionid], detailUrl: { appUrl: expect.stringContaining('%2Fn%2F') } })
    await admin.post(`/api/crm/plans/${id}/status`, { status: 'completed' })
    await until(() => todo.doneBy.length === 1 || undefined)
    await admin.post(`/api/crm/plans/${id}/status`, { status: 'open' })
    await until(() => todo.doneBy.length === 0 || undefined)
  })

  it('are done here when they are done there, by the event, with one question for all of a person', async () => {
    const { control } = app.sandbox.platform
    const ids: string[] = []
    for (const content of ['发送报价', '约见面', '寄样品', '催回款', '签合同']) ids.push((await plan(content)).id)
    const made = await Promise.all(ids.map(todoOf))
    const questions = () => counted('/v1.0/todo/users/:unionId/org/tasks/query')
    const before = questions()
    control.events.hold()
    made.forEach(({ id }) => control.finishTodo(id))
    control.events.release({})
    // However slowly the events come in here, they are looked at in one moment.
    await until(async () => (await Promise.all(ids.map(todoRow))).every(({ lookAt, wanted }) => lookAt !== null || wanted === 'done'))
    await app.database.db.update(tables.planTodo).set({ lookAt: new Date() }).where(inArray(tables.planTodo.planId, ids))
    for (const id of ids) {
      await until(async () => {
        const [row] = await app.database.db.select({ status: tables.followUpPlan.status }).from(tables.followUpPlan).where(eq(tables.followUpPlan.id, id))
        return row!.status === 'completed' || undefined
      })
    }
    expect(questions() - before).toBeLessThan(ids.length)
  })

  it('are done here when they are done there, as soon as they are opened, where no event comes', async () => {
    app.sandbox.platform.control.events.hold()
    const { id } = await plan('寄送合同')
    app.sandbox.platform.control.finishTodo((await todoOf(id)).id)
    const opened = async () => (await admin.get<{ values: { status: string } }>(`/api/crm/plans/${id}`)).body.values.status
    await until(async () => await opened() === 'completed' || undefined)
    app.sandbox.platform.control.events.release({})
  })

  it('stay open when they were reopened here before DingTalk said what it had been told', async () => {
    const { events, faults, clearFaults } = app.sandbox.platform.control
    const { db } = app.database
    const { id } = await plan('改约')
    const todo = await todoOf(id)
    const row = () => todoRow(id)
    const set = (values: Partial<typeof tables.planTodo.$inferInsert>) => db.update(tables.planTodo).set(values).where(eq(tables.planTodo.planId, id))
    events.hold()
    await admin.post(`/api/crm/plans/${id}/status`, { status: 'completed' })
    await until(() => todo.doneBy.length === 1 || undefined)
    // DingTalk cannot be told yet that it is open again, while its old event arrives.
    faults({ kind: 'code', path: '/v1.0/todo/users/*/tasks/*/executorStatus', status: 400, code: 'todo.taskUpdate.lockError', message: 'busy' })
    await admin.post(`/api/crm/plans/${id}/status`, { status: 'open' })
    await until(async () => {
      const { wanted, reason } = await row()
      return (wanted === 'open' && reason === 'todo.taskUpdate.lockError') || undefined
    })
    events.release({})
    await until(async () => (await row()).lookAt !== null || undefined)
    await set({ lookAt: new Date() })
    // Whoever tells of another plan has had this one before their eyes.
    await todoOf((await plan('另一个')).id)
    expect(await row()).toMatchObject({ wanted: 'open', state: 'waiting', lookAt: expect.any(Date) })
    clearFaults()
    await set({ nextAttemptAt: new Date() })
    await until(() => todo.doneBy.length === 0 || undefined)
    await until(async () => (await row()).lookAt === null || undefined)
    expect((await admin.get<{ values: { status: string } }>(`/api/crm/plans/${id}`)).body.values.status).toBe('open')
  })

  it('are looked up less and less often while DingTalk does not say', async () => {
    const { db } = app.database
    const { control } = app.sandbox.platform
    const { id } = await plan('等待回复')
    const todo = await todoOf(id)
    const row = () => todoRow(id)
    await until(async () => (await row()).state === 'synced' || undefined)
    control.faults({ kind: 'code', path: '/v1.0/todo/users/*/org/tasks/query', status: 400, code: 'todo.query.lockError', message: 'busy', every: 1 })
    control.finishTodo(todo.id)
    const pauses = []
    for (const attempts of [1, 2, 3]) {
      const from = Date.now()
      const { lookAt } = await until(async () => {
        const found = await row()
        return found.attempts === attempts ? found : undefined
      })
      pauses.push(Math.round((lookAt!.getTime() - from) / 60_000))
      await db.update(tables.planTodo).set({ lookAt: new Date() }).where(eq(tables.planTodo.planId, id))
    }
    expect(pauses).toEqual([1, 2, 4])
    control.clearFaults()
    await db.update(tables.planTodo).set({ lookAt: new Date() }).where(eq(tables.planTodo.planId, id))
    await until(async () => (await admin.get<{ values: { status: string } }>(`/api/crm/plans/${id}`)).body.values.status === 'completed' || undefined)
  })

  it('are read by pages, however many plans were changed at one moment', async () => {
    const { id } = await plan('改期')
    await todoOf(id)
    const { db } = app.database
    const [row] = await db.select().from(tables.followUpPlan).where(eq(tables.followUpPlan.id, id))
    const moment = new Date('2020-01-01T00:00:00Z')
    await db.insert(tables.followUpPlan).values(Array.from({ length: 45 }, () => ({ ...row!, id: randomUUID(), updatedAt: moment })))
    const { changedSince } = plansForTodos(db)
    const seen = new Set<string>()
    for (let afterId: string | undefined, at = new Date(moment.getTime() - 1); at <= moment;) {
      const page = await changedSince(at, 20, afterId)
      page.filter(({ changedAt }) => changedAt <= moment).forEach(each => seen.add(each.id))
      at = page.at(-1)!.changedAt
      afterId = page.at(-1)!.id
    }
    expect(seen.size).toBe(45)
  })

  it('go when the plan goes, and are not made twice when an answer is lost', async () => {
    app.sandbox.platform.control.faults({ kind: 'lost-answer', path: '/v1.0/todo/users/*/tasks', times: 1 })
    const before = counted(tasks)
    const { id } = await plan('演示产品')
    await todoOf(id)
    expect(todos().filter(({ subject }) => subject === '演示产品')).toHaveLength(1)
    await admin.delete(`/api/crm/plans/${id}`)
    await until(() => todos().every(({ subject }) => subject !== '演示产品') || undefined)
    expect(counted(tasks) - before).toBeLessThanOrEqual(2)
  })

  it('stop at once for what would refuse each of them, tell why, and go on when an administrator has mended it', async () => {
    type View = ApiOutput<'GET /api/notification-delivery'>
    const view = async () => (await admin.get<View>('/api/notification-delivery', { 'accept-language': 'en-US' })).body
    const { control } = app.sandbox.platform
    const refused = { kind: 'code', path: '/v1.0/todo/users/*/tasks', status: 403, code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied', message: '应用尚未开通所需的权限：[Todo.Todo.Write]' } as const
    control.faults(refused)
    const before = counted(tasks)
    const ids = [(await plan('甲')).id, (await plan('乙')).id, (await plan('丙')).id]
    const { todos: stopped } = await until(async () => {
      const found = await view()
      return found.todos.paused ? found : undefined
    })
    expect(stopped).toMatchObject({ paused: { reason: refused.code, cause: expect.stringMatching(/permission/i) }, failed: 0 })
    await until(async () => (await view()).todos.waiting >= 3 || undefined)
    expect(counted(tasks) - before).toBe(1)
    await until(async () => (await app.database.db.select().from(tables.inboxMessage).where(eq(tables.inboxMessage.kind, 'system.alert'))).length > 0 || undefined)

    control.clearFaults()
    const { status, body } = await admin.post<View>('/api/notification-delivery/todos/retry', {})
    expect([status, body.todos.paused]).toEqual([200, null])
    for (const id of ids) await todoOf(id)
  })

  it('that DingTalk does not take are shown with the reason after one call, and hold up no other', async () => {
    const { control } = app.sandbox.platform
    control.faults({ kind: 'code', path: '/v1.0/todo/users/*/tasks', status: 400, code: 'todo.taskCreate.paramError', message: 'subject is oversize', times: 1 })
    const before = counted(tasks)
    const { id } = await plan('太长')
    const { todos: { failures } } = await until(async () => {
      const { body } = await admin.get<ApiOutput<'GET /api/notification-delivery'>>('/api/notification-delivery')
      return body.todos.failed > 0 ? body : undefined
    })
    expect(failures).toMatchObject([{ planId: id, subject: '太长', reason: 'todo.taskCreate.paramError' }])
    await todoOf((await plan('下一个')).id)
    expect(counted(tasks) - before).toBe(2)
    await admin.post('/api/notification-delivery/todos/retry', {})
    await todoOf(id)
  })

  it('are found among many that are done, page after page, and no further than needed', async () => {
    const query = '/v1.0/todo/users/:unionId/org/tasks/query'
    const { control } = app.sandbox.platform
    control.events.hold()
    const before = todos().filter(({ doneBy }) => doneBy.length > 0).length
    const ids: string[] = []
    for (let n = 0; n < 70; n++) ids.push((await plan(`批量 ${n}`)).id)
    for (const id of ids) control.finishTodo((await todoOf(id)).id)
    const wanted = ids.at(-1)!
    const asked = counted(query)
    await until(async () => (await admin.get<{ values: { status: string } }>(`/api/crm/plans/${wanted}`)).body.values.status === 'completed' || undefined)
    expect(counted(query) - asked).toBeGreaterThan(3)
    expect(counted(query) - asked).toBeLessThanOrEqual(Math.ceil((before + 70) / 20))
    control.events.release({})
  }, 60_000)

  it('are made for somebody as soon as they are bound', async () => {
    const { db } = app.database
    const [late] = await db.insert(tables.account).values({ name: '后来绑定' }).returning()
    const { id } = await plan('等人绑定')
    await db.update(tables.followUpPlan).set({ ownerId: late!.id, updatedAt: new Date() }).where(eq(tables.followUpPlan.id, id))
    await until(async () => (await findRow(id))?.reason === 'unbound' || undefined)
    const { unionid } = app.sandbox.platform.member('lisi')!
    await db.insert(tables.binding).values({ userid: 'lisi', unionid, accountId: late!.id, source: 'admin' })
    await until(() => todos().some(({ sourceId, executorIds }) => sourceId === `crm-plan-${id}` && executorIds.includes(unionid)) || undefined)
  })

  it('end with their plans although no new ones are made any more', async () => {
    const over = await plan('关掉开关前')
    const gone = await plan('关掉开关前的另一个')
    const todo = await todoOf(over.id)
    await todoOf(gone.id)
    for (const { id } of [over, gone]) await until(async () => (await todoRow(id)).state === 'synced' || undefined)
    const { body } = await admin.get<ApiOutput<'GET /api/notification-delivery'>>('/api/notification-delivery')
    await admin.put('/api/notification-delivery', { ...body.settings, todos: false })
    const before = counted(tasks)
    await plan('关掉开关后')
    await admin.post(`/api/crm/plans/${over.id}/status`, { status: 'completed' })
    await admin.delete(`/api/crm/plans/${gone.id}`)
    await until(() => todo.doneBy.length === 1 || undefined)
    await until(() => todos().every(({ subject }) => subject !== '关掉开关前的另一个') || undefined)
    expect(counted(tasks)).toBe(before)
    expect(todos().some(({ subject }) => subject === '关掉开关后')).toBe(false)
  })
})
