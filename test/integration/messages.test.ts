import type { ApiOutput } from '#contract/index.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tables } from '../../server/db/index.ts'
import { writeInbox } from '../../server/messages/inbox/index.ts'
import { writeLink } from '../../server/messages/links/target.ts'
import { startApp } from '../support/app.ts'

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
    for (const bad of ['zzz', 'chttps://evil.example', '../admin', 'xnowhere']) expect((await member.post('/api/crm/messages/open', { link: bad })).status).toBe(404)
    expect((await app.client().post('/api/crm/messages/open', { link })).status).toBe(401)
  })

  it('tells the number live, and again when it changes', async () => {
    const cookie = [...member.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const stop = new AbortController()
    const stream = await fetch(`${app.url}/api/crm/messages/live`, { headers: { cookie }, signal: stop.signal })
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toContain('"unread":0')
    await write('live', [memberId])
    await member.post('/api/crm/messages/open', { link: 'xmessages' })
    expect((await reader.read()).value).toContain('"unread":1')
    stop.abort()
  })
})
