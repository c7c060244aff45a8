import type { FieldDef } from './field.ts'
import { divider, location, owner, phone, remark, text } from './common.ts'
import { industries, leadIntents, leadStages, sources } from './options.ts'

export const leadFields: FieldDef[] = [
  divider('basic', '基本信息', 'Basics'),
  { key: 'name', type: 'text', label: text('公司名称', 'Company'), required: true, maxLength: 200, listed: true, sortable: true },
  { key: 'stage', type: 'select', label: text('线索阶段', 'Stage'), readonly: true, options: leadStages, listed: true },
  { key: 'intent', type: 'select', label: text('意向程度', 'Interest'), options: leadIntents, listed: true },
  { key: 'source', type: 'select', label: text('线索来源', 'Source'), options: sources, default: 'other', listed: true },
  { key: 'industry', type: 'industry', label: text('所属行业', 'Industry'), options: industries },
  owner,
  divider('person', '联系人', 'Contact'),
  { key: 'contactName', type: 'text', label: text('联系人姓名', 'Contact name'), maxLength: 100, listed: true },
  phone,
  { key: 'email', type: 'email', label: text('邮箱', 'E-mail'), maxLength: 200 },
  location,
  divider('need', '需求', 'Needs'),
  { key: 'product', type: 'text', label: text('意向产品', 'Product of interest'), maxLength: 200 },
  { key: 'demand', type: 'textarea', label: text('客户需求', 'What they need'), maxLength: 3000 },
  remark,
]
