import type { Customer } from '#contract/crm/legacy.ts'
import type { MockHandlers } from './mock-api.ts'
import { MockError } from './mock-api.ts'
import { accounts, checks, customerNumber, departments, guide, me, people, sample, session, settings, uuid } from './mock-data.ts'
import { mockSync, mockSyncState } from './mock-sync.ts'
import { pageOf } from './page-of.ts'

/** What a test may look at and change while the pages run on it. */
export function mockState(options: { customers?: Customer[], role?: 'admin' | 'member' } = {}) {
  return {
    customers: options.customers ?? Array.from({ length: 45 }, (_, n) => customerNumber(n)),
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
  const one = (id: string | undefined) => {
    const found = state.customers.find(customer => customer.id === id)
    if (!found)
      throw new MockError('not_found', '找不到这条记录。')
    return found
  }
  const named = (id: unknown) => people.find(person => person.id === id) ?? me

  return {
    'GET /api/bootstrap': () => ({ configured: true, corpId: 'ding1', clientId: 'dingclient', logins: { dingtalk: true, browser: true }, crm: 'embedded', locale: 'zh-CN' }),
    'GET /api/session': () => session(state.role),
    'GET /api/crm/messages/unread': () => ({ unread: 0, byCategory: { records: 0, plans: 0, comments: 0, announcements: 0, system: 0 } }),
    'GET /api/crm/legacy/capabilities': () => ({
      customers: { create: true, edit: true, assignOwner: true },
      revisions: true,
      exactTotals: true,
      sampleData: true,
    }),
    'GET /api/crm/legacy/overview': () => ({
      customers: { value: state.customers.length, before: Math.max(0, state.customers.length - 6) },
      newThisMonth: { value: Math.min(6, state.customers.length), before: 8 },
      wonThisMonth: { value: Math.min(2, state.customers.length), before: 2 },
      due: { value: Math.min(4, state.customers.length), before: null },
      dueNext: state.customers
        .filter(customer => customer.nextStepAt)
        .sort(byNext)
        .slice(0, 5),
      recent: state.customers.slice(0, 5),
    }),
    'GET /api/crm/legacy/customers': ({ query }) => {
      const wanted = state.customers.filter(
        customer =>
          customer.name.toLowerCase().includes((query.get('q') ?? '').toLowerCase())
          && (!query.get('status') || customer.status === query.get('status'))
          && (query.get('view') !== 'mine' || customer.owner.id === me.id),
      )
      if (query.get('sort') === 'next')
        wanted.sort(byNext)
      if (query.get('sort') === 'name')
        wanted.sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'))
      return pageOf(wanted, query)
    },
    'GET /api/crm/legacy/customers/:id': ({ params }) => one(params.id),
    'POST /api/crm/legacy/customers': ({ body }) => {
      const { ownerId, ...fields } = body
      if (fields.phone === '0')
        throw new MockError('validation_failed', '有内容不符合要求。', [{ path: 'phone', message: '电话号码太短' }])
      const created: Customer = {
        ...customerNumber(0),
        ...fields,
        id: uuid(5000 + state.customers.length),
        owner: named(ownerId),
        version: 1,
        editable: true,
        updatedAt: new Date().toISOString(),
      }
      state.customers.unshift(created)
      return created
    },
    'PATCH /api/crm/legacy/customers/:id': ({ params, body }) => {
      const known = one(params.id)
      const { version, ownerId, ...fields } = body
      if (version !== known.version)
        throw new MockError('stale_edit', '这位客户刚刚被别人修改过。')
      state.saved.push(body)
      Object.assign(known, fields, { version: known.version + 1, updatedAt: new Date().toISOString() }, ownerId && { owner: named(ownerId) })
      return known
    },
    'GET /api/crm/legacy/owners': ({ query }) => ({ owners: people.filter(person => person.name.includes(query.get('q') ?? '')) }),
    'POST /api/crm/legacy/sample-data': () => {
      state.customers = Array.from({ length: 30 }, (_, n) => customerNumber(n))
      return { customers: 30 }
    },
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

function byNext(a: Customer, b: Customer) {
  return (a.nextStepAt ?? '9').localeCompare(b.nextStepAt ?? '9')
}
