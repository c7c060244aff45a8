import type { Sandbox } from '../../sandbox/index.ts'
import type { CallInfo, DingTalk, DingTalkOptions } from '../../server/dingtalk/index.ts'
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import { createDingTalk, explain } from '../../server/dingtalk/index.ts'

/** Our client against the sandbox: two readings of the same facts, written apart. */
let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ members: 160, departments: 12 })
  return () => sandbox.close()
})

beforeEach(() => {
  sandbox.platform.control.reset()
  sandbox.platform.control.clearFaults()
  sandbox.platform.control.clearCalls()
})

const logged: string[] = []

afterEach(() => {
  // nothing that identifies the app or a person to DingTalk may reach the log
  expect(logged.join('\n')).not.toContain(sandbox.app.clientSecret)
  logged.length = 0
})

function client(more: Partial<DingTalkOptions> = {}): DingTalk {
  const { corpId, clientId, clientSecret, agentId } = sandbox.app
  const write = (details: object, message: string): void =>
    void logged.push(`${message} ${JSON.stringify(details, (_key, value: unknown) => (value instanceof Error ? `${value.stack}` : value))}`)
  const dingtalk = createDingTalk({
    hosts: { api: sandbox.platformUrl, oapi: sandbox.platformUrl, login: sandbox.platformUrl },
    credentials: async () => ({ corpId, clientId, clientSecret, agentId: String(agentId) }),
    logger: { debug: write, info: write, warn: write, error: write },
    ...more,
  })
  onTestFinished(() => dingtalk.close())
  return dingtalk
}

function someone(): string {
  const member = sandbox.platform.members().find(other => other.active && !other.external && other.sysLevel === 0)
  return member?.userid ?? ''
}

/** Everybody, the way a crawl walks. */
async function crawl(dingtalk: DingTalk): Promise<Set<string>> {
  const found = new Set<string>()
  const { deptIds, userids } = await dingtalk.contacts.authScopes()
  userids.forEach(userid => found.add(userid))
  const visit = async (deptId: number): Promise<void> => {
    for (let cursor: number | undefined = 0; cursor !== undefined;) {
      const page = await dingtalk.contacts.listUsers(deptId, cursor)
      page.members.forEach(member => found.add(member.userid))
      cursor = page.nextCursor
    }
    const children = await dingtalk.contacts.listSubDepartments(deptId)
    await Promise.all(children.map(child => visit(child.deptId)))
  }
  await Promise.all(deptIds.map(visit))
  return found
}

function employees(): string[] {
  return sandbox.platform
    .members()
    .filter(member => !member.external)
    .map(member => member.userid)
    .sort()
}

describe('the client and the sandbox agree', () => {
  it('logs in with one call when warm', async () => {
    const dingtalk = client()
    await dingtalk.token.get()
    sandbox.platform.control.clearCalls()
    const userid = someone()
    const identity = await dingtalk.login.exchangeCode(sandbox.platform.control.code({ userid }))
    expect(identity).toMatchObject({ userid, unionid: sandbox.platform.member(userid)?.unionid, sys: false, sysLevel: 0 })
    expect(sandbox.platform.control.calls().map(call => call.api)).toEqual(['/topapi/v2/user/getuserinfo'])
  })

  it('takes a code once', async () => {
    const dingtalk = client()
    const code = sandbox.platform.control.code({ userid: someone() })
    await dingtalk.login.exchangeCode(code)
    await expect(dingtalk.login.exchangeCode(code)).rejects.toMatchObject({ reason: '40078' })
  })

  it('logs in by browser', async () => {
    const userid = someone()
    const dingtalk = client()
    const page = await fetch(`${await dingtalk.oauth.authorizeUrl({ redirectUri: 'http://127.0.0.1:3000/cb', state: 'a b' })}&loginAs=${userid}`, {
      redirect: 'manual',
    })
    const back = new URL(page.headers.get('location') ?? '')
    expect(back.searchParams.get('state')).toBe('a b')
    const identity = await dingtalk.oauth.exchangeAuthCode(back.searchParams.get('code') ?? '')
    expect(identity).toMatchObject({ userid, contactType: 'internal', corpId: undefined })
    const withCorp = await dingtalk.oauth.exchangeAuthCode(sandbox.platform.control.code({ userid, kind: 'oauth', scope: 'openid corpid' }))
    expect(withCorp.corpId).toBe(sandbox.app.corpId)
    await expect(dingtalk.oauth.exchangeAuthCode(back.searchParams.get('code') ?? '')).rejects.toMatchObject({
      reason: 'invalidParameter.authCode.notFound',
    })
  })

  it('keeps the two kinds of codes apart', async () => {
    const userid = someone()
    await expect(client().login.exchangeCode(sandbox.platform.control.code({ userid, kind: 'oauth' }))).rejects.toMatchObject({ reason: '40078' })
    await expect(client().oauth.exchangeAuthCode(sandbox.platform.control.code({ userid }))).rejects.toMatchObject({
      reason: 'invalidParameter.authCode.notFound',
    })
  })

  it('finds everybody, and knows who is gone', async () => {
    const dingtalk = client()
    const found = await crawl(dingtalk)
    expect([...found].sort()).toEqual(employees())
    const userid = someone()
    await expect(dingtalk.contacts.getUser(userid)).resolves.toMatchObject({
      status: 'found',
      member: { userid, name: sandbox.platform.member(userid)?.name },
    })
    sandbox.platform.control.mutate({ op: 'removeMember', userid })
    await expect(dingtalk.contacts.getUser(userid)).resolves.toEqual({ status: 'gone' })
    sandbox.platform.control.settings({ scope: { deptIds: [], userids: [] } })
    await expect(dingtalk.contacts.getUser(someone())).resolves.toEqual({ status: 'outOfScope' })
    await expect(dingtalk.contacts.countUsers(false)).resolves.toBe(employees().length)
    expect((await dingtalk.contacts.listAdmins()).some(admin => admin.sysLevel === 1)).toBe(true)
  })

  it('finds everybody through a storm of faults', async () => {
    sandbox.platform.control.faults(
      { path: '/topapi/v2/user/list', kind: 'reset', after: 2, times: 1 },
      { path: '/topapi/v2/user/list', kind: 'truncate', after: 5, times: 1 },
      { path: '/topapi/v2/department/listsub', kind: 'errcode', errcode: 88, subCode: '90018', times: 2 },
      { path: '/topapi/v2/department/listsub', kind: 'errcode', errcode: -1, after: 4, times: 1 },
      { path: '/topapi/v2/user/list', kind: 'expire-tokens', after: 7, times: 1 },
      { path: '/topapi/v2/user/list', kind: 'status', status: 503, after: 8, times: 1 },
    )
    const found = await crawl(client())
    expect([...found].sort()).toEqual(employees())
  })

  it('adapts to a platform that is stricter than announced', async () => {
    sandbox.platform.control.settings({ rates: { perApi: 8 } })
    const dingtalk = client()
    await dingtalk.token.get()
    const found = await Promise.all(
      employees()
        .slice(0, 40)
        .map(userid => dingtalk.contacts.getUser(userid)),
    )
    expect(found.every(lookup => lookup.status === 'found')).toBe(true)
    const outcomes = sandbox.platform.control.counts()['/topapi/v2/user/get']?.outcomes ?? {}
    expect(outcomes['88/90018']).toBeGreaterThan(0)
    expect(outcomes['88/90018']).toBeLessThan(30)
  })

  it('stays below the rate as the platform counts it', async () => {
    const dingtalk = client()
    await Promise.all(
      employees()
        .slice(0, 50)
        .map(userid => dingtalk.contacts.getUser(userid)),
    )
    expect(sandbox.platform.control.counts()['/topapi/v2/user/get']?.maxPerSecond).toBeLessThanOrEqual(17)
  })

  it('serves logins while a sync is waiting, and fetches one token for all', async () => {
    const dingtalk = client({ limits: { perApp: 15 } })
    const users = employees().slice(0, 60)
    const order: string[] = []
    const sync = Promise.all(users.map(userid => dingtalk.contacts.getUser(userid).then(() => order.push('sync'))))
    await Promise.all(
      Array.from({ length: 5 }, () =>
        dingtalk.login.exchangeCode(sandbox.platform.control.code({ userid: someone() })).then(() => order.push('login'))),
    )
    await sync
    expect(order.lastIndexOf('login')).toBeLessThan(40)
    expect(sandbox.platform.control.counts()['/v1.0/oauth2/accessToken']?.count).toBe(1)
  })

  it('signs pages the way the client container checks them', async () => {
    const url = 'http://127.0.0.1:3000/?corpId=ding1&name=%E5%BC%A0'
    const config = await client().tickets.config(`${url}#/here`)
    expect(sandbox.platform.verifyJsapiConfig({ ...config, url })).toBeUndefined()
    expect(sandbox.platform.verifyJsapiConfig({ ...config, url: 'http://127.0.0.1:3000/other' })).toMatchObject({ errorCode: '52013' })
  })

  it('sends, follows up and recalls a work notification', async () => {
    const { messages } = client()
    const userid = someone()
    const { taskId } = await messages.sendWorkNotification({
      userids: [userid, 'nobody'],
      message: { msgtype: 'text', text: { content: '您有一位新客户' } },
    })
    expect(sandbox.platform.messagesOf(userid)).toMatchObject([{ taskId, msg: { msgtype: 'text' } }])
    await expect(messages.sendProgress(taskId)).resolves.toEqual({ percent: 100, status: 'done' })
    await expect(messages.sendResult(taskId)).resolves.toMatchObject({ invalidUserids: ['nobody'], unreadUserids: [userid] })
    const again = await messages.sendWorkNotification({ userids: [userid], message: { msgtype: 'text', text: { content: '您有一位新客户' } } })
    await expect(messages.sendResult(again.taskId)).resolves.toMatchObject({ forbidden: [{ code: '143106', userid }] })
    await messages.recall(taskId)
    expect(sandbox.platform.messagesOf(userid)).toMatchObject([{ recalled: true }])
  })

  it('explains a closed egress list and a missing permission', async () => {
    const dingtalk = client()
    await dingtalk.token.get()
    sandbox.platform.control.settings({ egressIp: '203.0.113.9' })
    const refused = await dingtalk.contacts.countUsers(true).catch((error: unknown) => error)
    expect(refused).toMatchObject({ reason: '60020', ip: '203.0.113.9', appKey: sandbox.app.clientId })
    sandbox.platform.control.settings({ egressIp: null, permissions: ['qyapi_base'] })
    const error = await dingtalk.contacts.countUsers(true).catch((error: unknown) => error)
    expect(error).toMatchObject({ reason: '60011', requiredScopes: ['qyapi_get_member'] })
    expect(explain(error as Parameters<typeof explain>[0], 'zh-CN')).toMatchObject({
      kind: 'permission',
      fix: expect.stringContaining('成员信息读权限 (qyapi_get_member)'),
      link: expect.stringContaining('open-dev.dingtalk.com/appscope/apply'),
    })
  })

  it('says so when the secret is wrong', async () => {
    const dingtalk = client({
      credentials: async () => ({ corpId: sandbox.app.corpId, clientId: sandbox.app.clientId, clientSecret: 'wrong-secret' }),
    })
    await expect(dingtalk.token.get()).rejects.toMatchObject({ reason: 'invalidClientIdOrSecret' })
  })

  it('stops everything on an IP ban', async () => {
    const infos: CallInfo[] = []
    const dingtalk = client({ onCall: info => infos.push(info) })
    await dingtalk.token.get()
    sandbox.platform.control.faults({ path: '/topapi/user/count', kind: 'ban', times: 1 })
    await expect(dingtalk.contacts.countUsers(true)).rejects.toMatchObject({ reason: 'ip_banned' })
    await expect(dingtalk.contacts.countUsers(true)).rejects.toMatchObject({ reason: 'ip_banned' })
    expect(sandbox.platform.control.counts()['/topapi/user/count']?.count).toBe(1)
    expect(infos.at(-1)).toMatchObject({ api: '/topapi/user/count', errcode: 'ip_banned' })
  })
})
