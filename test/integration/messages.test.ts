import type { ApiOutput } from '#contract/index.ts'
import type { CrmEvent, CrmReminders } from '../../server/crm/index.ts'
import type { Directory } from '../../server/directory/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { randomUUID } from 'node:crypto'
import { eq, like } from 'drizzle-orm'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { writeInbox } from '../../server/messages/inbox/index.ts'
import { writeLink } from '../../server/messages/links/target.ts'
import { quietNow } from '../../server/messages/preferences/quiet-now.ts'
import { createSchedule } from '../../server/messages/schedule/index.ts'
import { noticesInsert } from '../../server/messages/telling/store.ts'
import { startApp } from '../support/app.ts'
import { allTold } from '../support/told.ts'
import { until } from '../support/until.ts'

type Page = ApiOutput<'GET /api/crm/messages'>
type Unread = ApiOutput<'GET /api/crm/messages/unread'>

let app: TestApp
let admin: Client
let member: Client
let adminId: string
let leaderId: string
let memberId: string
let unboundId: string
let teamId: string

beforeAll(async () => {
  app = await startApp()
  admin = await app.loggedIn('zhangsan')
  adminId = await whoIs(admin)
  leaderId = await account('李四', 'lisi')
  memberId = await account('赵六', 'zhaoliu')
  unboundId = await account('外协')
  const { db } = app.database
  const [team] = await db.insert(tables.department).values({ name: '上海销售一组', dingtalkId: 22 }).returning()
  teamId = team!.id
  await db.insert(tables.accountDepartment).values([
    { accountId: leaderId, departmentId: teamId, leader: true },
    { accountId: memberId, departmentId: teamId },
    { accountId: unboundId, departmentId: teamId },
  ])
  member = await app.loggedIn('zhaoliu')
})
afterAll(() => app.close())

async function whoIs(client: Client): Promise<string> {
  const { body } = await client.get<{ account: { id: string } }>('/api/session')
  return body.account.id
}

const told = () => allTold(app.database.db)

/** An account, bound to the sandbox's member of this userid. */
async function account(name: string, userid?: string, status: 'active' | 'disabled' = 'active'): Promise<string> {
  const [made] = await app.database.db.insert(tables.account).values({ name, status }).returning()
  if (userid)
    await app.database.db.insert(tables.binding).values({ userid, unionid: '', accountId: made!.id, source: 'sync' })
  return made!.id
}

const both = (title: string) => ({ 'zh-CN': { title, text: '正文' }, 'en-US': { title: `en ${title}`, text: 'body' } })

async function write(key: string, accountIds: string[], at = '2026-06-15T04:00:00Z', link: string | null = null) {
  await writeInbox(app.database.db, [{ accountIds, key, kind: 'record.assigned', texts: both(key), link, at: new Date(at) }])
}

describe('the inbox', () => {
  it('shows each person their own messages, newest first, page by page, and each event once', async () => {
    for (let n = 0; n < 5; n++) await write(`event-${n}`, [memberId], `2026-06-15T04:00:0${n}Z`)
    await write('event-4', [memberId, adminId])
    const first = (await member.get<Page>('/api/crm/messages?limit=3')).body
    expect(first.items.map(({ title }) => title)).toEqual(['event-4', 'event-3', 'event-2'])
    expect(first.total).toBe(5)
    const rest = (await member.get<Page>(`/api/crm/messages?limit=3&cursor=${first.nextCursor}`)).body
    expect(rest.items.map(({ title }) => title)).toEqual(['event-1', 'event-0'])
    expect(rest.nextCursor).toBeNull()
    expect((await admin.get<Page>('/api/crm/messages')).body.total).toBe(1)
    const english = (await member.get<Page>('/api/crm/messages?limit=1', { 'accept-language': 'en-US' })).body
    expect(english.items[0]!.title).toBe('en event-4')
  })

  it('counts what is unread, and marks as read only what is the reader\'s own', async () => {
    const before = (await member.get<Unread>('/api/crm/messages/unread')).body
    expect(before).toMatchObject({ unread: 5, byCategory: { records: 5, plans: 0 } })
    const [message] = (await admin.get<Page>('/api/crm/messages')).body.items
    await member.post('/api/crm/messages/read', { ids: [message!.id] })
    expect((await admin.get<Unread>('/api/crm/messages/unread')).body.unread).toBe(1)
    const all = await member.post<Unread>('/api/crm/messages/read', { all: true, category: 'records' })
    expect(all.body.unread).toBe(0)
    expect((await member.get<Page>('/api/crm/messages?unread=true')).body.items).toEqual([])
    expect((await member.post('/api/crm/messages/read', {})).status).toBe(400)
  })

  it('opens the record a link names, reads what told of it, and refuses a link that is not ours', async () => {
    const id = '0f8fad5b-d9cb-469f-a165-70867728950e'
    const link = writeLink({ kind: 'record', record: 'customers', id })
    await write('linked', [memberId], '2026-06-16T04:00:00Z', link)
    const { body } = await member.post<{ path: string }>('/api/crm/messages/open', { link })
    expect(body.path).toBe(`/customers/${id}`)
    expect((await member.get<Unread>('/api/crm/messages/unread')).body.unread).toBe(0)
    // What leads to the list itself, of a record that is gone or as the sum of several, has to be read there.
    const list = writeLink({ kind: 'page', page: 'messages' })
    await write('gone', [memberId], '2026-06-16T05:00:00Z', list)
    expect((await member.post<{ path: string }>('/api/crm/messages/open', { link: list })).body.path).toBe('/messages')
    expect((await member.get<Unread>('/api/crm/messages/unread')).body.unread).toBe(1)
    await member.post('/api/crm/messages/read', { all: true })
    for (const bad of ['zzz', 'chttps://evil.example', '../admin', 'xnowhere']) expect((await member.post('/api/crm/messages/open', { link: bad })).status).toBe(404)
    expect((await app.client().post('/api/crm/messages/open', { link })).status).toBe(401)
  })

  it('leads from a link nowhere without a session or rights, and tells nothing of the record', async () => {
    const { db } = app.database
    const [hidden] = await db.insert(tables.customer).values({ name: '保密客户', source: 'visit', ownerId: adminId, createdById: adminId }).returning()
    const link = writeLink({ kind: 'record', record: 'customers', id: hidden!.id })
    const follow = async (client: Client) => {
      const opened = await client.post<{ path: string }>('/api/crm/messages/open', { link })
      const seen = await client.get(`/api/crm/customers/${hidden!.id}`)
      expect(JSON.stringify([opened, seen])).not.toContain('保密')
      return [opened.status, seen.status]
    }
    expect(await follow(app.client())).toEqual([401, 401])
    // The page behind the link is the same for everybody; whose record it is decides the record's own answer.
    expect(await follow(member)).toEqual([200, 404])
    expect((await admin.get<{ name: string }>(`/api/crm/customers/${hidden!.id}`)).body.name).toBe('保密客户')
    const leader = await app.loggedIn('lisi')
    await db.update(tables.session).set({ expiresAt: new Date(0) }).where(eq(tables.session.accountId, leaderId))
    expect(await follow(leader)).toEqual([401, 401])
  })

  it('tells the number live, and again when it changes', async () => {
    const stop = new AbortController()
    const stream = await fetch(`${app.url}/api/crm/messages/live`, { headers: { cookie: member.cookie() }, signal: stop.signal })
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toContain('"unread":0')
    await write('live', [memberId])
    await member.post('/api/crm/messages/open', { link: 'xworkbench' })
    expect((await reader.read()).value).toContain('"unread":1')
    stop.abort()
  })
})

describe('business events', () => {
  const at = new Date('2026-06-15T04:00:00Z')
  const record = { kind: 'customers', id: '7d3f8a6e-5f0e-4c3b-9a5e-1d2c3b4a5f60', name: '启远*科技*' } as const
  const event = (more: Partial<CrmEvent>): CrmEvent => ({ key: `e-${Math.random()}`, type: 'record.assigned', at, actor: { id: adminId, name: '张三' }, record, parties: {}, values: {}, ...more })
  const publish = async (...events: CrmEvent[]) => {
    await app.database.db.transaction(tx => app.messages.publish(tx, events))
    await told()
  }
  const titles = async (client: Client) => (await client.get<Page>('/api/crm/messages?limit=100')).body.items.map(({ title }) => title)
  const outbox = (key: string) => app.database.db.select().from(tables.notification).where(like(tables.notification.key, `${key}:%`))
  /** Nothing is told yet. */
  const forget = async () => {
    await app.database.db.delete(tables.inboxMessage)
    await app.database.db.delete(tables.notificationSending)
  }
  beforeEach(forget)
  /** The time of day in Shanghai, minutes from now. */
  const shanghai = (minutes: number) => new Date(Date.now() + (minutes + 8 * 60) * 60_000).toISOString().slice(11, 16)

  it('reach those the rules name, in the inbox and the outbox, never whoever did it, and once however often they are told', async () => {
    const assigned = event({ key: 'assigned-1', parties: { owner: memberId } })
    await publish(assigned)
    await publish(assigned, event({ key: 'own', actor: { id: memberId, name: '赵六' }, parties: { owner: memberId } }))
    expect(await titles(member)).toEqual(['张三 把客户分配给你'])
    const [sent, ...others] = await outbox('assigned-1')
    expect(others).toEqual([])
    expect(sent).toMatchObject({ accountId: memberId, state: 'queued', kind: 'record.assigned' })
    expect(await outbox('own')).toEqual([])
    await publish(event({ type: 'record.transferred', parties: { owner: memberId, formerOwner: leaderId } }))
    expect((await member.get<Page>('/api/crm/messages')).body.items.map(({ text }) => text)).toContain('启远*科技*\n负责人：李四 → 赵六')
    // Records of leavers change hands in a sync that nobody in person started.
    await publish(event({ key: 'left', type: 'record.transferred', actor: null, parties: { owner: memberId, formerOwner: leaderId } }))
    expect(await titles(member)).toContain('组织同步 转移了客户')
  })

  it('say the CRM\'s own words in each reader\'s language, and amounts as amounts', async () => {
    await publish(event({ type: 'opportunity.won', parties: { owner: memberId }, values: { stage: { 'zh-CN': '成功', 'en-US': 'Won' }, amount: '320000.00' } }))
    expect((await member.get<Page>('/api/crm/messages')).body.items[0]!.text).toContain('¥ 320,000')
    await publish(event({ type: 'opportunity.stage_changed', parties: { owner: memberId }, values: { stage: { 'zh-CN': '立项汇报', 'en-US': 'Proposal' }, amount: '0.10' } }))
    const text = async (locale: string) => (await member.get<Page>('/api/crm/messages?limit=100', { 'accept-language': locale })).body.items.find(({ kind }) => kind === 'opportunity.stage_changed')!
    expect(JSON.stringify(await text('zh-CN'))).toContain('立项汇报')
    expect(JSON.stringify(await text('en-US'))).toContain('Proposal')
  })

  it('are two contents when the same happens twice within a second, and one for all who are told of it', async () => {
    await publish(event({ key: 'twin-1', type: 'opportunity.won', parties: { owner: memberId } }), event({ key: 'twin-2', type: 'opportunity.won', parties: { owner: memberId } }))
    const [first, second] = await Promise.all([outbox('twin-1'), outbox('twin-2')])
    expect(new Set(first.map(({ contentHash }) => contentHash)).size).toBe(1)
    expect(first).toHaveLength(2)
    expect(second[0]!.contentHash).not.toBe(first[0]!.contentHash)
  })

  it('are not told when what caused them is taken back', async () => {
    await expect(app.database.db.transaction(async (tx) => {
      await app.messages.publish(tx, [event({ key: 'rolled-back', parties: { owner: memberId } })])
      throw new Error('taken back')
    })).rejects.toThrow('taken back')
    await told()
    expect(await titles(member)).toEqual([])
    expect(await outbox('rolled-back')).toEqual([])
  })

  it('are told after a restart when the process died right after the change, and one that cannot be told holds up no other', async () => {
    const { db } = app.database
    const poison = await db.insert(tables.messageNotice).values({ notices: '[{"kind":"nonsense"}]', attempts: 4 }).returning()
    const left = (key: string) => db.execute(noticesInsert([{ kind: 'record.assigned', key, at, actor: { id: adminId, name: '张\0三\uD800' }, opens: { kind: 'record', record: 'leads', id: record.id }, record: { kind: 'leads', name: '线索' }, parties: { owner: memberId } }])!)
    await left('left-1')
    await left('left-2')
    await until(async () => (await titles(member)).length === 2 || undefined)
    expect(await titles(member)).toEqual(['张三\uFFFD 把线索分配给你', '张三\uFFFD 把线索分配给你'])
    expect([await outbox('left-1'), await outbox('left-2')].map(({ length }) => length)).toEqual([1, 1])
    // Kept, tried later, and the administrators know.
    await until(async () => (await titles(admin)).includes('有消息无法写出') || undefined)
    expect(await db.select({ id: tables.messageNotice.id, attempts: tables.messageNotice.attempts }).from(tables.messageNotice)).toEqual([{ id: poison[0]!.id, attempts: 5 }])
    await db.delete(tables.messageNotice)
  })

  it('reach the leader of a department, and list people without a binding instead of forgetting them', async () => {
    await publish(event({ key: 'won-1', type: 'opportunity.won', parties: { owner: unboundId } }))
    const rows = await outbox('won-1')
    expect(new Map(rows.map(row => [row.accountId, row.state === 'unbound']))).toEqual(new Map([[leaderId, false], [unboundId, true]]))
    const gone = await account('走人', undefined, 'disabled')
    await publish(event({ key: 'gone', parties: { owner: gone } }))
    expect(await outbox('gone')).toEqual([])
  })

  it('tell somebody who is mentioned in a comment that, and not also that there is a comment', async () => {
    const about = { parties: { owner: memberId, mentioned: [memberId] }, values: { comment: '<b>看一下</b> https://evil.example', commentId: 'c1' } }
    await publish(event({ type: 'comment.added', ...about }), event({ type: 'comment.mentioned', ...about }))
    expect(await titles(member)).toEqual(['张三 在评论中提到你'])
  })

  it('follow what each person chose: channels, language and quiet hours; what is mandatory cannot be turned off', async () => {
    const choices = { kinds: { 'record.assigned': { inbox: false, dingtalk: true }, 'record.shared': { inbox: true, dingtalk: false } }, quiet: { from: shanghai(-60), to: shanghai(60) } }
    expect((await member.put('/api/crm/messages/preferences', choices)).status).toBe(200)
    await member.put('/api/crm/messages/language', { locale: 'en-US' })
    await publish(event({ key: 'chosen-1', parties: { owner: memberId } }), event({ key: 'chosen-2', type: 'record.shared', parties: { collaborators: [memberId] } }))
    const [quiet] = await outbox('chosen-1')
    expect(quiet!.locale).toBe('en-US')
    expect(quiet!.dueAt.getTime() - Date.now()).toBeGreaterThan(58 * 60_000)
    expect(await outbox('chosen-2')).toEqual([])
    expect([...(await quietNow(app.database.db, new Date(), () => true)).keys()]).toEqual([memberId])
    expect((await quietNow(app.database.db, new Date(Date.now() + 2 * 3600_000), () => true)).size).toBe(0)
    expect(await titles(member)).toEqual(['张三 邀请你协作客户'])
    expect((await member.put('/api/crm/messages/preferences', { kinds: {}, quiet: { from: '11:00', to: '11:00' } })).status).toBe(400)

    const { body } = await admin.get<ApiOutput<'GET /api/messages/rules'>>('/api/messages/rules')
    const shared = { ...body.rules.kinds['record.shared'], mandatory: true }
    const saved = await admin.put<ApiOutput<'GET /api/messages/rules'>>('/api/messages/rules', { ...body.rules, kinds: { ...body.rules.kinds, 'record.shared': shared } })
    expect(saved.body.rules.kinds['record.shared'].mandatory).toBe(true)
    await publish(event({ key: 'chosen-3', type: 'record.shared', parties: { collaborators: [memberId] } }))
    expect(await outbox('chosen-3')).toHaveLength(1)
    await member.put('/api/crm/messages/preferences', { kinds: {}, quiet: null })
    await member.put('/api/crm/messages/language', { locale: 'zh-CN' })
    expect((await member.put('/api/messages/rules', body.rules)).status).toBe(403)

    const offeredTo = async (client: Client) => (await client.get<ApiOutput<'GET /api/crm/messages/preferences'>>('/api/crm/messages/preferences')).body.kinds.map(({ kind }) => kind)
    expect(await offeredTo(member)).not.toContain('sync.finished')
    await admin.put('/api/messages/rules', { ...body.rules, kinds: { ...body.rules.kinds, 'sync.finished': { ...body.rules.kinds['sync.finished'], roles: ['admin', 'sales'] } } })
    expect(await offeredTo(member)).not.toContain('sync.finished')
    await app.database.db.insert(tables.accountRole).values({ accountId: memberId, role: 'sales' })
    expect(await offeredTo(member)).toContain('sync.finished')
    await app.database.db.delete(tables.accountRole)
    await admin.put('/api/messages/rules', body.rules)
  })

  it('say what an administrator wrote, and refuse words that cannot be', async () => {
    const texts = { 'zh-CN': { title: '新{{type}}：{{record}}', text: '来自 {{actor}}' }, 'en-US': { title: 'New {{type}}', text: '' } }
    expect((await admin.put('/api/messages/templates/record.assigned', { texts })).status).toBe(200)
    await publish(event({ parties: { owner: memberId } }))
    expect(await titles(member)).toEqual(['新客户：启远*科技*'])
    const wrong = await admin.put('/api/messages/templates/record.assigned', { texts: { ...texts, 'en-US': { title: '{{password}}', text: 'https://evil.example' } } })
    expect(wrong.error.issues?.map(({ path }) => path)).toEqual(['texts.en-US.title', 'texts.en-US.text'])
    const preview = await admin.post<ApiOutput<'POST /api/messages/templates/preview'>>('/api/messages/templates/preview', { kind: 'record.assigned', texts, format: 'markdown' })
    expect(preview.body['zh-CN']).toMatchObject({ title: '新客户：杭州启远科技有限公司', message: { msgtype: 'markdown' } })
    // Tried twice a day, it arrives twice; where it cannot, that is said.
    for (let turn = 0; turn < 2; turn++) {
      const sent = await admin.post<ApiOutput<'POST /api/messages/test'>>('/api/messages/test', { kind: 'record.assigned', texts, format: 'oa' })
      expect(sent.body, JSON.stringify(sent.body)).toMatchObject({ result: { state: 'sent', account: { id: adminId } } })
    }
    expect(app.sandbox.platform.messagesOf('zhangsan').filter(message => JSON.stringify(message).includes('新客户'))).toHaveLength(2)
    app.sandbox.platform.control.faults({ path: '/topapi/message/corpconversation/asyncsend_v2', kind: 'errcode', errcode: 400002, errmsg: '参数错误', times: 1 })
    const failed = await admin.post<ApiOutput<'POST /api/messages/test'>>('/api/messages/test', { kind: 'record.assigned', texts, format: 'oa' })
    expect(failed.body).toMatchObject({ result: { state: 'failed', reason: '400002' } })
    const reset = await admin.put<ApiOutput<'PUT /api/messages/templates/:kind'>>('/api/messages/templates/record.assigned', { texts: null })
    expect(reset.body.edited).toBe(false)
  })
})

describe('announcements', () => {
  const draft = (more: object = {}) => ({ title: '系统升级', text: '周一 20:00 升级', audience: { kind: 'people', ids: [memberId, unboundId] }, way: 'people', urgent: false, ...more })
  const send = (body: object, by = admin) => by.post<ApiOutput<'POST /api/messages/announcements'>>('/api/messages/announcements', { key: randomUUID(), ...draft(), ...body })

  it('say beforehand whom they reach and what each way costs', async () => {
    const gone = await account('已离职', undefined, 'disabled')
    const { body } = await admin.post<ApiOutput<'POST /api/messages/announcements/check'>>('/api/messages/announcements/check', draft({ audience: { kind: 'people', ids: [memberId, unboundId, gone] } }))
    expect(body).toMatchObject({ recipients: 2, reachable: 1, leftTotal: 2, calls: { people: 1, results: 1, departments: null } })
    expect(body.left.map(({ reason }) => reason).sort()).toEqual(['disabled', 'unbound'])
    const { body: { settings } } = await admin.get<ApiOutput<'GET /api/notification-delivery'>>('/api/notification-delivery')
    const costs = async (more: object) => (await admin.post<ApiOutput<'POST /api/messages/announcements/check'>>('/api/messages/announcements/check', draft({ audience: { kind: 'departments', ids: [teamId] }, ...more }))).body.calls
    try {
      await admin.put('/api/notification-delivery', { ...settings, receiversPerSecond: 1, results: { important: true, samplePercent: 0 } })
      expect([await costs({ urgent: true }), await costs({})]).toMatchObject([{ people: 2, results: 2 }, { people: 2, results: 0 }])
    }
    finally {
      await admin.put('/api/notification-delivery', settings)
    }
    const team = await admin.post<ApiOutput<'POST /api/messages/announcements/check'>>('/api/messages/announcements/check', draft({ audience: { kind: 'departments', ids: [teamId] } }))
    expect(team.body).toMatchObject({ recipients: 3, reachable: 2, calls: { people: 1, departments: 1 }, crowded: null })
    await member.put('/api/crm/messages/preferences', { kinds: { announcement: { inbox: true, dingtalk: false } }, quiet: null })
    const told = async (way: string) => (await admin.post<ApiOutput<'POST /api/messages/announcements/check'>>('/api/messages/announcements/check', draft({ audience: { kind: 'departments', ids: [teamId] }, way }))).body
    expect([await told('people'), await told('departments')]).toMatchObject([{ reachable: 1, leftTotal: 2 }, { reachable: 2, leftTotal: 1 }])
    await member.put('/api/crm/messages/preferences', { kinds: {}, quiet: null })
  })

  it('pressed twice, also at once, are one', async () => {
    const key = randomUUID()
    const [first, second] = await Promise.all([send({ key }), send({ key })])
    expect(second.body).toEqual(first.body)
    expect((await send({ key })).body.id).toBe(first.body.id)
    expect(await app.database.db.select().from(tables.notification).where(like(tables.notification.key, `announcement:${first.body.id}:%`))).toHaveLength(2)
    const { body } = await member.get<{ text: string }>(`/api/crm/messages/announcements/${first.body.id}`)
    expect(body.text).toBe('周一 20:00 升级')
    const leader = await app.loggedIn('lisi')
    expect((await leader.get(`/api/crm/messages/announcements/${first.body.id}`)).status).toBe(404)
  })

  it('are made by managers to their own people only, who see whom they reached; others do not', async () => {
    const { db } = app.database
    const leader = await app.loggedIn('lisi')
    expect((await leader.get('/api/messages/announcements/reach')).status).toBe(403)
    await db.insert(tables.accountRole).values({ accountId: leaderId, role: 'manager' })
    await db.insert(tables.department).values({ name: '北京销售一组', dingtalkId: 23 })
    const { body: reach } = await leader.get<ApiOutput<'GET /api/messages/announcements/reach'>>('/api/messages/announcements/reach')
    expect(reach).toMatchObject({ everybody: false, departments: [{ id: teamId, parentId: null }] })
    const people = async (q: string) => (await leader.get<ApiOutput<'GET /api/messages/announcements/people'>>(`/api/messages/announcements/people?q=${encodeURIComponent(q)}`)).body.people
    expect((await people('')).map(({ name }) => name).sort()).toEqual(['外协', '李四', '赵六'])
    expect((await people('赵')).map(({ id }) => id)).toEqual([memberId])
    expect((await send({ audience: { kind: 'people', ids: [adminId] } }, leader)).error.issues).toMatchObject([{ path: 'audience' }])

    const { body: made } = await send({ title: '周会', text: '周一 9:00' }, leader)
    const results = () => leader.get<ApiOutput<'GET /api/messages/announcements/:id/results'>>(`/api/messages/announcements/${made.id}/results`)
    await until(async () => (await results()).body.states.queued === undefined || undefined)
    const { body: reached } = await results()
    expect(reached).toMatchObject({ inbox: { people: 2, read: 0 }, states: { unbound: 1 }, sendings: [expect.any(String)] })
    expect(reached.recipients.items.map(({ account }) => account?.id).sort()).toEqual([memberId, unboundId].sort())
    const [message] = (await member.get<Page>('/api/crm/messages')).body.items
    await member.post('/api/crm/messages/read', { ids: [message!.id] })
    expect((await results()).body.inbox.read).toBe(1)
    expect((await leader.get<{ results: boolean }>(`/api/crm/messages/announcements/${made.id}`)).body.results).toBe(true)
    expect((await member.get<{ results: boolean }>(`/api/crm/messages/announcements/${made.id}`)).body.results).toBe(false)
    expect((await member.get(`/api/messages/announcements/${made.id}/results`)).status).toBe(404)
    expect((await admin.get(`/api/messages/announcements/${made.id}/results`)).status).toBe(200)
    await db.delete(tables.accountRole)
  })

  it('to departments are one message for all of them', async () => {
    const { body } = await send({ way: 'departments', audience: { kind: 'departments', ids: [teamId] } })
    expect(body).toMatchObject({ recipients: 3, calls: 1, leftTotal: 1 })
    // Whoever is not in DingTalk is named afterwards, too.
    const { body: results } = await admin.get<ApiOutput<'GET /api/messages/announcements/:id/results'>>(`/api/messages/announcements/${body.id}/results`)
    expect(results.left).toMatchObject([{ account: { id: unboundId, name: '外协' }, reason: 'unbound' }])
    const rows = await app.database.db.select().from(tables.notification).where(like(tables.notification.key, `announcement:${body.id}:%`))
    expect(rows).toMatchObject([{ deptIds: [22], receivers: 3 }])
  })

  it('warn before and after of a department with more people of its own than may be sent to in a minute', async () => {
    const { body: { settings } } = await admin.get<ApiOutput<'GET /api/notification-delivery'>>('/api/notification-delivery')
    const limit = async (receiversPerMinute: number) => expect((await admin.put('/api/notification-delivery', { ...settings, receiversPerMinute })).status).toBe(200)
    const wanted = { way: 'departments', audience: { kind: 'departments', ids: [teamId] } }
    const causes = async (id: string) => (await admin.get<ApiOutput<'GET /api/messages/announcements/:id/results'>>(`/api/messages/announcements/${id}/results`)).body.recipients.items.map(({ cause }) => cause)
    await limit(2)
    try {
      const { body } = await admin.post<ApiOutput<'POST /api/messages/announcements/check'>>('/api/messages/announcements/check', draft(wanted))
      expect(body.crowded).toEqual({ people: 3, perMinute: 2 })
      expect(await causes((await send(wanted)).body.id)).toEqual([expect.stringContaining('每分钟')])
    }
    finally {
      await limit(settings.receiversPerMinute)
    }
    expect(await causes((await send(wanted)).body.id)).toEqual([null])
  })

  it('stay in the CRM where the company does not want them in DingTalk', async () => {
    const rules = async () => (await admin.get<ApiOutput<'GET /api/messages/rules'>>('/api/messages/rules')).body.rules
    const reach = async () => (await admin.get<ApiOutput<'GET /api/messages/announcements/reach'>>('/api/messages/announcements/reach')).body.dingtalk
    const dingtalk = async (on: boolean) => {
      const { kinds, ...rest } = await rules()
      expect((await admin.put('/api/messages/rules', { ...rest, kinds: { ...kinds, announcement: { ...kinds.announcement, dingtalk: on } } })).status).toBe(200)
    }
    expect(await reach()).toBe(true)
    await dingtalk(false)
    try {
      expect(await reach()).toBe(false)
      expect((await send({})).error.issues).toMatchObject([{ path: 'way', message: expect.stringContaining('站内') }])
      const { body } = await send({ way: 'inbox' })
      expect(body).toMatchObject({ recipients: 2, calls: 0 })
      expect(await app.database.db.select().from(tables.notification).where(like(tables.notification.key, `announcement:${body.id}:%`))).toEqual([])
    }
    finally {
      await dingtalk(true)
    }
  })

  it('are refused without recipients, with too many, too long, empty, or leading elsewhere', async () => {
    const refused = async (body: object) => (await send(body)).error.issues?.map(({ path }) => path)
    expect(await refused({ audience: { kind: 'people', ids: [] } })).toEqual(['audience'])
    expect(await refused({ audience: { kind: 'departments', ids: [randomUUID()] } })).toEqual(['audience'])
    expect(await refused({ audience: { kind: 'people', ids: [randomUUID()] } })).toEqual(['audience'])
    expect(await refused({ audience: { kind: 'people', ids: Array.from({ length: 5001 }).fill(memberId) } })).toEqual(['audience.ids'])
    expect(await refused({ text: '长'.repeat(34_000) })).toEqual(['text'])
    expect(await refused({ title: ' ', text: '' })).toEqual(['title', 'text'])
    expect(await refused({ text: '点这里 https://evil.example' })).toEqual(['text'])
    expect(await refused({ way: 'departments' })).toEqual(['way'])
    expect((await send({}, member)).status).toBe(403)
  })
})

describe('time', () => {
  it('reminds of a plan on the working day, before it, and once when it is overdue; the morning plan counts both', async () => {
    const { db } = app.database
    await db.delete(tables.inboxMessage)
    await db.insert(tables.followUpPlan).values({ content: '拜访采购部', dueAt: new Date('2037-06-15T07:00:00Z'), ownerId: memberId, createdById: memberId })
    const kinds = async () => (await member.get<Page>('/api/crm/messages?limit=100')).body.items.map(({ kind }) => kind)
    const remind = async (local: string) => {
      await Promise.all([app.messages.remind(new Date(`${local}+08:00`)), app.messages.remind(new Date(`${local}+08:00`))])
      await told()
      return kinds()
    }
    // Far ahead: the app's own schedule, which goes by the real clock, finds that all up to then is done.
    const through = new Date('2037-06-14T11:59:00+08:00')
    for (const name of ['plans', 'digest.daily', 'digest.weekly'])
      await db.insert(tables.messageClock).values({ name, through }).onConflictDoUpdate({ target: tables.messageClock.name, set: { through } })
    expect(await remind('2037-06-14T12:00:00')).toEqual([])
    expect(await remind('2037-06-15T08:00:00')).toEqual([])
    expect(await remind('2037-06-15T09:00:00')).toEqual(['plan.due', 'digest.daily'])
    expect(await remind('2037-06-15T14:29:00')).toHaveLength(2)
    expect(await remind('2037-06-15T14:31:00')).toEqual(['plan.due', 'plan.due', 'digest.daily'])
    // Nobody ran for a night: caught up.
    expect(await remind('2037-06-16T11:00:00')).toEqual(['plan.overdue', 'digest.daily', 'plan.due', 'plan.due', 'digest.daily'])
    expect(await remind('2037-06-17T11:00:00')).toHaveLength(6)
    // What was due while nobody ran is not said to be due soon, only that it is overdue.
    await db.insert(tables.followUpPlan).values({ content: '停机期间到期', dueAt: new Date('2037-06-17T07:00:00Z'), ownerId: memberId, createdById: memberId })
    const after = await remind('2037-06-18T11:00:00')
    expect(after.slice(0, after.length - 6).sort()).toEqual(['digest.daily', 'plan.overdue'])
    // Down from Friday morning to Sunday: Friday's plans are not said to be today's.
    await remind('2037-06-19T08:00:00')
    const before = (await kinds()).length
    await db.insert(tables.followUpPlan).values({ content: '周五的拜访', dueAt: new Date('2037-06-19T07:00:00Z'), ownerId: memberId, createdById: memberId })
    expect((await remind('2037-06-21T11:00:00')).slice(0, -before)).not.toContain('digest.daily')
  })

  it('tells leaders the figures of their people\'s week, once', async () => {
    const { db } = app.database
    const leader = await app.loggedIn('lisi')
    const at = new Date('2037-07-01T04:00:00Z')
    const { customer, followUp, inboxMessage, messageClock, opportunity } = tables
    const [bought] = await db.insert(customer).values({ name: '周报客户', source: 'visit', ownerId: memberId, createdById: memberId, createdAt: at }).returning()
    const own = { customerId: bought!.id, ownerId: memberId, createdById: memberId, createdAt: at }
    await db.insert(opportunity).values({ ...own, name: '周报商机', stage: 'won', amount: '12000.00', closedAt: at })
    await db.insert(followUp).values([1, 2, 3].map(n => ({ ...own, content: `第 ${n} 次`, method: 'phone', at })))
    await db.delete(inboxMessage)
    const through = new Date('2037-07-05T12:00:00+08:00')
    for (const name of ['plans', 'digest.daily', 'digest.weekly'])
      await db.insert(messageClock).values({ name, through }).onConflictDoUpdate({ target: messageClock.name, set: { through } })
    await app.messages.remind(new Date('2037-07-06T09:30:00+08:00'))
    await app.messages.remind(new Date('2037-07-06T09:31:00+08:00'))
    await told()
    const { items } = (await leader.get<Page>('/api/crm/messages?limit=100')).body
    const summary = items.filter(({ kind }) => kind === 'digest.weekly')
    expect(summary).toHaveLength(1)
    for (const words of ['06-29 – 07-05', '新增记录 2', '跟进 3 次', '赢单 1 个', '¥ 12,000', '赵六 3 次跟进']) expect(JSON.stringify(summary)).toContain(words)
  })

  it('holds up no reminder for another one that cannot be told', async () => {
    const { db } = app.database
    const through = new Date('2037-07-12T12:00:00+08:00')
    for (const name of ['plans', 'digest.daily', 'digest.weekly'])
      await db.insert(tables.messageClock).values({ name, through }).onConflictDoUpdate({ target: tables.messageClock.name, set: { through } })
    const heard: string[] = []
    const schedule = createSchedule({
      db,
      crm: {
        plansDue: async () => {
          throw new Error('broken')
        },
        weekFigures: async () => [],
      } as unknown as CrmReminders,
      directory: { teams: async () => new Map([[leaderId, [memberId]]]), accountRefsIn: async () => new Map() } as unknown as Directory,
      calendar: { rule: async () => () => true },
      tell: async (_tx, notices) => void heard.push(...notices.map(({ kind }) => kind)),
      log: pino({ level: 'silent' }),
    })
    await schedule.round(new Date('2037-07-13T09:30:00+08:00'))
    expect(heard).toEqual(['digest.weekly'])
  })
})
