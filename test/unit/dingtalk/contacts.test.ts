import type { Answer } from './platform.ts'
import { describe, expect, it } from 'vitest'
import { clientOf, startPlatform } from './platform.ts'

function ok(result: unknown): Answer {
  return { json: { errcode: 0, errmsg: 'ok', result, request_id: 'r' } }
}

function failed(errcode: number): Answer {
  return { json: { errcode, errmsg: 'x', request_id: 'r' } }
}

const zhang = {
  userid: 'zhangsan',
  unionid: 'z21H',
  name: '张三',
  state_code: '86',
  mobile: '18500000000',
  job_number: '4',
  title: '技术总监',
  email: '',
  remark: '  ',
  dept_id_list: [2, 3],
  leader_in_dept: [
    { dept_id: 2, leader: true },
    { dept_id: 3, leader: false },
  ],
  hired_date: 1597573616828,
  active: true,
  admin: 'true',
  manager_userid: 'manager240',
  role_list: [{ id: 100, name: '总监', group_name: '职务' }],
}

describe('contacts', () => {
  it('reads the authorized scope with GET', async () => {
    const platform = await startPlatform({
      '/auth/scopes': {
        json: { errcode: 0, auth_user_field: ['name'], condition_field: [], auth_org_scopes: { authed_dept: [1, 7], authed_user: ['u9'] } },
      },
    })
    await expect(clientOf(platform).contacts.authScopes()).resolves.toEqual({ deptIds: [1, 7], userids: ['u9'], fields: ['name'] })
    expect(platform.of('/auth/scopes')[0]?.method).toBe('GET')
  })

  it('lists sub-departments', async () => {
    const platform = await startPlatform({
      '/topapi/v2/department/listsub': ok([{ dept_id: 37, name: '市场部', parent_id: 1, create_dept_group: true, auto_add_user: true }]),
    })
    const { contacts } = clientOf(platform)
    await expect(contacts.listSubDepartments(1)).resolves.toEqual([{ deptId: 37, name: '市场部', parentId: 1 }])
    expect(platform.of('/topapi/v2/department/listsub')[0]?.body).toEqual({ dept_id: 1 })
  })

  it('reads a department, the root without a parent', async () => {
    const platform = await startPlatform({
      '/topapi/v2/department/get': ok({
        dept_id: 1,
        name: '公司',
        order: 0,
        dept_manager_userid_list: ['m1'],
        member_count: 12,
        owning_member_count: 2,
        hide_dept: false,
      }),
    })
    await expect(clientOf(platform).contacts.getDepartment(1)).resolves.toEqual({
      status: 'found',
      department: {
        deptId: 1,
        name: '公司',
        parentId: undefined,
        order: 0,
        managerUserids: ['m1'],
        memberCount: 12,
        ownMemberCount: 2,
        hidden: false,
      },
    })
  })

  it.each([
    [60003, 'gone'],
    [50004, 'outOfScope'],
  ])('tells departments apart: %i is %s', async (errcode, status) => {
    const platform = await startPlatform({ '/topapi/v2/department/get': failed(errcode) })
    await expect(clientOf(platform).contacts.getDepartment(9)).resolves.toEqual({ status })
  })

  it('pages through members and takes an empty text for no value', async () => {
    const platform = await startPlatform({
      '/topapi/v2/user/list': seen =>
        seen.body.cursor === 0
          ? ok({ has_more: true, next_cursor: 10, list: [{ ...zhang, leader: true, dept_order: 1 }] })
          : ok({ has_more: false, list: [{ userid: 'li', name: '李四', dept_id_list: [2] }] }),
    })
    const { contacts } = clientOf(platform)
    const first = await contacts.listUsers(2)
    expect(first.nextCursor).toBe(10)
    expect(first.members[0]).toMatchObject({
      userid: 'zhangsan',
      mobile: '18500000000',
      email: undefined,
      remark: undefined,
      admin: true,
      leader: true,
      deptIds: [2, 3],
    })
    const second = await contacts.listUsers(2, 10)
    expect(second).toMatchObject({ members: [{ userid: 'li', leader: undefined, mobile: undefined }], nextCursor: undefined })
    expect(platform.of('/topapi/v2/user/list').map(call => call.body)).toMatchObject([
      { dept_id: 2, cursor: 0, size: 100 },
      { dept_id: 2, cursor: 10 },
    ])
  })

  it.each([
    { has_more: false },
    { has_more: true, list: [] },
    { has_more: true, next_cursor: 0, list: [] },
    { list: Array.from({ length: 100 }, (_, i) => ({ userid: `u${i}`, unionid: `n${i}`, name: 'x', dept_id_list: [2] })) },
    { has_more: false, list: [{ name: 'without id' }] },
  ])('refuses a page that could lose people: %j', async (result) => {
    const platform = await startPlatform({ '/topapi/v2/user/list': ok(result) })
    await expect(clientOf(platform).contacts.listUsers(2)).rejects.toMatchObject({ reason: 'unexpected_shape' })
  })

  it('takes a page that is not full for the last one where DingTalk does not say', async () => {
    const platform = await startPlatform({ '/topapi/v2/user/list': ok({ list: [] }) })
    expect(await clientOf(platform).contacts.listUsers(2)).toEqual({ members: [], nextCursor: undefined })
  })

  it('never quotes people in the error about a wrong shape', async () => {
    const platform = await startPlatform({ '/topapi/v2/user/get': ok({ ...zhang, dept_id_list: 'nonsense' }) })
    const error = await clientOf(platform)
      .contacts
      .getUser('zhangsan')
      .catch((error: unknown) => error)
    expect(error).toMatchObject({ reason: 'unexpected_shape', text: expect.stringContaining('dept_id_list') })
    expect(String(error)).not.toMatch(/张三|18500000000|nonsense/)
  })

  it('reads one member', async () => {
    const platform = await startPlatform({ '/topapi/v2/user/get': ok(zhang) })
    await expect(clientOf(platform).contacts.getUser('zhangsan')).resolves.toMatchObject({
      status: 'found',
      member: {
        userid: 'zhangsan',
        managerUserid: 'manager240',
        leaderIn: [2],
        roles: [{ id: 100, name: '总监', groupName: '职务' }],
        hiredDate: 1597573616828,
      },
    })
  })

  it.each([
    [60121, 'gone'],
    [33012, 'gone'],
    [50002, 'outOfScope'],
  ])('tells members apart: %i is %s', async (errcode, status) => {
    const platform = await startPlatform({ '/topapi/v2/user/get': failed(errcode) })
    await expect(clientOf(platform).contacts.getUser('x')).resolves.toEqual({ status })
  })

  it('does not call somebody gone for any other reason', async () => {
    const platform = await startPlatform({ '/topapi/v2/user/get': { json: { errcode: 88, sub_code: '60011', sub_msg: '[qyapi_get_member]' } } })
    await expect(clientOf(platform).contacts.getUser('x')).rejects.toMatchObject({ reason: '60011' })
  })

  it('finds a userid by unionid, staff or not', async () => {
    const platform = await startPlatform({
      '/topapi/user/getbyunionid': seen =>
        seen.body.unionid === 'a'
          ? ok({ contact_type: 0, userid: 'u1' })
          : seen.body.unionid === 'b'
            ? ok({ contact_type: 1, userid: 'u2' })
            : failed(60121),
    })
    const { contacts } = clientOf(platform)
    await expect(contacts.getByUnionid('a')).resolves.toEqual({ status: 'found', userid: 'u1', contactType: 'internal' })
    await expect(contacts.getByUnionid('b')).resolves.toEqual({ status: 'found', userid: 'u2', contactType: 'external' })
    await expect(contacts.getByUnionid('c')).resolves.toEqual({ status: 'gone' })
  })

  it('lists administrators and counts people', async () => {
    const platform = await startPlatform({
      '/topapi/user/listadmin': ok([{ userid: 'boss', sys_level: 1 }]),
      '/topapi/user/count': ok({ count: '160' }),
    })
    const { contacts } = clientOf(platform)
    await expect(contacts.listAdmins()).resolves.toEqual([{ userid: 'boss', sysLevel: 1 }])
    await expect(contacts.countUsers(false)).resolves.toBe(160)
    expect(platform.of('/topapi/user/count')[0]?.body).toEqual({ only_active: false })
  })
})
