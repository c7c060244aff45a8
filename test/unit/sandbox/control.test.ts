import type { Json, Reply, TestPlatform } from './open-platform.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestPlatform } from './open-platform.ts'

let platform: TestPlatform
let token: string

beforeAll(async () => {
  platform = await startTestPlatform()
})
beforeEach(async () => {
  await post('reset', {})
  const { body } = await platform.raw(`/gettoken?appkey=${platform.app.clientId}&appsecret=${platform.app.clientSecret}`)
  token = String(body.access_token)
})
afterAll(() => platform.close())

function post(path: string, body: unknown): Promise<Reply> {
  return platform.raw(`/__sandbox/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

async function org(): Promise<{ departments: Json[], members: Json[], departed: Json[], app: Json, settings: Json }> {
  return (await platform.raw('/__sandbox/org')).body as never
}

async function user(userid: string): Promise<Json> {
  return platform.old('/topapi/v2/user/get', { userid }, token)
}

describe('changing the company', () => {
  it('hires, moves, promotes, forgets and dismisses', async () => {
    const [east] = (await org()).departments.filter(department => department.name === '华东销售部')
    expect(
      (await post('mutate', { op: 'addMember', member: { userid: 'xinren', name: '新人', mobile: '13911112222', deptIds: [east?.deptId] } })).status,
    ).toBe(200)
    expect(await user('xinren')).toMatchObject({ result: { name: '新人', dept_id_list: [east?.deptId], active: true } })
    await post('mutate', [
      { op: 'moveMember', userid: 'xinren', deptIds: [1] },
      { op: 'updateMember', userid: 'xinren', changes: { title: '主管', mobile: null, leaderIn: [1] } },
    ])
    const { result } = await user('xinren')
    expect(result).toMatchObject({ dept_id_list: [1], title: '主管' })
    expect(result).not.toHaveProperty('mobile')
    expect(await platform.old('/topapi/v2/user/getbymobile', { mobile: '13911112222' }, token)).toMatchObject({ errcode: 60121 })
    expect((await platform.old('/topapi/v2/department/get', { dept_id: 1 }, token)).result).toMatchObject({ dept_manager_userid_list: ['xinren'] })
    await post('mutate', { op: 'removeMember', userid: 'xinren' })
    expect(await user('xinren')).toMatchObject({ errcode: 60121 })
    expect((await org()).departed).toContainEqual(expect.objectContaining({ userid: 'xinren', reason: 'leave' }))
  })

  it('founds, renames, moves and dissolves departments', async () => {
    const { results } = (await post('mutate', { op: 'addDepartment', department: { name: '新部门' } })).body as { results: Array<{ deptId: number }> }
    const deptId = results[0]?.deptId
    const sales = (await org()).departments.find(department => department.name === '销售中心')?.deptId
    await post('mutate', [
      { op: 'updateDepartment', deptId, changes: { name: '改名' } },
      { op: 'moveDepartment', deptId, parentId: sales },
    ])
    expect((await platform.old('/topapi/v2/department/listsub', { dept_id: sales }, token)).result).toContainEqual(
      expect.objectContaining({ dept_id: deptId, name: '改名' }),
    )
    expect((await post('mutate', { op: 'removeDepartment', deptId: sales })).body.error).toContain('only an empty department')
    expect((await post('mutate', { op: 'moveDepartment', deptId: sales, parentId: deptId })).status, 'below itself').toBe(400)
    expect((await post('mutate', { op: 'removeDepartment', deptId })).status).toBe(200)
    expect(await platform.old('/topapi/v2/department/get', { dept_id: deptId }, token)).toMatchObject({ errcode: 60003 })
  })

  it.each([
    [{ op: 'explode' }],
    [{ op: 'updateMember', userid: 'nobody', changes: {} }],
    [{ op: 'updateMember', userid: 'lisi', changes: { colour: 'red' } }],
    [{ op: 'moveMember', userid: 'lisi', deptIds: [424242] }],
    [{ op: 'addMember', member: { userid: 'lisi', name: '又一个' } }],
    [{ op: 'settings', settings: { latencyMs: -1 } }],
  ])('refuses %o with a sentence', async (operation) => {
    const reply = await post('mutate', operation)
    expect(reply.status).toBe(400)
    expect(reply.body.error).toEqual(expect.any(String))
    expect(await user('lisi')).toMatchObject({ errcode: 0, result: { name: '李四' } })
  })

  it('changes the app and the settings, and reset brings everything back', async () => {
    await post('mutate', [
      { op: 'app', app: { clientSecret: 'new' } },
      { op: 'settings', settings: { rates: { monthly: 7 }, redirectUrls: ['https://crm.example.com'] } },
      { op: 'removeMember', userid: 'lisi' },
    ])
    expect((await platform.raw(`/gettoken?appkey=${platform.app.clientId}&appsecret=${platform.app.clientSecret}`)).body).toMatchObject({
      errcode: 40096,
    })
    expect((await org()).settings).toMatchObject({ rates: { monthly: 7, perApi: null }, redirectUrls: ['https://crm.example.com'] })
    expect((await post('reset', {})).body).toEqual({ departments: 12, members: 161 })
    const fresh = await org()
    expect(fresh.app.clientSecret).toBe(platform.app.clientSecret)
    expect(fresh.settings).toMatchObject({ rates: { monthly: 5000, perApi: null } })
    expect(fresh.members.some(member => member.userid === 'lisi')).toBe(true)
    expect((await post('reset', { seed: 5, departments: 30, members: 50 })).body).toEqual({ departments: 30, members: 51 })
    expect((await post('reset', { seed: 20260601, departments: 12, members: 160 })).status).toBe(200)
  })

  it('moves the clock and expires tokens', async () => {
    const { results } = (await post('mutate', { op: 'clock', setMs: 1_900_000_000_000 })).body as { results: Array<{ now: number }> }
    expect(results[0]?.now).toBeGreaterThanOrEqual(1_900_000_000_000)
    await post('mutate', { op: 'clock', reset: true })
    expect(Math.abs(platform.platform.now() - Date.now())).toBeLessThan(1000)
    await post('mutate', { op: 'expire', what: 'tokens' })
    expect(await user('lisi')).toMatchObject({ sub_code: '40014' })
  })
})

describe('reading what happened', () => {
  it('issues codes of both kinds', async () => {
    const { code } = (await post('code', { userid: 'lisi' })).body
    expect(await platform.old('/topapi/v2/user/getuserinfo', { code }, token)).toMatchObject({ errcode: 0 })
    expect((await post('code', { userid: 'lisi', kind: 'oauth' })).body.code).toEqual(expect.any(String))
    expect((await post('code', { userid: 'nobody' })).status).toBe(400)
  })

  it('logs calls with counts, without secrets, until cleared', async () => {
    await platform.raw('/__sandbox/calls', { method: 'DELETE' })
    await user('lisi')
    await user('nobody')
    await platform.raw(`/gettoken?appkey=${platform.app.clientId}&appsecret=${platform.app.clientSecret}`)
    const { counts, calls } = (await platform.raw('/__sandbox/calls')).body as { counts: Json, calls: Json[] }
    expect(counts['/topapi/v2/user/get']).toMatchObject({ count: 2, outcomes: { 0: 1, 60121: 1 } })
    expect(calls.map(call => [call.api, call.outcome])).toEqual([
      ['/topapi/v2/user/get', '0'],
      ['/topapi/v2/user/get', '60121'],
      ['/gettoken', '0'],
    ])
    expect(calls[0]).toMatchObject({ seq: 1, method: 'POST', status: 200, ip: '127.0.0.1', params: { userid: 'lisi' } })
    expect(JSON.stringify(calls)).not.toContain(platform.app.clientSecret)
    expect(JSON.stringify(calls)).not.toContain(token)
    expect((await platform.raw('/__sandbox/calls?api=/gettoken&limit=5')).body.calls as Json[]).toHaveLength(1)
    await platform.raw('/__sandbox/calls', { method: 'DELETE' })
    expect((await platform.raw('/__sandbox/calls')).body).toEqual({ counts: {}, calls: [] })
  })

  it('shows messages by task and by person, and marks them read', async () => {
    const { task_id: taskId } = await platform.old(
      '/topapi/message/corpconversation/asyncsend_v2',
      { agent_id: platform.app.agentId, userid_list: 'lisi', msg: { msgtype: 'text', text: { content: 'x' } } },
      token,
    )
    expect((await post('messages/read', { userid: 'lisi', taskId })).status).toBe(200)
    expect((await post('messages/read', { userid: 'wangwu', taskId })).status).toBe(400)
    expect((await platform.raw('/__sandbox/messages')).body).toMatchObject({ tasks: [{ taskId, deliveredTo: [{ userid: 'lisi', read: true }] }] })
    expect((await platform.raw('/__sandbox/messages?userid=lisi')).body).toMatchObject({ messages: [{ taskId, read: true }] })
  })

  it('knows its own paths only', async () => {
    expect((await platform.raw('/__sandbox/nothing')).status).toBe(404)
  })
})
