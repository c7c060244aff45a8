import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmRecord, RecordFilter } from '#contract/crm/records.ts'
import type { MockHandlers } from './mock-api.ts'
import type { MockState } from './mock-crm.ts'
import { MockError } from './mock-api.ts'
import { fromNow, me, people, uuid } from './mock-data.ts'
import { customerNumber, formOf, stateOf } from './mock-record-data.ts'
import { pageOf } from './page-of.ts'

const kinds: RecordKind[] = ['leads', 'customers', 'contacts', 'opportunities', 'follow-ups', 'plans']
const followUps = { today: '2', week: '9', month: '21', quarter: '64' }
const periodOf = (asked: string | null): keyof typeof followUps => asked !== null && asked in followUps ? asked as keyof typeof followUps : 'month'

/** The CRM's part of the API, on records in memory. */
export function mockRecords(state: MockState): MockHandlers {
  const all = () => [...state.customers, ...state.others]
  const one = (id: string | undefined) => {
    const found = all().find(record => record.id === id)
    if (!found)
      throw new MockError('not_found', '找不到这条记录。')
    return found
  }
  const named = (id: unknown) => people.find(person => person.id === id) ?? me
  const open = () => state.others.filter(({ kind, state: chip }) => kind === 'plans' && chip?.value !== 'completed')
  const made = new Map<unknown, CrmRecord>()

  return {
    'GET /api/crm/capabilities': () => ({
      crm: 'embedded',
      loginRequired: false,
      kinds: kinds.filter(kind => !state.slim || kind === 'customers' || kind === 'follow-ups').map(kind => ({
        kind,
        create: true,
        views: ['all', 'mine'],
        batchTransfer: !state.slim,
        batchDelete: !state.slim,
        import: !state.slim,
        export: !state.slim,
        collaborators: false,
        ownerHistory: false,
        comments: false,
      })),
      convertLeads: !state.slim,
      stages: false,
      duplicateCheck: true,
      search: true,
      overview: !state.slim,
      pictures: true,
      revisions: true,
      restore: true,
      exactTotals: true,
      importRows: 10_000,
      sampleData: true,
    }),
    'GET /api/crm/forms/:kind': ({ params }) => formOf(params.kind as RecordKind),
    'GET /api/crm/forms/:kind/options/:field': ({ params, query }) => ({
      options: (params.field === 'customer' ? state.customers : people).filter(({ name }) => name.includes(query.get('q') ?? '')).slice(0, 30).map(({ id, name }) => ({ id, name, hint: null, avatar: null })),
    }),
    'GET /api/crm/today': () => ({
      plans: open().slice(0, 50),
      planCount: open().length,
      overdueCount: 1,
      recent: state.customers.slice(0, 5),
      empty: state.customers.length === 0,
    }),
    'GET /api/crm/overview': ({ query }) => ({
      period: periodOf(query.get('period')),
      scope: query.get('scope') === 'department' ? 'department' : 'mine',
      canSeeDepartment: true,
      from: fromNow(-500),
      until: fromNow(200),
      newLeads: { value: '6', before: '8' },
      newCustomers: { value: '3', before: '3' },
      newOpportunities: { value: '4', before: '0' },
      newOpportunityAmount: { value: '560000.00', before: '0' },
      wonCount: { value: '2', before: '1' },
      wonAmount: { value: query.get('scope') === 'department' ? '98765432.10' : '1234567.80', before: '1000000' },
      followUps: { value: followUps[periodOf(query.get('period'))], before: '13' },
      funnel: [
        { value: 'new', label: '新建', probability: 10, outcome: 'open', count: 5, amount: '500000' },
        { value: 'solution', label: '方案验证', probability: 50, outcome: 'open', count: 2, amount: '260000.50' },
      ],
    }),
    'GET /api/crm/search': ({ query }) => ({
      groups: [{ kind: 'customers', items: state.customers.filter(({ name }) => name.includes(query.get('q') ?? '')).slice(0, 5), more: false }],
    }),
    'GET /api/crm/duplicates': ({ query }) => ({
      duplicates: query.get('name') === '撞单科技' ? [{ kind: 'customers', by: 'name', name: '撞单**', phone: null, owner: people[1] ?? me, id: null }] : [],
    }),
    'GET /api/crm/owners': ({ query }) => ({ owners: people.filter(({ name }) => name.includes(query.get('q') ?? '')) }),
    'POST /api/crm/sample-data': () => {
      state.customers = Array.from({ length: 30 }, (_, n) => customerNumber(n))
      return { records: 30 }
    },
    'POST /api/crm/pictures': () => ({ id: uuid(8000 + ++state.pictures), width: 10, height: 10, bytes: 100 }),
    'POST /api/crm/plans/:id/status': ({ params, body }) => {
      const plan = one(params.id)
      plan.state = { value: String(body.status), label: '已完成', tone: 'success' }
      return plan
    },
    'GET /api/crm/:kind': ({ params, query }) => {
      const filters = JSON.parse(query.get('filters') ?? '[]') as RecordFilter[]
      const wanted = all().filter(record =>
        record.kind === params.kind
        && record.name.toLowerCase().includes((query.get('q') ?? '').toLowerCase())
        && (query.get('view') !== 'mine' || record.owner?.id === me.id)
        && (!query.get('ofId') || record.about.some(({ id }) => id === query.get('ofId')))
        && filters.every(({ field, value }) => Array.isArray(value) && (value as unknown[]).includes(record.values[field])))
      if (query.get('sort') === 'name')
        wanted.sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'))
      return pageOf(wanted, query)
    },
    'GET /api/crm/:kind/:id': ({ params }) => one(params.id),
    'POST /api/crm/:kind': ({ params, body }) => {
      const values = body.values as CrmRecord['values']
      const known = made.get(body.requestKey)
      if (known)
        return known
      if (values.phone === '0000000')
        throw new MockError('validation_failed', '有内容不符合要求。', [{ path: 'values.phone', message: '电话号码不存在' }])
      const about = state.customers.find(({ id }) => id === values.customer)
      const created: CrmRecord = {
        ...customerNumber(0),
        kind: params.kind as RecordKind,
        id: uuid(5000 + all().length),
        name: String(values.name ?? values.content),
        values,
        state: params.kind === 'customers' ? stateOf(values.status) : null,
        owner: named(values.owner),
        about: about ? [{ kind: 'customers', id: about.id, name: about.name, readable: true }] : [],
        next: null,
        updatedAt: new Date().toISOString(),
      }
      made.set(body.requestKey, created)
      if (params.kind === 'customers')
        state.customers.unshift(created)
      else state.others.unshift(created)
      state.saved.push(body)
      return created
    },
    'PATCH /api/crm/:kind/:id': ({ params, body }) => {
      const known = one(params.id)
      const values = body.values as CrmRecord['values']
      if (body.version !== known.version)
        throw new MockError('stale_edit', '这条记录刚刚被别人修改过。')
      state.saved.push(body)
      return Object.assign(known, {
        values: { ...known.values, ...values },
        version: known.version + 1,
        updatedAt: new Date().toISOString(),
        ...(typeof values.name === 'string' && { name: values.name }),
        ...('owner' in values && { owner: named(values.owner) }),
      })
    },
    'POST /api/crm/:kind/batch/transfer': ({ body }) => {
      const ids = body.ids as string[]
      ids.forEach(id => Object.assign(one(id), { owner: named(body.ownerId) }))
      return { done: ids, failed: [] }
    },
  }
}
