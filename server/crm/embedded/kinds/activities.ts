import type { FieldDef } from './field.ts'
import { divider, owner, text } from './common.ts'
import { methods, planStatuses } from './options.ts'

/** What it is about: a lead, or a customer with perhaps an opportunity and a contact. */
const targets: FieldDef[] = [
  { key: 'lead', type: 'record', label: text('线索', 'Lead'), target: { kind: 'leads' }, prop: 'leadId' },
  { key: 'customer', type: 'record', label: text('客户', 'Customer'), target: { kind: 'customers' }, prop: 'customerId' },
  { key: 'opportunity', type: 'record', label: text('商机', 'Opportunity'), target: { kind: 'opportunities', within: 'customer' }, prop: 'opportunityId' },
  { key: 'contact', type: 'record', label: text('联系人', 'Contact'), target: { kind: 'contacts', within: 'customer' }, prop: 'contactId' },
]

export const followUpFields: FieldDef[] = [
  { key: 'content', type: 'textarea', label: text('跟进内容', 'What was done'), required: true, maxLength: 3000, listed: true },
  { key: 'method', type: 'radio', label: text('跟进方式', 'How'), required: true, options: methods, default: 'phone', listed: true },
  { key: 'at', type: 'datetime', label: text('跟进时间', 'When'), required: true, default: 'now', listed: true, sortable: true },
  ...targets,
  { key: 'place', type: 'location', label: text('签到位置', 'Check-in'), format: 'detail', maxLength: 300, listed: true },
  { key: 'pictures', type: 'picture', label: text('图片', 'Pictures'), maxItems: 9, listed: true },
  { key: 'mentioned', type: 'member', multiple: true, label: text('提醒谁看', 'Mention'), maxItems: 50, filters: [] },
  divider('who', '归属', 'Whose'),
  owner,
]

export const planFields: FieldDef[] = [
  { key: 'content', type: 'textarea', label: text('计划内容', 'What to do'), required: true, maxLength: 3000, listed: true },
  { key: 'method', type: 'radio', label: text('跟进方式', 'How'), required: true, options: methods, default: 'phone', listed: true },
  { key: 'dueAt', type: 'datetime', label: text('计划时间', 'When'), required: true, listed: true, sortable: true },
  { key: 'status', type: 'select', label: text('状态', 'Status'), readonly: true, options: planStatuses, listed: true },
  // A plan in a list leads to a follow-up, whose form opens with whom it was planned.
  ...targets.map(field => (field.key === 'contact' ? { ...field, listed: true } : field)),
  divider('who', '归属', 'Whose'),
  owner,
]
