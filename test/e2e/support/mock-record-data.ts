import type { FieldSpec, FormSpec } from '#contract/crm/forms.ts'
import type { RecordKind } from '#contract/crm/kinds.ts'
import type { CrmRecord } from '#contract/crm/records.ts'
import { fromNow, me, people, uuid } from './mock-data.ts'

const names = [
  '杭州云栖智能科技有限公司',
  '上海浦江精密制造股份有限公司',
  '苏州工业园区金鸡湖生物医药研究院',
  '宁波港航物流集团',
  '合肥量子信息技术有限公司',
  '南京紫金山食品',
  '无锡太湖光伏',
  'Nordwind Logistik GmbH',
]
const steps = ['电话确认报价', '上门演示新版本', '寄送合同样本', '回访使用情况', '邀请参加客户日', '拜访']
const due = [-75, -26, -3, 2, 20, 49, 200, null]
const statuses = [
  { value: 'following', label: '跟进中', tone: 'info' },
  { value: 'potential', label: '潜在', tone: 'neutral' },
  { value: 'won', label: '已成交', tone: 'success' },
  { value: 'lost', label: '已流失', tone: 'danger' },
] as const

export function field(key: string, type: FieldSpec['type'], label: string, more: Partial<FieldSpec> = {}): FieldSpec {
  return { key, type, label, required: false, unique: false, writable: type !== 'divider', listed: false, filters: [], sortable: false, ...more }
}

const target = (kind: RecordKind, within?: string) => ({ target: { kind, ...(within && { within }) } })

/** Small forms, but between them one field of every type. */
export const forms: Record<RecordKind, FieldSpec[]> = {
  'customers': [
    field('basic', 'divider', '基本信息'),
    field('name', 'text', '客户名称', { required: true, maxLength: 200, listed: true, filters: ['contains'] }),
    field('status', 'select', '客户状态', { options: statuses.map(({ value, label }) => ({ value, label })), default: 'potential', listed: true, filters: ['any_of'] }),
    field('phone', 'phone', '电话', { format: 'free', maxLength: 40, listed: true }),
    field('region', 'text', '地区', { maxLength: 60, listed: true }),
    field('industry', 'text', '行业', { maxLength: 60, listed: true }),
    field('owner', 'member', '负责人', { required: true }),
    field('more', 'divider', '其他'),
    field('visitAt', 'datetime', '回访时间'),
    field('remark', 'textarea', '备注', { maxLength: 3000 }),
  ],
  'leads': [
    field('name', 'text', '公司名称', { required: true, maxLength: 200, listed: true }),
    field('people', 'number', '人数', { min: 0, max: 100000, decimals: 0 }),
    field('budget', 'amount', '预算', { min: 0, decimals: 2 }),
    field('since', 'date', '成立日期'),
    field('callAt', 'datetime', '回电时间'),
    field('way', 'radio', '来源', { options: [{ value: 'fair', label: '展会' }, { value: 'web', label: '官网' }, { value: 'old', label: '黄页', retired: true }] }),
    field('booth', 'text', '展位号', { shownWhen: [{ field: 'way', values: ['fair'] }], required: true }),
    field('needs', 'checkbox', '需求', { options: ['仓储', '运输', '报关'].map(label => ({ value: label, label })) }),
    field('tags', 'multi-select', '标签', { options: ['重点', '外贸'].map(label => ({ value: label, label })) }),
    field('industry', 'industry', '行业', { options: [{ value: 'm', label: '制造' }, { value: 'm1', label: '机械', parent: 'm' }, { value: 'm2', label: '电子', parent: 'm' }] }),
    field('owner', 'member', '负责人'),
    field('team', 'department', '部门'),
    field('customer', 'record', '关联客户', target('customers')),
    field('phone', 'phone', '手机', { format: 'mobile' }),
    field('email', 'email', '邮箱'),
    field('site', 'link', '网址'),
    field('place', 'location', '地址', { options: [{ value: '33', label: '浙江省' }, { value: '3301', label: '杭州市', parent: '33' }], format: 'detail' }),
    field('pictures', 'picture', '名片照片', { maxItems: 3 }),
    field('no', 'serial', '编号', { writable: false }),
    field('formula', 'unsupported', '评分', { rawType: 'FORMULA' }),
    field('note', 'textarea', '备注', { maxLength: 3000 }),
  ],
  'contacts': [field('name', 'text', '姓名', { required: true, listed: true }), field('customer', 'record', '客户', { required: true, ...target('customers') }), field('title', 'text', '职务'), field('phone', 'phone', '手机', { listed: true })],
  'opportunities': [field('name', 'text', '商机名称', { required: true, listed: true }), field('amount', 'amount', '金额', { required: true, listed: true })],
  'follow-ups': [
    field('content', 'textarea', '跟进内容', { required: true, maxLength: 3000, listed: true }),
    field('method', 'radio', '跟进方式', { required: true, options: [{ value: 'visit', label: '到访' }, { value: 'phone', label: '电话' }], default: 'phone', listed: true }),
    field('at', 'datetime', '跟进时间', { required: true, listed: true }),
    field('customer', 'record', '客户', target('customers')),
    field('place', 'location', '签到位置', { format: 'detail' }),
    field('pictures', 'picture', '图片', { maxItems: 9, listed: true }),
    field('mentioned', 'member', '提醒谁看', { multiple: true }),
  ],
  'plans': [
    field('content', 'textarea', '计划内容', { required: true, maxLength: 3000, listed: true }),
    field('dueAt', 'datetime', '计划时间', { required: true, listed: true }),
    field('customer', 'record', '客户', target('customers')),
  ],
}

export const formOf = (kind: RecordKind): FormSpec => ({ kind, revision: '1', fields: forms[kind], asked: [] })

function record(kind: RecordKind, id: string, name: string, more: Partial<CrmRecord>): CrmRecord {
  return {
    kind,
    id,
    name,
    values: { name },
    refs: {},
    state: null,
    owner: me,
    about: [],
    next: null,
    lastFollowUpAt: null,
    updatedAt: fromNow(-1),
    rights: ['edit', 'delete', 'transfer', 'share', 'follow', 'complete', 'convert', 'stage'],
    display: {},
    createdAt: fromNow(-24 * 40),
    createdBy: me,
    version: 1,
    access: 'own',
    counts: {},
    converted: [],
    deletedAt: null,
    ...more,
  }
}

export function stateOf(value: unknown) {
  return statuses.find(status => status.value === value) ?? statuses[1]
}

/** A customer that differs by number in every way a row can differ. */
export function customerNumber(n: number): CrmRecord {
  const name = n < names.length ? (names[n] ?? '') : `${names[n % names.length]}（${n}）`
  const hours = due[n % due.length] ?? null
  const owner = people[n % people.length] ?? me
  const state = statuses[n % 4] ?? statuses[0]
  return record('customers', uuid(100 + n), name, {
    values: { name, status: state.value, phone: n % 7 === 6 ? '' : `139 0000 ${String(1000 + n).slice(-4)}`, region: '杭州', industry: '软件', owner: owner.id, visitAt: fromNow(30), remark: '偏好上午沟通。' },
    refs: { owner: [owner] },
    state,
    owner,
    next: hours === null ? null : { planId: uuid(7000 + n), content: steps[n % steps.length] ?? '', at: fromNow(hours) },
    updatedAt: fromNow(-n * 7 - 0.1),
    ...(n % 5 === 4 && { rights: [], access: 'shared_read' as const }),
  })
}

/** Names that break layouts and escape badly. */
export function difficultCustomers(): CrmRecord[] {
  const texts = ['超长名称'.repeat(50), '<img src=x onerror="document.title=1"> & <b>粗体</b>', '🚀👩‍👩‍👧‍👦 表情科技 🇨🇳', 'W'.repeat(200)]
  return texts.map((name, index) => {
    const known = customerNumber(60 + index)
    return { ...known, name, values: { ...known.values, name, industry: name.slice(0, 60) }, next: { planId: uuid(7900), content: name.slice(0, 200), at: fromNow(1) } }
  })
}

export function planNumber(n: number): CrmRecord {
  const about = customerNumber(n)
  const at = fromNow(n === 0 ? -26 : 2)
  return record('plans', uuid(7000 + n), steps[n] ?? '', {
    values: { content: steps[n] ?? '', dueAt: at, customer: about.id },
    refs: { customer: [{ id: about.id, name: about.name }] },
    about: [{ kind: 'customers', id: about.id, name: about.name, readable: true }],
    state: { value: n === 0 ? 'overdue' : 'open', label: n === 0 ? '已逾期' : '待跟进', tone: 'info' },
  })
}

export function leadNumber(n: number): CrmRecord {
  return record('leads', uuid(300 + n), '南京紫金山食品', {
    values: { name: '南京紫金山食品', people: 120, budget: '1234567.80', way: 'old', needs: ['仓储'], no: 'XS-0001', formula: { code: '', detail: 'x' } },
    display: { formula: '87 分' },
    state: { value: 'new', label: '新建', tone: 'neutral' },
  })
}
