import type { DoctorCheck, Guide, Sample } from '#contract/connection.ts'
import type { Department, PlacedAccount } from '#contract/directory.ts'
import type { InboxMessage } from '#contract/messages/inbox.ts'
import type { Session } from '#contract/session.ts'
import type { DingTalkSettings } from '#contract/settings.ts'
import type { SyncRun } from '#contract/sync/index.ts'

const hour = 3_600_000
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
export const fromNow = (hours: number) => new Date(Date.now() + hours * hour).toISOString()

export const me = { id: uuid(1), name: '陈思远', avatar: null }
const people = ['陈思远', '欧阳若兰', '李娜', 'Grace O’Neill', '张伟'].map((name, index) => ({ id: uuid(index + 1), name, avatar: null }))
export { people }

export function session(role: 'admin' | 'member' = 'admin'): Session {
  return {
    kind: 'account',
    account: {
      ...me,
      title: '大客户经理',
      mobile: '138 0000 1234',
      email: null,
      departments: [{ id: uuid(9001), name: '华东销售部', leader: false }],
      role,
      abilities: ['import', 'export', 'delete', 'transfer', 'announce'],
    },
  }
}

export const settings: DingTalkSettings = {
  corpId: 'ding8a1f00c2b7e94d35',
  clientId: 'dingqx7m2k4p9w8z1abc',
  agentId: '3010045678',
  clientSecretSet: true,
  clientSecretLost: false,
  updatedAt: fromNow(-30),
  updatedBy: '陈思远',
  subAdminsAreAdmins: false,
  bossIsAdmin: true,
  loginInDingTalk: true,
  loginInBrowser: true,
  notifications: true,
  environmentDiffers: ['agentId'],
  addresses: {
    homepage: 'http://crm.example.com/?corpId=$CORPID$',
    redirectUrl: 'http://crm.example.com/api/session/oauth/callback',
    publicUrlIsHttps: false,
  },
}

function check(id: DoctorCheck['id'], step: DoctorCheck['step'], result: DoctorCheck['result'], title: string, more: Partial<DoctorCheck> = {}): DoctorCheck {
  return {
    id,
    step,
    result,
    title,
    tried: `检查${title}`,
    answered: null,
    asksDingTalk: true,
    means: `${title}检查过了。`,
    idle: false,
    fix: null,
    where: null,
    link: null,
    code: null,
    requestId: null,
    seenAt: null,
    about: id,
    manual: null,
    action: null,
    ...more,
  }
}

export const checks: DoctorCheck[] = [
  check('credentials', 3, 'ok', '应用凭证'),
  check('members', 4, 'failed', '读取部门成员', {
    answered: '60011：应用尚未开通所需的权限',
    means: '应用还没有开通所需的接口权限。',
    fix: '申请“通讯录部门成员读权限”后重试。',
    where: '应用详情 > 开发配置 > 权限管理',
    link: 'https://open-dev.dingtalk.com/appscope/apply',
    code: '60011',
  }),
  check('loginCode', 6, 'seen', '在钉钉内登录', { seenAt: fromNow(-2) }),
  check('browserLogin', 5, 'manual', '浏览器登录', { manual: { step: '试一次浏览器登录。', confirmed: null }, action: 'browserLogin' }),
  check('agentId', 7, 'untried', 'AgentId'),
]

export const guide: Guide = {
  copies: [
    { id: 'mobileHomepage', label: '移动端首页地址', text: 'http://crm.example.com/?corpId=$CORPID$', where: '应用能力 > 网页应用', note: '$CORPID$ 原样保留' },
    { id: 'redirectUrl', label: '重定向 URL', text: 'http://crm.example.com/api/session/oauth/callback,http://crm.example.com/', where: '开发配置 > 安全设置', note: null },
  ],
  permissions: [
    { code: 'qyapi_get_department_member', name: '通讯录部门成员读权限', neededFor: '列出部门成员', need: 'required', link: 'https://open-dev.dingtalk.com/appscope/apply?content=x%23y' },
    { code: null, name: '企业员工手机号信息', neededFor: '同步手机号', need: 'optional', link: null },
  ],
  egressIp: { ip: '203.0.113.77', at: fromNow(-1) },
  openUrl: 'http://crm.example.com/?corpId=ding8a1f00c2b7e94d35',
}

export const sample: Sample = {
  departments: [{ id: '201', parentId: '1', name: '华东销售部' }],
  members: [{ userid: 'lisi', name: '李四', title: '销售总监' }],
  coverage: { of: 214, fields: [{ field: 'mobile', count: 183 }, { field: 'email', count: 0 }], partial: true },
}

export const departments: Department[] = [
  {
    id: uuid(9000),
    dingtalkId: 1,
    name: '江南云帆信息技术有限公司',
    parentId: null,
    order: 0,
    members: 2,
    membersBelow: 46,
    parentOutOfScope: false,
  },
  { id: uuid(9001), dingtalkId: 201, name: '华东销售部', parentId: uuid(9000), order: 1, members: 20, membersBelow: 30, parentOutOfScope: false },
  { id: uuid(9002), dingtalkId: 202, name: '杭州组', parentId: uuid(9001), order: 1, members: 10, membersBelow: 10, parentOutOfScope: false },
  { id: uuid(9003), dingtalkId: 203, name: '产品研发中心', parentId: uuid(9000), order: 2, members: 14, membersBelow: 14, parentOutOfScope: true },
]

export const accounts: PlacedAccount[] = Array.from({ length: 46 }, (_, n) => ({
  id: uuid(n + 1),
  name: people[n]?.name ?? `成员${n}`,
  avatar: null,
  title: n % 4 === 3 ? null : '客户经理',
  mobile: n % 6 === 5 ? null : `138 0000 ${String(2000 + n)}`,
  email: null,
  jobNumber: n % 3 === 0 ? `A${100 + n}` : null,
  role: n === 0 ? 'admin' : 'member',
  status: n === 7 ? 'disabled' : 'active',
  departments:
    n % 8 === 2
      ? [
          { id: uuid(9001), name: '华东销售部', leader: true },
          { id: uuid(9003), name: '产品研发中心', leader: false },
        ]
      : [{ id: uuid(n % 2 ? 9002 : 9003), name: n % 2 ? '杭州组' : '产品研发中心', leader: false }],
  binding: n === 4 ? null : { userid: `u${n}`, state: n === 7 ? 'gone' : n === 9 ? 'out_of_scope' : 'present', activated: n !== 3 },
  mainDepartment: null,
  lastLoginAt: n % 2 ? fromNow(-n) : null,
}))

/** A run as it looks after so many steps of `syncSteps`. */
export const syncSteps = ['scope', 'crawl', 'confirm', 'plan'] as const

export function syncRun(id: string, mode: SyncRun['mode'], step: number): SyncRun {
  const over = step >= syncSteps.length
  return {
    id,
    mode,
    trigger: mode === 'undo' ? 'undo' : 'button',
    status: !over ? 'running' : mode === 'preview' ? 'planned' : 'succeeded',
    phase: syncSteps[step] ?? 'done',
    startedAt: fromNow(0),
    finishedAt: over ? fromNow(0) : null,
    startedBy: '陈思远',
    progress: {
      departmentsKnown: 12,
      departmentsDone: Math.min(12, step * 6),
      membersSeen: step * 40,
      membersKnown: 160,
      questionsKnown: 0,
      questionsDone: 0,
      calls: step * 15,
      retries: step > 1 ? 1 : 0,
      rate: 14.2,
      secondsLeft: over ? null : 90 - step * 20,
      pausedSeconds: 0,
    },
    counts: over
      ? {
          departmentsCreated: 2,
          departmentsUpdated: 0,
          departmentsRemoved: 0,
          accountsCreated: 5,
          accountsUpdated: 1,
          accountsDisabled: 1,
          accountsReenabled: 0,
          membershipsChanged: 7,
          bindingsChanged: 5,
          conflicts: 2,
          keptOutOfScope: 3,
          keptInGrace: 1,
          keptUncertain: 0,
        }
      : null,
    scope: over ? { wholeCompany: false, departments: 12, people: 3, members: 160, company: 1203, names: ['华东销售部', '华南销售部'], countAccepted: false } : null,
    kinds: null,
    stop: null,
    error: null,
    undoes: null,
    undoneBy: null,
    undoable: over && mode === 'apply',
  }
}

export function failedRun(): SyncRun {
  return {
    ...syncRun(uuid(7001), 'apply', 1),
    status: 'failed',
    startedAt: fromNow(-28),
    finishedAt: fromNow(-27.9),
    error: {
      message: '应用没有读取部门成员的权限，没有做任何变更。',
      help: '在权限管理中申请“通讯录部门成员读权限”，再同步一次。',
      where: '应用详情 > 开发配置 > 权限管理',
      code: '60011',
    },
  }
}

/** One of each kind of message that looks different. */
export const messages: InboxMessage[] = [
  { id: uuid(9501), kind: 'record.assigned', category: 'records', title: '张伟把客户“常州光伏”转给了你', text: '以后由你跟进。', at: fromNow(-1), read: false, path: `/customers/${uuid(100)}` },
  { id: uuid(9502), kind: 'plan.overdue', category: 'plans', title: '1 条计划已逾期', text: '寄送合同样本', at: fromNow(-30), read: true, path: '/plans' },
  { id: uuid(9503), kind: 'announcement', category: 'announcements', title: '国庆放假安排', text: '很长的正文'.repeat(30), at: fromNow(-300), read: false, path: null },
]
