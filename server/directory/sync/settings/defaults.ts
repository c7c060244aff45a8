import type { SyncSettings } from '#contract/sync/index.ts'

/** What holds until an administrator changes it: DingTalk decides what it knows, and nothing happens by itself. */
export const defaultSettings: SyncSettings = {
  enabled: true,
  fields: {
    name: 'dingtalk',
    avatar: 'dingtalk',
    title: 'dingtalk',
    mobile: 'dingtalk',
    email: 'dingtalk',
    jobNumber: 'dingtalk',
    hiredAt: 'dingtalk',
  },
  matchBy: ['mobile'],
  includeDepartments: [],
  excludeDepartments: [],
  inactiveMembers: true,
  directManager: false,
  defaultRole: 'sales',
  rolesByDepartment: [],
  guard: { disableCount: 5, disablePercent: 5, removeDepartmentsPercent: 20 },
  grace: { unit: 'runs', value: 0 },
  leaverRecords: 'keep',
  retention: { plansDays: 30, runsDays: 365 },
  schedule: { cron: null, timeZone: 'Asia/Shanghai' },
  welcome: false,
}
