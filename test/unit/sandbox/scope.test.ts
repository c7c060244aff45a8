import type { TestPlatform } from './open-platform.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestPlatform } from './open-platform.ts'

let platform: TestPlatform
let sales: number
let east: number

beforeAll(async () => {
  platform = await startTestPlatform()
  const id = (name: string): number => platform.platform.departments().find(department => department.name === name)?.deptId ?? 0
  sales = id('销售中心')
  east = id('华东销售部')
  platform.platform.control.settings({ scope: { deptIds: [sales], userids: ['sunqi'] } })
})
afterAll(() => platform.close())

describe('the authorized scope (row 13)', () => {
  it('is what auth/scopes says', async () => {
    const { body } = await platform.raw(`/auth/scopes?access_token=${platform.token}`)
    expect(body).toMatchObject({ errcode: 0, auth_org_scopes: { authed_dept: [sales], authed_user: ['sunqi'] }, condition_field: [] })
  })

  it('contains the departments with everything below, and the named people', async () => {
    expect(await platform.old('/topapi/v2/department/listsub', { dept_id: sales })).toMatchObject({ errcode: 0 })
    expect(await platform.old('/topapi/v2/user/list', { dept_id: east, cursor: 0, size: 10 })).toMatchObject({ errcode: 0 })
    for (const userid of ['lisi', 'wangwu', 'sunqi']) expect(await platform.old('/topapi/v2/user/get', { userid })).toMatchObject({ errcode: 0 })
  })

  it('refuses what is outside with 50002 and 50004', async () => {
    expect(await platform.old('/topapi/v2/user/get', { userid: 'zhangsan' })).toMatchObject({
      errcode: 50002,
      errmsg: '请求的员工userid不在授权范围内',
    })
    for (const path of ['/topapi/v2/department/listsub', '/topapi/v2/department/get', '/topapi/v2/user/list', '/topapi/user/listsimple']) {
      expect(await platform.old(path, { dept_id: 1, cursor: 0, size: 10 }), path).toMatchObject({
        errcode: 50004,
        errmsg: '请求的部门id不在授权范围内',
      })
    }
  })

  it('does not hold for the listings of ids', async () => {
    for (const path of ['/topapi/user/listid', '/topapi/v2/department/listsubid', '/topapi/v2/department/listparentbydept'])
      expect(await platform.old(path, { dept_id: 1 }), path).toMatchObject({ errcode: 0 })
    expect(await platform.old('/topapi/v2/department/listparentbyuser', { userid: 'zhangsan' })).toMatchObject({ errcode: 0 })
    expect(await platform.old('/topapi/user/count', { only_active: false })).toMatchObject({ result: { count: 160 } })
    expect(await platform.old('/topapi/user/listadmin')).toMatchObject({ result: [{ userid: 'zhangsan' }, { userid: 'sunqi' }] })
  })

  it('follows people and departments as they move', async () => {
    platform.platform.control.mutate({ op: 'moveMember', userid: 'zhangsan', deptIds: [east] })
    expect(await platform.old('/topapi/v2/user/get', { userid: 'zhangsan' })).toMatchObject({ errcode: 0 })
    platform.platform.control.mutate({ op: 'moveDepartment', deptId: east, parentId: 1 })
    expect(await platform.old('/topapi/v2/user/get', { userid: 'zhangsan' })).toMatchObject({ errcode: 50002 })
  })
})

describe('field permissions (row 14)', () => {
  it('leave their fields out of both views without an error', async () => {
    platform.platform.control.reset()
    const { body } = await platform.raw(`/gettoken?appkey=${platform.app.clientId}&appsecret=${platform.app.clientSecret}`)
    const token = String(body.access_token)
    const permissions = ['qyapi_get_member', 'qyapi_get_department_member']
    platform.platform.control.settings({ permissions })
    const hidden = ['mobile', 'state_code', 'email', 'org_email', 'work_place', 'remark']
    const get = await platform.old('/topapi/v2/user/get', { userid: 'lisi' }, token)
    const list = await platform.old('/topapi/v2/user/list', { dept_id: sales, cursor: 0, size: 100 }, token)
    for (const user of [get.result as object, ...(list.result as { list: object[] }).list])
      expect(Object.keys(user).filter(key => hidden.includes(key))).toEqual([])
    platform.platform.control.settings({ permissions: [...permissions, 'fieldMobile'] })
    const withMobile = (await platform.old('/topapi/v2/user/get', { userid: 'lisi' }, token)).result
    expect(withMobile).toMatchObject({ mobile: '13800001002', state_code: '86' })
    expect(withMobile).not.toHaveProperty('email')
  })
})
