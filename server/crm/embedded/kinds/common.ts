import type { Text } from '../../../http/locale.ts'
import type { FieldDef } from './field.ts'

export const text = (zh: string, en: string): Text => ({ 'zh-CN': zh, 'en-US': en })

export function divider(key: string, zh: string, en: string): FieldDef {
  return { key, type: 'divider', label: text(zh, en) }
}

export const owner: FieldDef = {
  key: 'owner',
  type: 'member',
  label: text('负责人', 'Owner'),
  required: true,
  default: 'me',
  prop: 'ownerId',
  filters: ['any_of', 'is', 'is_not'],
}

/** Whose contact or opportunity it is. */
export const customer: FieldDef = { key: 'customer', type: 'record', label: text('客户', 'Customer'), required: true, target: { kind: 'customers' }, prop: 'customerId', listed: true }

/** When a record was made: lists are asked for it, and no form shows it. */
export const createdAt: FieldDef = { key: 'createdAt', type: 'datetime', label: text('创建时间', 'Created'), readonly: true, required: true }

export const remark: FieldDef = { key: 'remark', type: 'textarea', label: text('备注', 'Remarks'), maxLength: 3000 }

export const phone: FieldDef = { key: 'phone', type: 'phone', label: text('电话', 'Phone'), format: 'free', maxLength: 40, listed: true }

export const location: FieldDef = { key: 'location', type: 'location', label: text('地址', 'Address'), format: 'detail', regions: true, maxLength: 300 }
