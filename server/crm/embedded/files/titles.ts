import type { RecordKind } from '#contract/crm/kinds.ts'
import type { Text } from '../../../http/locale.ts'

export const kindTitles: Record<RecordKind, Text> = {
  'leads': { 'zh-CN': '线索', 'en-US': 'Leads' },
  'customers': { 'zh-CN': '客户', 'en-US': 'Customers' },
  'contacts': { 'zh-CN': '联系人', 'en-US': 'Contacts' },
  'opportunities': { 'zh-CN': '商机', 'en-US': 'Opportunities' },
  'follow-ups': { 'zh-CN': '跟进记录', 'en-US': 'Follow-ups' },
  'plans': { 'zh-CN': '跟进计划', 'en-US': 'Plans' },
}
