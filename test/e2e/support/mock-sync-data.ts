import type { SyncChange, SyncConflict, SyncCounts, SyncSettingsView } from '#contract/sync/index.ts'
import { uuid } from './mock-data.ts'

const fromNow = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

export const noCounts: SyncCounts = {
  departmentsCreated: 0,
  departmentsUpdated: 0,
  departmentsRemoved: 0,
  accountsCreated: 0,
  accountsUpdated: 0,
  accountsDisabled: 0,
  accountsReenabled: 0,
  membershipsChanged: 0,
  bindingsChanged: 0,
  conflicts: 0,
  keptOutOfScope: 0,
  keptInGrace: 0,
  keptUncertain: 0,
}

const base = {
  target: { type: 'account', id: uuid(2), name: '' },
  userid: 'u1',
  before: null,
  after: null,
  reason: '',
  status: 'planned',
  records: null,
} as const

/** What a preview of the sample company would change: 2 leavers, 60 joiners, an edit, departments, a conflict. */
export function plannedChanges(): SyncChange[] {
  const person = (n: number, name: string): SyncChange['target'] => ({ type: 'account', id: uuid(n), name })
  return [
    {
      ...base,
      id: uuid(8001),
      kind: 'account.disable',
      target: person(31, '孙离职'),
      before: { status: 'active' },
      after: { status: 'disabled' },
      reason: '钉钉确认已离职 (60121)',
      records: { customers: 12 },
    },
    {
      ...base,
      id: uuid(8002),
      kind: 'account.disable',
      target: person(32, '吴离职'),
      before: { status: 'active' },
      after: { status: 'disabled' },
      reason: '钉钉确认已离职 (60121)',
      records: { customers: 0 },
    },
    {
      ...base,
      id: uuid(8003),
      kind: 'account.update',
      target: person(2, '欧阳若兰'),
      before: { title: '客户经理', mobile: '138 0000 2001', avatar: null },
      after: { title: '高级客户经理', mobile: '139 8888 6666', avatar: null },
      reason: '钉钉资料有更新',
    },
    {
      ...base,
      id: uuid(8004),
      kind: 'account.move',
      target: person(3, '李娜'),
      before: { departments: ['华东销售部', '产品研发中心'], mainDepartmentId: '产品研发中心' },
      after: { departments: ['华东销售部', '杭州组（负责人）'], mainDepartmentId: '华东销售部' },
      reason: '钉钉中的部门有变化',
    },
    {
      ...base,
      id: uuid(8005),
      kind: 'department.rename',
      target: { type: 'department', id: uuid(9002), name: '杭州组' },
      userid: null,
      before: { name: '杭州组' },
      after: { name: '杭州一组' },
      reason: '钉钉中已改名',
    },
    {
      ...base,
      id: uuid(8006),
      kind: 'conflict',
      target: { type: 'member', id: null, name: '张伟' },
      after: { candidates: ['张伟', '张伟（外勤）'] },
      reason: '手机号对应两个账号',
    },
    ...Array.from({ length: 60 }, (_, n): SyncChange => ({
      ...base,
      id: uuid(8100 + n),
      kind: 'account.create',
      target: person(600 + n, `新成员${n}`),
      userid: `new${n}`,
      after: { name: `新成员${n}`, title: '销售代表', departments: ['华东销售部'], role: 'sales' },
      reason: '钉钉中的新成员',
    })),
  ]
}

export const plannedCounts: SyncCounts = {
  ...noCounts,
  departmentsUpdated: 1,
  accountsCreated: 60,
  accountsUpdated: 1,
  accountsDisabled: 2,
  membershipsChanged: 1,
  conflicts: 1,
  keptInGrace: 3,
}

/** An undo: one change taken back, one refused because somebody has edited the account since. */
export function undoneChanges(): SyncChange[] {
  return [
    {
      ...base,
      id: uuid(8501),
      kind: 'account.reenable',
      target: { type: 'account', id: uuid(31), name: '孙离职' },
      before: { status: 'disabled' },
      after: { status: 'active' },
      reason: '撤销停用',
      status: 'applied',
    },
    {
      ...base,
      id: uuid(8502),
      kind: 'account.update',
      target: { type: 'account', id: uuid(2), name: '欧阳若兰' },
      before: { title: '高级客户经理' },
      after: { title: '客户经理' },
      reason: '之后被陈思远手动修改过',
      status: 'refused',
    },
  ]
}

export function openConflicts(): SyncConflict[] {
  const member = {
    userid: 'zw2',
    name: '张伟',
    title: '销售代表',
    mobile: '138 0000 7788',
    email: 'zhangwei@example.com',
    orgEmail: null,
    jobNumber: null,
    departments: ['杭州组'],
  }
  const account = {
    id: uuid(5),
    name: '张伟',
    title: '销售代表',
    mobile: '+86-13800007788',
    email: null,
    jobNumber: 'A115',
    role: 'member',
    status: 'active',
    departments: ['产品研发中心'],
    boundTo: null,
    bindable: true,
  } as const
  return [
    {
      id: uuid(8701),
      kind: 'ambiguous',
      reason: '手机号 138 0000 7788 对应两个 CRM 账号。',
      member,
      candidates: [
        { ...account, departments: [...account.departments] },
        { ...account, id: uuid(6), name: '张伟（外勤）', mobile: '13800007788', status: 'disabled', departments: ['杭州组'] },
      ],
      status: 'open',
      resolution: null,
      boundAs: null,
      since: fromNow(-26),
    },
    {
      id: uuid(8702),
      kind: 'privileged',
      reason: '邮箱与一位管理员的账号相同。',
      member: { ...member, userid: 'csy2', name: '陈思远', mobile: null, email: 'chen@example.com' },
      candidates: [
        { ...account, id: uuid(1), name: '陈思远', mobile: '138 0000 1234', email: 'Chen@example.com', role: 'admin', departments: ['华东销售部'] },
      ],
      status: 'open',
      resolution: null,
      boundAs: null,
      since: fromNow(-3),
    },
  ]
}

export function syncSettingsView(): SyncSettingsView {
  return {
    settings: {
      enabled: true,
      fields: { name: 'dingtalk', avatar: 'dingtalk', title: 'dingtalk', mobile: 'fill', email: 'fill', jobNumber: 'dingtalk', hiredAt: 'crm' },
      matchBy: ['mobile', 'jobNumber'],
      includeDepartments: [],
      excludeDepartments: [203],
      inactiveMembers: true,
      directManager: false,
      defaultRole: 'sales',
      rolesByDepartment: [{ deptId: 201, role: 'manager' }],
      guard: { disableCount: 5, disablePercent: 5, removeDepartmentsPercent: 20 },
      grace: { unit: 'runs', value: 0 },
      schedule: { cron: '10 2 * * *', timeZone: 'Asia/Shanghai' },
      leaverRecords: 'keep',
      retention: { plansDays: 30, runsDays: 365 },
      welcome: false,
    },
    events: {
      channel: 'off',
      aesKeySet: false,
      tokenSet: false,
      pushUrl: 'https://crm.example.com/dingtalk/events',
      state: { connection: 'off', detail: null, lastEventAt: null, waiting: 0, failed: 0 },
    },
    acceptedCount: { announced: 1203, seen: 1201, by: '张三', at: fromNow(-30) },
    nextRunAt: fromNow(9),
  }
}
