import type { FormConfig } from './types.ts'
import { formBuilder, options } from './build.ts'

/** The form of contacts (cordys-api §6.8). */
export function contactForm(newId: () => string): FormConfig {
  const { add, form } = formBuilder(newId)
  add('DATA_SOURCE', '客户名称', 'contactCustomer', {
    businessKey: 'customerId',
    required: true,
    mobile: true,
    dataSourceType: 'CUSTOMER',
    combineSearch: null,
    showFields: [],
    refFields: [],
    linkFields: [],
  })
  add('INPUT', '姓名', 'contactName', { businessKey: 'name', required: true, mobile: true })
  add('INPUT', '邮箱', 'contactEmail', { mobile: true })
  add('PHONE', '手机号', 'contactPhone', { businessKey: 'phone', required: true, unique: true, mobile: true, format: '11' })
  add('MEMBER', '负责人', 'contactOwner', { businessKey: 'owner', required: true, mobile: true, hasCurrentUser: false, initialOptions: [] })
  add('SELECT', '决策角色', null, { mobile: true, options: options('决策人', '影响者', '使用者'), optionSource: 'custom' })
  return form()
}
