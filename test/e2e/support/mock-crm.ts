import type { CrmRecord } from '#contract/crm/records.ts'
import type { MockHandlers } from './mock-api.ts'
import { accounts, checks, departments, guide, messages, sample, session, settings } from './mock-data.ts'
import { customerNumber, leadNumber, planNumber } from './mock-record-data.ts'
import { mockRecords } from './mock-records.ts'
import { mockSync, mockSyncState } from './mock-sync.ts'
import { pageOf } from './page-of.ts'

/** What a test may look at and change while the pages run on it. */
export function mockState(options: { customers?: CrmRecord[], role?: 'admin' | 'member' } = {}) {
  return {
    customers: options.customers ?? Array.from({ length: 45 }, (_, n) => customerNumber(n)),
    others: [planNumber(0), planNumber(1), leadNumber(0)],
    /** Pictures sent so far. */
    pictures: 0,
    /** A CRM that can do less (Cordys' first slice). */
    slim: false,
    role: options.role ?? ('admin' as const),
    settings: { ...settings },
    ...mockSyncState(),
    /** Bodies of the PATCH and PUT requests, oldest first. */
    saved: [] as Record<string, unknown>[],
  }
}

export type MockState = ReturnType<typeof mockState>

/** The whole API the pages use, on a state in memory. */
export function mockCrm(state: MockState): MockHandlers {
  return {
    'GET /api/bootstrap': () => ({ configured: true, corpId: 'ding1', clientId: 'dingclient', logins: { dingtalk: true, browser: true }, crm: 'embedded', locale: 'zh-CN' }),
    'GET /api/session': () => session(state.role),
    'GET /api/crm/messages/unread': () => ({ unread: 0, byCategory: { records: 0, plans: 0, comments: 0, announcements: 0, system: 0 } }),
    'GET /api/crm/messages': ({ query }) => pageOf(messages, query),
    ...mockRecords(state),
    'GET /api/settings/dingtalk': () => state.settings,
    'PUT /api/settings/dingtalk': ({ body }) => {
      state.saved.push(body)
      const { clientSecret, ...rest } = body
      return Object.assign(state.settings, rest)
    },
    'POST /api/settings/dingtalk/doctor/stream': ({ body }) => checks.filter(check => !Array.isArray(body.only) || body.only.includes(check.id)),
    'PUT /api/settings/dingtalk/doctor/:check': ({ params, body }) => {
      const check = checks.find(({ id }) => id === params.check) ?? checks[0]!
      return { ...check, manual: check.manual && { ...check.manual, confirmed: body.confirmed ? { by: '陈思远', at: new Date().toISOString() } : null } }
    },
    'GET /api/settings/dingtalk/guide': () => guide,
    'GET /api/settings/dingtalk/sample': () => sample,
    ...mockSync(state),
    'GET /api/directory/departments': () => ({ departments }),
    'GET /api/directory/accounts': ({ query }) =>
      pageOf(
        accounts.filter(
          account =>
            account.name.includes(query.get('q') ?? '')
            && (!query.get('departmentId')
              || query.get('departmentId') === departments[0]?.id
              || account.departments.some(({ id }) => id === query.get('departmentId'))),
        ),
        query,
      ),
  }
}
