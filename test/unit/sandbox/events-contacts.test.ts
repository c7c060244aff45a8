import type { OperationInput } from '../../../sandbox/dingtalk/platform/control/operations.ts'
import type { TestPlatform } from './open-platform.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestPlatform } from './open-platform.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startTestPlatform({ settings: { events: { channel: 'stream' } } })
})
beforeEach(() => platform.platform.control.reset())
afterAll(() => platform.close())

/** `[type, fields]` of everything these operations announced. */
function announced(...operations: OperationInput[]): Array<[string, object]> {
  const { control } = platform.platform
  control.events.clear()
  control.mutate(...operations)
  return control.events.log().map(({ type, fields }) => [type, fields])
}

const now = expect.stringMatching(/^\d{13}$/) as string
const about = (userid: string): object => ({ timeStamp: now, userId: [userid] })

describe('contact events', () => {
  it('tell of people who join, change, become active or administrators, and leave', () => {
    expect(announced({ op: 'addMember', member: { userid: 'xinren', name: '新人', active: false } })).toEqual([['user_add_org', about('xinren')]])
    expect(announced({ op: 'updateMember', userid: 'xinren', changes: { active: true } })).toEqual([['user_active_org', { userId: ['xinren'] }]])
    expect(announced({ op: 'updateMember', userid: 'xinren', changes: { name: '改名', email: 'x@example.com' } })).toEqual([
      [
        'user_modify_org',
        { ...about('xinren'), diffInfo: { userid: 'xinren', prev: { name: '新人' }, curr: { name: '改名', email: 'x@example.com' } } },
      ],
    ])
    expect(announced({ op: 'updateMember', userid: 'xinren', changes: { sysLevel: 2 } })).toEqual([['org_admin_add', about('xinren')]])
    expect(announced({ op: 'updateMember', userid: 'xinren', changes: { sysLevel: 100 } })).toEqual([['org_admin_remove', about('xinren')]])
    expect(announced({ op: 'removeMember', userid: 'xinren' })).toEqual([['user_leave_org', about('xinren')]])
    expect(announced({ op: 'addMember', member: { userid: 'zaizhi', name: '在职' } }).map(([type]) => type)).toEqual([
      'user_add_org',
      'user_active_org',
    ])
  })

  it('are silent about avatars, external contacts, and changes that change nothing', () => {
    expect(
      announced(
        { op: 'updateMember', userid: 'lisi', changes: { avatar: 'https://example.com/a.png' } },
        { op: 'updateMember', userid: 'lisi', changes: { name: '李四' } },
        { op: 'addMember', member: { userid: 'keren', name: '客人', external: true } },
        { op: 'updateMember', userid: 'keren', changes: { name: '客人二' } },
        { op: 'removeMember', userid: 'keren' },
      ),
    ).toEqual([])
  })

  it('tell of moves, unless told not to', () => {
    const move = (deptIds: number[]): OperationInput => ({ op: 'moveMember', userid: 'lisi', deptIds })
    expect(announced(move([1])).map(([type]) => type)).toEqual(['user_modify_org'])
    platform.platform.control.settings({ events: { onMove: false } })
    expect(announced(move([platform.platform.departments()[1]?.deptId ?? 0]))).toEqual([])
  })

  it('tell of departments by id', () => {
    expect(
      announced(
        { op: 'addDepartment', department: { name: '新部门', deptId: 777 } },
        { op: 'addDepartment', department: { name: '别的', deptId: 778 } },
        { op: 'updateDepartment', deptId: 777, changes: { name: '改名' } },
        { op: 'moveDepartment', deptId: 777, parentId: 778 },
        { op: 'removeDepartment', deptId: 777 },
      ),
    ).toEqual([
      ['org_dept_create', { deptId: [777] }],
      ['org_dept_create', { deptId: [778] }],
      ['org_dept_modify', { deptId: [777] }],
      ['org_dept_modify', { deptId: [777] }],
      ['org_dept_remove', { deptId: [777] }],
    ])
  })

  it('tell of the company and of who may open the app', () => {
    expect(announced({ op: 'app', app: { corpName: '新名字' } })).toEqual([['org_change', {}]])
    expect(announced({ op: 'settings', settings: { visibleRange: { userids: ['lisi'] } } })).toMatchObject([
      ['inner_app_scopes_change', { userIds: ['lisi'], deptIds: [], roleIds: [] }],
    ])
    expect(announced({ op: 'settings', settings: { visibleRange: 'admins' } })).toMatchObject([
      ['inner_app_scopes_change', { userIds: ['zhangsan', 'sunqi'] }],
    ])
  })

  it('come only for ticked types, and only with a subscription', () => {
    platform.platform.control.settings({ events: { types: ['user_leave_org'] } })
    expect(
      announced({ op: 'addMember', member: { userid: 'xinren', name: '新人' } }, { op: 'removeMember', userid: 'xinren' }).map(([type]) => type),
    ).toEqual(['user_leave_org'])
    platform.platform.control.settings({ events: { channel: 'off' } })
    expect(announced({ op: 'removeMember', userid: 'lisi' })).toEqual([])
  })

  it('are not produced by an operation that fails', () => {
    expect(() => announced({ op: 'moveMember', userid: 'lisi', deptIds: [424242] })).toThrow()
    expect(platform.platform.control.events.log()).toEqual([])
  })
})
