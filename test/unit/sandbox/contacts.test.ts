import type { Json, TestPlatform } from './open-platform.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestPlatform } from './open-platform.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startTestPlatform()
})
afterAll(() => platform.close())

function deptId(name: string): number {
  return platform.platform.departments().find(department => department.name === name)?.deptId ?? 0
}

async function result(path: string, input: Json = {}): Promise<Json> {
  const body = await platform.old(path, input)
  expect(body).toMatchObject({ errcode: 0 })
  return body.result as Json
}

describe('departments (row 16)', () => {
  it('lists one level per call, the root by default', async () => {
    const top = (await result('/topapi/v2/department/listsub')) as unknown as Json[]
    expect(top.map(department => department.name)).toContain('销售中心')
    expect(top.map(department => department.name)).not.toContain('华东销售部')
    expect(top[0]).toEqual({ dept_id: expect.any(Number), name: expect.any(String), parent_id: 1, create_dept_group: true, auto_add_user: true })
    const ids = await result('/topapi/v2/department/listsubid', { dept_id: 1 })
    expect(ids.dept_id_list).toEqual(top.map(department => department.dept_id))
  })

  it('describes a department; the root has no parent', async () => {
    const detail = await result('/topapi/v2/department/get', { dept_id: deptId('销售中心') })
    expect(detail).toMatchObject({ name: '销售中心', parent_id: 1, dept_manager_userid_list: ['lisi', 'zhouba'], hide_dept: false })
    expect(Number(detail.member_count)).toBeGreaterThan(Number(detail.owning_member_count))
    const root = await result('/topapi/v2/department/get', { dept_id: 1 })
    expect(root).not.toHaveProperty('parent_id')
    expect(root.member_count).toBe(160)
  })

  it('finds the way to the root, per department and per person', async () => {
    const path = [deptId('上海销售一组'), deptId('华东销售部'), deptId('销售中心'), 1]
    expect((await result('/topapi/v2/department/listparentbydept', { dept_id: path[0] })).parent_id_list).toEqual(path)
    const parents = (await result('/topapi/v2/department/listparentbyuser', { userid: 'lisi' })).parent_list as Json[]
    expect(parents).toHaveLength(2)
  })

  it('knows unknown and unsupported ones', async () => {
    for (const path of ['/topapi/v2/department/listsub', '/topapi/v2/department/get', '/topapi/v2/user/list', '/topapi/user/listid']) {
      expect(await platform.old(path, { dept_id: 424242, cursor: 0, size: 10 }), path).toMatchObject({ errcode: 60003 })
      expect(await platform.old(path, { dept_id: -7, cursor: 0, size: 10 }), path).toMatchObject({ errcode: 40009 })
    }
  })
})

describe('people', () => {
  it('pages through a department of more than 100 (row 15)', async () => {
    const big = deptId('客户服务中心')
    const first = await result('/topapi/v2/user/list', { dept_id: big, cursor: 0, size: 100 })
    expect(first).toMatchObject({ has_more: true, next_cursor: 100 })
    const last = await result('/topapi/v2/user/list', { dept_id: big, cursor: first.next_cursor, size: 100 })
    expect(last.has_more).toBe(false)
    expect(last).not.toHaveProperty('next_cursor')
    const listed = [...(first.list as Json[]), ...(last.list as Json[])].map(user => user.userid)
    const ids = (await result('/topapi/user/listid', { dept_id: big })).userid_list
    expect(listed).toEqual(ids)
    const simple = await result('/topapi/user/listsimple', { dept_id: big, cursor: 0, size: 1 })
    expect(simple.list).toEqual([{ userid: 'zhengshi', name: '郑十' }])
  })

  it.each([
    ['/topapi/v2/user/list', { cursor: 0, size: 101 }, 40035],
    ['/topapi/v2/user/list', { cursor: 0, size: 0 }, 40035],
    ['/topapi/v2/user/list', { cursor: -1, size: 10 }, 40068],
    ['/topapi/v2/user/list', { cursor: 0 }, 400002],
    ['/topapi/user/listsimple', { cursor: 0, size: 101 }, 40069],
    ['/topapi/user/listsimple', { cursor: 0, size: 10, order_field: 'name' }, 40070],
  ])('%s refuses %o with %i', async (path, input, errcode) => {
    expect(await platform.old(path, { dept_id: 1, ...input })).toMatchObject({ errcode })
  })

  it('lists somebody in several departments in each of them', async () => {
    for (const name of ['销售中心', '华东销售部']) {
      const { list } = await result('/topapi/v2/user/list', { dept_id: deptId(name), cursor: 0, size: 100 })
      const lisi = (list as Json[]).find(user => user.userid === 'lisi')
      expect(lisi?.leader, name).toBe(name === '销售中心')
      expect(new Set(lisi?.dept_id_list as number[])).toEqual(new Set([deptId('销售中心'), deptId('华东销售部')]))
    }
  })

  it('shows real types and leaves empty fields out (rows 14, 32)', async () => {
    const detail = await result('/topapi/v2/user/get', { userid: 'wangwu' })
    expect(detail).toMatchObject({
      userid: 'wangwu',
      name: '王五',
      title: '区域经理',
      mobile: '13800001003',
      state_code: '86',
      active: true,
      admin: false,
      leader_in_dept: [{ dept_id: deptId('华东销售部'), leader: true }],
      role_list: [{ id: 2003, name: '主管', group_name: '默认' }],
    })
    const bare = platform.platform.members().find(member => member.mobile === undefined && member.email === undefined && member.external !== true)
    const view = await result('/topapi/v2/user/get', { userid: bare?.userid })
    expect(Object.keys(view)).not.toEqual(expect.arrayContaining(['mobile']))
    expect(Object.values(view)).not.toContain(null)
    expect(Object.values(view)).not.toContain('')
  })

  it('counts everybody or the activated, and names administrators', async () => {
    const inactive = platform.platform.members().filter(member => !member.active).length
    expect(await result('/topapi/user/count', { only_active: false })).toEqual({ count: 160 })
    expect(await result('/topapi/user/count', { only_active: true })).toEqual({ count: 160 - inactive })
    expect(await result('/topapi/user/listadmin')).toEqual([
      { userid: 'zhangsan', sys_level: 1 },
      { userid: 'sunqi', sys_level: 2 },
    ])
    expect(await platform.old('/topapi/user/get_admin_scope', { userid: 'zhangsan' })).toMatchObject({ errcode: 0, dept_ids: [1] })
    expect(await platform.old('/topapi/user/get_admin_scope', { userid: 'lisi' })).toMatchObject({ dept_ids: [] })
  })

  it('has the default roles and their holders', async () => {
    const { list } = await result('/topapi/role/list')
    expect((list as Json[])[0]).toMatchObject({
      name: '默认',
      roles: [
        { id: 2001, name: '主管理员' },
        { id: 2002, name: '子管理员' },
        { id: 2003, name: '主管' },
      ],
    })
    expect(await result('/topapi/role/simplelist', { role_id: 2001 })).toMatchObject({ hasMore: false, list: [{ userid: 'zhangsan', name: '张三' }] })
    expect(await platform.old('/topapi/role/simplelist', { role_id: 1 })).toMatchObject({ errcode: 33011 })
    expect(await platform.old('/topapi/role/list', { size: 201 })).toMatchObject({ errcode: 40069 })
  })

  it('finds people by name and pinyin, answering ids', async () => {
    const search = async (body: Json): Promise<Json> =>
      (await platform.modern('POST', '/v1.0/contact/users/search', { offset: 0, size: 10, ...body })).body
    expect(await search({ queryWord: '赵六' })).toEqual({ hasMore: false, totalCount: 1, list: ['zhaoliu'] })
    expect((await search({ queryWord: 'wangwu' })).list).toContain('wangwu')
    expect((await search({ queryWord: '赵', fullMatchField: 1 })).list).toEqual([])
    expect(await platform.modern('POST', '/v1.0/contact/users/search', { queryWord: '', offset: 0, size: 1 })).toMatchObject({
      status: 400,
      body: { code: 'parameter.error' },
    })
    expect((await platform.modern('POST', '/v1.0/contact/departments/search', { queryWord: '华东', offset: 0, size: 5 })).body).toMatchObject({
      list: [deptId('华东销售部')],
    })
  })
})

describe('people who are gone (rows 17, 18)', () => {
  it('knows neither strangers nor leavers nor external contacts', async () => {
    const external = platform.platform.members().find(member => member.external === true)
    for (const userid of ['nobody', 'qianlizhi', external?.userid])
      expect(await platform.old('/topapi/v2/user/get', { userid })).toMatchObject({ errcode: 60121, errmsg: '找不到该用户' })
    expect(await platform.old('/topapi/v2/user/getbymobile', { mobile: '13600002222' })).toMatchObject({ errcode: 60121 })
    expect(await platform.old('/topapi/v2/user/getbymobile', { mobile: '13800001001' })).toMatchObject({ errcode: 0, result: { userid: 'zhangsan' } })
    expect(await platform.old('/topapi/v2/user/getbymobile', { mobile: 'call me' })).toMatchObject({ errcode: 40104 })
    platform.platform.control.settings({ goneCode: 33012 })
    expect(await platform.old('/topapi/v2/user/get', { userid: 'nobody' })).toMatchObject({ errcode: 33012, errmsg: '无效的USERID' })
    platform.platform.control.settings({ goneCode: 60121 })
  })

  it('lists who left, page by page, within a year', async () => {
    const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
    const now = platform.platform.now()
    const records = (query: Json): Promise<{ status: number, body: Json }> =>
      platform.modern('GET', `/v1.0/contact/empLeaveRecords?${new URLSearchParams(query as Record<string, string>)}`)
    const startTime = iso(now - 300 * 86_400_000)
    const first = await records({ startTime, nextToken: '0', maxResults: '1' })
    expect(first.body.records).toMatchObject([
      { userId: 'fengyuan', name: '冯远', stateCode: '86', leaveReason: 'delete', leaveTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/) },
    ])
    const second = await records({ startTime, nextToken: String(first.body.nextToken), maxResults: '1' })
    expect(second.body).toMatchObject({ records: [{ userId: 'qianlizhi' }] })
    expect(second.body).not.toHaveProperty('nextToken')
    for (const bad of [
      { startTime: iso(now - 366 * 86_400_000), maxResults: '10' },
      { startTime, maxResults: '51' },
      { startTime: '2026-01-01', maxResults: '10' },
      { startTime },
      { startTime, maxResults: '10', nextToken: 'made-up' },
    ])
      expect(await records(bad)).toMatchObject({ status: 400, body: { code: 'invalidParameter.param.invalid' } })
  })
})
