import type { FieldDef } from './field.ts'
import { createdAt, customer, divider, owner, remark, text } from './common.ts'
import { lostReasons, sources } from './options.ts'
import { stageOptions } from './stages.ts'

export const opportunityFields: FieldDef[] = [
  divider('basic', '基本信息', 'Basics'),
  { key: 'name', type: 'text', label: text('商机名称', 'Name'), required: true, maxLength: 200, listed: true, sortable: true },
  { key: 'no', type: 'serial', label: text('商机编号', 'Number'), readonly: true },
  customer,
  { key: 'contact', type: 'record', label: text('联系人', 'Contact'), target: { kind: 'contacts', within: 'customer' }, prop: 'contactId' },
  { key: 'stage', type: 'select', label: text('阶段', 'Stage'), readonly: true, options: stageOptions, listed: true },
  { key: 'amount', type: 'amount', label: text('金额（元）', 'Amount (CNY)'), required: true, min: 0, max: 9_999_999_999.99, decimals: 2, listed: true, sortable: true },
  {
    key: 'expectedCloseOn',
    type: 'date',
    label: text('预计成交日期', 'Expected close'),
    required: true,
    listed: true,
    sortable: true,
  },
  { key: 'probability', type: 'number', label: text('可能性（%）', 'Chance (%)'), min: 0, max: 100, decimals: 0, format: 'percent', listed: true },
  owner,
  divider('more', '其他', 'More'),
  { key: 'source', type: 'select', label: text('商机来源', 'Source'), options: sources },
  { key: 'product', type: 'text', label: text('意向产品', 'Product'), maxLength: 200 },
  remark,
  { key: 'lostReason', type: 'select', label: text('失败原因', 'Why lost'), readonly: true, options: lostReasons },
  { key: 'closeNote', type: 'textarea', label: text('成交或失败说明', 'Note on closing'), readonly: true, filters: [] },
]

/** What lists are asked besides. */
export const opportunityMoments: FieldDef[] = [createdAt, { key: 'closedAt', type: 'datetime', label: text('成交或失败时间', 'Won or lost'), readonly: true }]
