import type { FormConfig } from './types.ts'
import { formBuilder, options } from './build.ts'

/** The form of follow-up records (cordys-api §6.8). */
export function recordForm(newId: () => string): FormConfig {
  const { add, form } = formBuilder(newId)
  const source = (dataSourceType: string) => ({ dataSourceType, combineSearch: null, showFields: [], refFields: [], linkFields: [] })
  const type = add('SELECT', '跟进类型', 'recordType', {
    businessKey: 'type',
    required: true,
    mobile: true,
    defaultValue: 'CUSTOMER',
    options: [{ value: 'CUSTOMER', label: '客户' }, { value: 'CLUE', label: '线索' }],
  })
  const customer = add('DATA_SOURCE', '客户名称', 'recordCustomer', { businessKey: 'customerId', required: true, mobile: true, ...source('CUSTOMER') })
  const clue = add('DATA_SOURCE', '公司名称', 'recordClue', { businessKey: 'clueId', required: true, mobile: true, ...source('CLUE') })
  const opportunity = add('DATA_SOURCE', '商机', 'recordOpportunity', { businessKey: 'opportunityId', mobile: true, ...source('OPPORTUNITY') })
  const contact = add('DATA_SOURCE', '联系人', 'recordContact', { businessKey: 'contactId', mobile: true, required: true, ...source('CONTACT') })
  const feedback = add('SELECT', '线索反馈', null, { required: true, options: options('有效', '无效') })
  type.showControlRules = [
    { value: 'CUSTOMER', fieldIds: [customer.id, opportunity.id, contact.id] },
    { value: 'CLUE', fieldIds: [clue.id, feedback.id] },
  ]
  add('SELECT', '跟进方式', 'recordMethod', { businessKey: 'followMethod', required: true, mobile: true, options: options('到访', '电话') })
  add('DATE_TIME', '跟进时间', 'recordTime', { businessKey: 'followTime', required: true, mobile: true, dateType: 'date', dateDefaultType: 'custom' })
  add('MEMBER', '跟进人', 'recordOwner', { businessKey: 'owner', required: true, mobile: true, hasCurrentUser: false, initialOptions: [] })
  add('DATA_SOURCE_MULTIPLE', '意向产品', 'recordProduct', source('PRODUCT'))
  add('TEXTAREA', '跟进内容', 'recordDescription', { businessKey: 'content', required: true, mobile: true })
  add('SELECT', '客户反馈', null, { mobile: true, options: options('积极', '一般', '消极') })
  return form()
}
