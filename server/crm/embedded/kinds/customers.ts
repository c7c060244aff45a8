import type { FieldDef } from './field.ts'
import { customer, divider, location, owner, phone, remark, text } from './common.ts'
import { customerLevels, customerStatuses, customerTypes, industries, sources } from './options.ts'

export const customerFields: FieldDef[] = [
  divider('basic', '基本信息', 'Basics'),
  { key: 'name', type: 'text', label: text('客户名称', 'Name'), required: true, unique: true, maxLength: 200, listed: true, sortable: true },
  { key: 'status', type: 'select', label: text('客户状态', 'Status'), required: true, options: customerStatuses, default: 'potential', listed: true },
  { key: 'level', type: 'radio', label: text('客户等级', 'Level'), options: customerLevels, default: 'C', listed: true },
  { key: 'type', type: 'select', label: text('客户类型', 'Type'), options: customerTypes },
  { key: 'industry', type: 'industry', label: text('客户行业', 'Industry'), options: industries, listed: true },
  { key: 'source', type: 'select', label: text('客户来源', 'Source'), options: sources },
  owner,
  divider('reach', '联系方式', 'How to reach'),
  phone,
  { key: 'website', type: 'link', label: text('网址', 'Website'), maxLength: 300 },
  { ...location, listed: true },
  divider('more', '其他', 'More'),
  remark,
]

/** Why a contact is not written to any more is shown, and set by enabling and disabling. */
export const contactFields: FieldDef[] = [
  divider('basic', '基本信息', 'Basics'),
  { key: 'name', type: 'text', label: text('姓名', 'Name'), required: true, maxLength: 100, listed: true, sortable: true },
  customer,
  { key: 'title', type: 'text', label: text('职务', 'Title'), maxLength: 100, listed: true },
  { key: 'department', type: 'text', label: text('部门', 'Department'), maxLength: 100 },
  owner,
  divider('reach', '联系方式', 'How to reach'),
  { ...phone, label: text('手机号', 'Phone') },
  { key: 'email', type: 'email', label: text('邮箱', 'E-mail'), maxLength: 200, listed: true },
  { key: 'wechat', type: 'text', label: text('微信', 'WeChat'), maxLength: 60 },
  divider('more', '其他', 'More'),
  remark,
  { key: 'disabledReason', type: 'text', label: text('停用原因', 'Why disabled'), readonly: true, filters: [] },
]
